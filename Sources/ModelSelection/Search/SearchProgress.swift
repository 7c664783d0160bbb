import Estimators
import LinearAlgebra
import Terminal

/// Shows the progress of a search on standard error: a bar on a terminal, a line for each candidate elsewhere.
final class SearchProgress: Sendable {
    private struct State {
        var done = 0
        /// The scores of each candidate, by split; nil where the trial is still to come.
        var scores: [[Double?]]
    }

    private let console: Console
    private let bar: ProgressBar
    private let candidates: [String]
    private let splits: Int
    private let state: Locked<State>

    init(candidates: [String], splits: Int, on console: Console = .standardError) {
        self.console = console
        bar = ProgressBar(on: console)
        (self.candidates, self.splits) = (candidates, splits)
        state = Locked(
            State(scores: Array(repeating: Array(repeating: nil, count: splits), count: candidates.count)))
    }

    /// Shows that a trial is finished; threads take turns.
    func finished(_ trial: SearchTrial) {
        state.withLock { state in
            let (candidate, split) = (trial.place.candidate, trial.place.split)
            state.done += 1
            state.scores[candidate][split] = trial.outcome.testScores.first ?? .nan
            let scores = state.scores[candidate].compactMap { $0 }
            if console.isTerminal {
                let total = candidates.count * splits
                bar.show(state.done, of: total)
                if state.done == total { bar.finish() }
            } else if scores.count == splits {
                console.write("[\(candidate + 1)/\(candidates.count)] \(candidates[candidate]): \(mean(of: scores))\n")
            }
        }
    }
}
