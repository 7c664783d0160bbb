import LinearAlgebra

/// The trials of a search that no other process shares, with or without a journal.
final class LocalTrials: TrialStore {
    private struct State {
        var round = SearchRound(0, candidates: 0, splits: 1) { [] }
        var trials: [SearchTrial?] = []
        var next = 0
        var onFinished: (@Sendable (SearchTrial) -> Void)?
    }

    private let journal: SearchJournal?
    private let state = Locked(State())

    init(journal: SearchJournal? = nil) { self.journal = journal }

    func begin(_ round: SearchRound, onFinished: (@Sendable (SearchTrial) -> Void)?) {
        state.withLock {
            $0 = State(round: round, trials: Array(repeating: nil, count: round.count), onFinished: onFinished)
        }
    }

    /// Trials start in their order, so that the first error does not depend on the threads.
    func next(after finished: SearchTrial?) throws -> SearchTrial.Place? {
        if let finished { try journal?.append(finished) }
        return state.withLock { state in
            if let finished {
                state.trials[state.round.trial(at: finished.place)] = finished
                state.onFinished?(finished)
            }
            while state.next < state.round.count {
                let place = state.round.place(of: state.next)
                state.next += 1
                guard let known = journal?.trial(at: place) else { return place }
                state.trials[state.next - 1] = known
                state.onFinished?(known)
            }
            return nil
        }
    }

    func giveBack(_ place: SearchTrial.Place) {}

    func trials() -> [SearchTrial] { state.withLock { $0.trials.compactMap { $0 } } }
}
