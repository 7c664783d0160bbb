import Foundation
import LinearAlgebra
import Testing

/// Calls of a parallel map that wait for each other.
@Suite struct SideBySideTests {
    /// What calls have handed in, and how many computed or were underway at the same time.
    private struct Record {
        var handedIn: Set<Int> = []
        var rounds: [Int] = []
        var computing = 0
        var mostComputing = 0
        var underway = 0
        var mostUnderway = 0
    }

    /// Makes calls of which each hands something in a few times and waits for the others. The first to go on takes what all
    /// have handed in.
    ///
    /// - Returns: how much each round took, and the counts.
    private func record(
        calls: Int, jobs: Int, limit: Int = .max, rounds: @escaping @Sendable (Int) throws -> Int
    ) throws -> Record {
        let record = Locked(Record())
        @Sendable func compute() {
            record.withLock {
                $0.computing += 1
                $0.mostComputing = max($0.mostComputing, $0.computing)
            }
            usleep(20)
            record.withLock { $0.computing -= 1 }
        }
        _ = try parallelMap(count: calls, jobs: jobs) { index in
            record.withLock {
                $0.underway += 1
                $0.mostUnderway = max($0.mostUnderway, $0.underway)
            }
            defer { record.withLock { $0.underway -= 1 } }
            compute()
            for _ in 0..<(try rounds(index)) {
                record.withLock { _ = $0.handedIn.insert(index) }
                SideBySide.current?.waitForOthers(upTo: limit)
                record.withLock {
                    guard $0.handedIn.contains(index) else { return }
                    $0.rounds.append($0.handedIn.count)
                    $0.handedIn = []
                }
                compute()
            }
        }
        return record.withLock { $0 }
    }

    /// All calls take part in each round, and no more of them compute than have places.
    @Test(arguments: [1, 2, 5]) func allCallsWaitForEachOther(jobs: Int) throws {
        let record = try record(calls: 40, jobs: jobs) { $0 < 10 ? 2 : 6 }
        #expect(record.rounds == [40, 40, 30, 30, 30, 30])
        #expect(record.mostComputing <= jobs)
    }

    /// Calls that may not begin yet do so when others end.
    @Test(arguments: [1, 2]) func aLimitIsKept(jobs: Int) throws {
        let record = try record(calls: 40, jobs: jobs, limit: 8) { _ in 3 }
        #expect(record.mostUnderway == 8)
        #expect(record.rounds == Array(repeating: 8, count: 15))
    }

    /// A call that does not wait is one of `jobs`.
    @Test(arguments: [1, 3]) func noThreadStartsForCallsThatDoNotWait(jobs: Int) throws {
        let record = try record(calls: 40, jobs: jobs) { _ in 0 }
        #expect(record.mostUnderway <= jobs)
    }

    private struct Failure: Error, Equatable { let index: Int }

    /// The others go on to their end; the first error in the order of the calls is thrown.
    @Test(arguments: [1, 2]) func errorsDoNotHoldUpTheOthers(jobs: Int) throws {
        let ended = Locked(0)
        let error = #expect(throws: Failure.self) {
            _ = try parallelMap(count: 30, jobs: jobs) { index in
                SideBySide.current?.waitForOthers(upTo: 30)
                if index % 10 == 7 { throw Failure(index: index) }
                for _ in 0..<3 { SideBySide.current?.waitForOthers(upTo: 30) }
                ended.withLock { $0 += 1 }
            }
        }
        #expect(error == Failure(index: 7))
        #expect(ended.withLock { $0 } == 27)
    }

    /// After a cancellation, no further call begins, and those in progress see it.
    @Test(arguments: [1, 2]) func cancellation(jobs: Int) async throws {
        let task = Task {
            try parallelMap(count: 1000, jobs: jobs) { _ in
                while !Cancellation.isRequested { SideBySide.current?.waitForOthers(upTo: 20) }
            }
        }
        // Not by a task: the calls may use all threads that tasks have.
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(20)) { task.cancel() }
        await #expect(throws: CancellationError.self) { _ = try await task.value }
    }

    /// A call that waits for something else does not hold up the others.
    @Test func aCallWithoutItsPlaceDelaysNoOther() throws {
        let others = Locked(0)
        _ = try parallelMap(count: 5, jobs: 2) { index in
            guard index == 0 else {
                SideBySide.current?.waitForOthers(upTo: 5)
                return others.withLock { $0 += 1 }
            }
            let deadline = ContinuousClock.now + .seconds(10)
            while others.withLock({ $0 }) < 4, ContinuousClock.now < deadline {
                SideBySide.withoutPlace { usleep(100) }
            }
            #expect(others.withLock { $0 } == 4)
        }
    }
}
