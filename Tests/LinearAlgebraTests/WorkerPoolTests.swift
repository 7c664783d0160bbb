import Foundation
import LinearAlgebra
import Synchronization
import Testing

/// The worker pool and its chunks.
@Suite struct WorkerPoolTests {
    /// Records which chunks are performed, and how often.
    private final class Record: ParallelWork {
        let done: [Count]

        init(count: Int) { done = (0..<count).map { _ in Count() } }

        func perform(_ chunk: Chunk) {
            if chunk.count == done.count { done[chunk.index].value.add(1, ordering: .relaxed) }
        }
    }

    @Test(arguments: [1, 2, 3, 8]) func everyWorkerPerformsItsChunkOncePerRun(count: Int) {
        WorkerPool.with(count) { pool in
            #expect(pool.count == count)
            let record = Record(count: pool.count)
            for run in 1...2_000 {
                pool.run(record)
                // `run` returns only when all workers have finished.
                for box in record.done { #expect(box.value.load(ordering: .relaxed) == run) }
            }
        }
    }

    #if os(Linux)
        /// Workers start on other processors than their creator's, but may run on all of them.
        @Test func workersHaveTheirCreatorsAffinity() {
            let processors = allowedProcessors()
            #expect(processors != nil)
            WorkerPool.with(3) { pool in
                let same = (0..<pool.count).map { _ in Count() }
                pool.run { chunk in
                    if allowedProcessors() == processors { same[chunk.index].value.add(1, ordering: .relaxed) }
                }
                for box in same { #expect(box.value.load(ordering: .relaxed) == 1) }
            }
        }
    #endif

    @Test func aSleepingPoolResumesWork() {
        WorkerPool.with(3) { pool in
            let record = Record(count: pool.count)
            for run in 1...3 {
                keepBusy(milliseconds: 20)
                pool.run(record)
                for box in record.done { #expect(box.value.load(ordering: .relaxed) == run) }
            }
        }
    }

    @Test func aPoolLimitsBLASToOneThread() {
        WorkerPool.with(2) { _ in #expect(BLASThreads.count == 1) }
    }

    @Test func chunksCoverTheWholeAndMeetAtUnits() {
        for total in [0, 1, 5, 16, 17, 100, 1_000] {
            for count in [1, 2, 3, 7] {
                for unit in [1, 8, 16] {
                    let ranges = (0..<count).map { Chunk(index: $0, of: count).range(of: total, unit: unit) }
                    #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == total)
                    for (one, next) in zip(ranges, ranges.dropFirst()) {
                        #expect(one.upperBound == next.lowerBound)
                        #expect(one.upperBound % unit == 0 || one.upperBound == total)
                    }
                    let sizes = ranges.map { ($0.count + unit - 1) / unit }
                    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
                }
            }
        }
    }
}

/// An atomic number that can be stored in an array.
private final class Count: Sendable {
    let value = Atomic<Int>(0)
}

#if os(Linux)
    /// Returns the processors on which the calling thread may run, as listed by the system.
    private func allowedProcessors() -> Substring? {
        let status = try? String(contentsOfFile: "/proc/thread-self/status", encoding: .utf8)
        return status?.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") }
    }
#endif

/// Keeps the thread busy, like a trainer that writes a file.
private func keepBusy(milliseconds: Int) {
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    while ContinuousClock.now < end {}
}
