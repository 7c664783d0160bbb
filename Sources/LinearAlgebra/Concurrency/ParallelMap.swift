/// Returns the results of `body` for 0 ..< `count`, in order. Up to `jobs` calls compute at the same time.
///
/// With several jobs, BLAS is limited to one thread. The calls share what `body` captures. When the calling
/// task is cancelled, no further calls start, and the calls in progress see it through ``Cancellation``. Calls that wait for
/// a device make room for others, which then run on further threads even for one job: see ``SideBySide``.
///
/// - Throws: the error with the lowest index, or `CancellationError`.
package func parallelMap<Result: Sendable>(
    count: Int, jobs: Int, _ body: @escaping @Sendable (Int) throws -> Result
) throws -> [Result] {
    guard count > 1 else {
        return try (0..<count).map { index in
            if Cancellation.isRequested { throw CancellationError() }
            return try body(index)
        }
    }
    let queue = WorkQueue<Result>(count: count)
    Cancellation.withCheck { isCancelled in
        let calls = SideBySide(jobs: max(1, min(jobs, count)), hasNextCall: { queue.hasNext && !isCancelled() }) {
            guard !isCancelled(), let index = queue.next() else { return false }
            queue.finish(index, Swift.Result { try Cancellation.following(isCancelled) { try body(index) } })
            return true
        }
        if jobs > 1 {
            BLASThreads.withAtMost(1) { calls.makeAllCalls() }
        } else {
            calls.makeAllCalls()
        }
    }
    return try queue.results()
}

/// The remaining indices and the results so far.
private final class WorkQueue<Result: Sendable>: Sendable {
    private struct State {
        var next = 0
        var end: Int
        var results: [Swift.Result<Result, any Error>?]
    }

    private let state: Locked<State>

    init(count: Int) {
        state = Locked(State(end: count, results: Array(repeating: nil, count: count)))
    }

    /// Whether an index is left.
    var hasNext: Bool { state.withLock { $0.next < $0.end } }

    /// Returns the next index; nil if there is none or an error has ended the work.
    func next() -> Int? {
        state.withLock { state in
            guard state.next < state.end else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    /// Stores a result. All indices before a failed one have already started, so the first error does not depend on the
    /// threads.
    func finish(_ index: Int, _ result: Swift.Result<Result, any Error>) {
        state.withLock { state in
            state.results[index] = result
            if case .failure = result { state.end = 0 }
        }
    }

    /// Returns the results. Results that are missing without an error mean that the work was cancelled.
    func results() throws -> [Result] {
        let results = state.withLock { $0.results }
        for case .failure(let error)? in results { throw error }
        return try results.map { result in
            guard let result else { throw CancellationError() }
            return try result.get()
        }
    }
}
