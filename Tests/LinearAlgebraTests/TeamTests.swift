import Foundation
import LinearAlgebra
import Synchronization
import Testing

/// The team that shares a computation out, and the shares.
@Suite struct TeamTests {
    /// Notes which shares it was asked for, and how many at a time.
    private final class Record: ParallelWork {
        let done: [Count]

        init(count: Int) { done = (0..<count).map { _ in Count() } }

        func perform(_ share: Chunk) {
            if share.count == done.count { done[share.index].value.add(1, ordering: .relaxed) }
        }
    }

    @Test(arguments: [1, 2, 3, 8]) func everyMemberDoesItsShareOnceInEveryRun(count: Int) {
        WorkerPool.with(count) { team in
            #expect(team.count == count)
            let record = Record(count: team.count)
            for run in 1...2_000 {
                team.run(record)
                // `run` returns when the last has done its share, not before.
                for box in record.done { #expect(box.value.load(ordering: .relaxed) == run) }
            }
        }
    }

    #if os(Linux)
        /// They begin on other processors than their creator's, but stay free to go there.
        @Test func theMembersMayRunWhereverTheirCreatorMay() {
            let processors = allowedProcessors()
            #expect(processors != nil)
            WorkerPool.with(3) { team in
                let same = (0..<team.count).map { _ in Count() }
                team.run { share in
                    if allowedProcessors() == processors { same[share.index].value.add(1, ordering: .relaxed) }
                }
                for box in same { #expect(box.value.load(ordering: .relaxed) == 1) }
            }
        }
    #endif

    @Test func aTeamThatSleptGoesOn() {
        WorkerPool.with(3) { team in
            let record = Record(count: team.count)
            for run in 1...3 {
                keepBusy(milliseconds: 20)
                team.run(record)
                for box in record.done { #expect(box.value.load(ordering: .relaxed) == run) }
            }
        }
    }

    @Test func aTeamHoldsBLASAtOneThread() {
        WorkerPool.with(2) { _ in #expect(BLASThreads.count == 1) }
    }

    @Test func sharesCoverTheWholeOnceAndMeetAtUnits() {
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

/// An atomic number that an array can hold.
private final class Count: Sendable {
    let value = Atomic<Int>(0)
}

#if os(Linux)
    /// The processors on which the calling thread may run, as the system lists them.
    private func allowedProcessors() -> Substring? {
        let status = try? String(contentsOfFile: "/proc/thread-self/status", encoding: .utf8)
        return status?.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") }
    }
#endif

/// Keeps the thread busy, as a trainer that writes a file would.
private func keepBusy(milliseconds: Int) {
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    while ContinuousClock.now < end {}
}
