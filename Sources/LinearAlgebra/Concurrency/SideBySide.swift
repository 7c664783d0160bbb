import Dispatch

/// The calls of a ``parallelMap(count:jobs:_:)`` in progress. Up to `jobs` of them compute at the same time, each in a place.
///
/// A call that trains on a device mostly waits for it. It gives up its place meanwhile, so that further calls start and the
/// device works for all of them at once. The threads of calls that wait sleep.
package final class SideBySide: Sendable {
    /// The calls of which this thread makes one; nil for a call by itself.
    @TaskLocal package static var current: SideBySide?

    private struct State {
        var takenPlaces = 0
        /// The threads that make calls, whether they compute or wait.
        var threads = 0
        /// The number of threads up to which more are started; nil before a call waits for the others.
        var limit: Int?
        var started: [StartedThread] = []
        /// Calls that wait until all others do.
        var waiting: [DispatchSemaphore] = []
        /// Calls that compute as soon as there is a place, in their order.
        var ready: [DispatchSemaphore] = []
    }

    private let jobs: Int
    private let hasNextCall: @Sendable () -> Bool
    private let makeNextCall: @Sendable () -> Bool
    private let state = Locked(State())

    /// - Parameters:
    ///   - jobs: the number of places, at least 1.
    ///   - hasNextCall: whether a call is left that has not begun.
    ///   - makeNextCall: makes the next call; returns false if there is none.
    init(
        jobs: Int, hasNextCall: @escaping @Sendable () -> Bool, makeNextCall: @escaping @Sendable () -> Bool
    ) {
        (self.jobs, self.hasNextCall, self.makeNextCall) = (jobs, hasNextCall, makeNextCall)
    }

    /// Makes all calls, on this thread if there is one place, and returns when they have ended.
    func makeAllCalls() {
        if jobs == 1 {
            work()
        } else {
            DispatchQueue.concurrentPerform(iterations: jobs) { _ in work() }
        }
        while let thread = state.withLock({ $0.started.popLast() }) { thread.join() }
    }

    /// Waits until every other call has ended or waits as well, and no other can start.
    ///
    /// - Parameter limit: the number of calls up to which others start meanwhile. Of several, the least applies.
    package func waitForOthers(upTo limit: Int) {
        let turn = DispatchSemaphore(value: 0)
        state.withLock { state in
            state.limit = min(state.limit ?? limit, limit)
            state.waiting.append(turn)
            state.takenPlaces -= 1
            handOutPlaces(&state)
        }
        turn.wait()
    }

    /// Runs `wait`, which computes nothing, without the place of this thread's call.
    package static func withoutPlace(_ wait: () -> Void) {
        current?.leavePlace()
        wait()
        current?.takePlace()
    }

    // MARK: Places

    private func work() {
        // A thread that Dispatch starts late may find that others already make as many calls as the limit allows.
        let begins = state.withLock { state in
            guard state.threads < max(1, state.limit ?? .max) else { return false }
            state.threads += 1
            return true
        }
        guard begins else { return }
        takePlace()
        makeCalls()
    }

    private func makeCalls() {
        SideBySide.$current.withValue(self) { while makeNextCall() {} }
        state.withLock { $0.threads -= 1 }
        leavePlace()
    }

    private func takePlace() {
        let turn: DispatchSemaphore? = state.withLock { state in
            guard state.takenPlaces >= jobs || !state.ready.isEmpty else {
                state.takenPlaces += 1
                return nil
            }
            let turn = DispatchSemaphore(value: 0)
            state.ready.append(turn)
            return turn
        }
        turn?.wait()
    }

    private func leavePlace() {
        state.withLock { state in
            state.takenPlaces -= 1
            handOutPlaces(&state)
        }
    }

    /// Gives free places to the calls that are ready, then to new threads. If no call computes then, those that wait for the
    /// others are ready.
    private func handOutPlaces(_ state: inout State) {
        while state.takenPlaces < jobs {
            if !state.ready.isEmpty {
                state.takenPlaces += 1
                state.ready.removeFirst().signal()
            } else if state.threads < state.limit ?? 0, hasNextCall(), let thread = StartedThread(makeCalls) {
                state.takenPlaces += 1
                state.threads += 1
                state.started.append(thread)
            } else if state.takenPlaces <= 0, !state.waiting.isEmpty {
                swap(&state.ready, &state.waiting)
            } else {
                return
            }
        }
    }
}
