import Dispatch
import Estimators
import LinearAlgebra
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The number of threads that `nJobs` means: nil one, a negative number all cores but those below −1, as in scikit-learn.
///
/// - Throws: `EstimatorError.invalidParameter` for 0.
func jobs(_ nJobs: Int?) throws -> Int {
    guard let nJobs else { return 1 }
    guard nJobs != 0 else {
        throw EstimatorError.invalidParameter(
            name: "nJobs", value: "0", allowed: "a number of threads of at least 1, or -1 for all cores")
    }
    let cores = ProcessInfo.processInfo.activeProcessorCount
    return nJobs > 0 ? nJobs : max(1, cores + 1 + max(nJobs, -cores))
}

/// The results of `body` for 0 ..< `count`, in order, computed on up to `jobs` threads of this process.
///
/// While several threads run, each product of theirs stays on its own: BLAS is held to one thread and restored afterwards.
/// What the threads share is not copied. When the calling task is cancelled, no further call begins and those in progress
/// see it as ``Cancellation``.
///
/// - Throws: the first error in the order of the indices, or `CancellationError`.
func parallelMap<Result: Sendable>(
    count: Int, jobs: Int, _ body: @escaping @Sendable (Int) throws -> Result
) throws -> [Result] {
    guard jobs > 1, count > 1 else {
        return try (0..<count).map { index in
            if Cancellation.isRequested { throw CancellationError() }
            return try body(index)
        }
    }
    let queue = WorkQueue<Result>(count: count)
    BLASThreads.withAtMost(1) {
        DispatchQueue.concurrentPerform(iterations: min(jobs, count)) { _ in
            while let index = queue.next() {
                let result = Swift.Result { try Cancellation.following({ queue.isCancelled }, { try body(index) }) }
                // Only the calling thread belongs to the task; what it notices, all are to know.
                if Cancellation.isRequested { queue.cancel() }
                queue.finish(index, result)
            }
        }
    }
    return try queue.results()
}

/// The indices still to be worked on, and the results so far.
private final class WorkQueue<Result: Sendable>: Sendable {
    private struct State {
        var next = 0
        var isCancelled = false
        var results: [Swift.Result<Result, any Error>?]
    }

    private let count: Int
    private let state: Mutex<State>

    init(count: Int) {
        self.count = count
        state = Mutex(State(results: Array(repeating: nil, count: count)))
    }

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    func cancel() { state.withLock { $0.isCancelled = true } }

    /// The next index, or nil when there is none or an error or a cancellation ends the work.
    func next() -> Int? {
        if Cancellation.isRequested { cancel() }
        return state.withLock { state in
            guard state.next < count, !state.isCancelled else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    func finish(_ index: Int, _ result: Swift.Result<Result, any Error>) {
        state.withLock { state in
            state.results[index] = result
            if case .failure = result { state.next = count }
        }
    }

    func results() throws -> [Result] {
        let (results, isCancelled) = state.withLock { ($0.results, $0.isCancelled) }
        if isCancelled { throw CancellationError() }
        for case .failure(let error)? in results { throw error }
        return try results.map { result in
            guard let result else { throw CancellationError() }
            return try result.get()
        }
    }
}
