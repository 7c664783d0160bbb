import Estimators
import LinearAlgebra
import Terminal

/// Shows the progress of a search on standard error: on a terminal a bar and the best candidates, which are redrawn; a line
/// for each candidate elsewhere.
final class SearchProgress: Sendable {
    private struct State {
        var done = 0
        /// The scores of each candidate, by split; nil where the trial is still to come.
        var scores: [[Double?]]
        var lines: LiveLines

        /// The candidates with a score on every split, the best first, and their means.
        var ranking: [(candidate: Int, mean: Double)] {
            let means = scores.enumerated().compactMap { candidate, scores in
                let known = scores.compactMap { $0 }
                return known.count == scores.count ? (candidate, mean(of: known)) : nil
            }
            // The sort is stable: of equal ones the first.
            return means.filter { !$0.1.isNaN }.sorted { $0.1 > $1.1 }
        }
    }

    /// How many candidates are shown.
    private static let shown = 5

    private let console: Console
    private let candidates: [String]
    private let splits: Int
    private let state: Locked<State>

    init(candidates: [String], splits: Int, on console: Console = .standardError) {
        self.console = console
        (self.candidates, self.splits) = (candidates, splits)
        state = Locked(
            State(
                scores: Array(repeating: Array(repeating: nil, count: splits), count: candidates.count),
                lines: LiveLines(on: console)))
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
                state.lines.show([ProgressBar.line(state.done, of: total, on: console)] + best(state.ranking))
                if state.done == total { state.lines.finish() }
            } else if scores.count == splits {
                console.write("[\(candidate + 1)/\(candidates.count)] \(candidates[candidate]): \(mean(of: scores))\n")
            }
        }
    }

    /// A line for each of the best candidates.
    private func best(_ ranking: [(candidate: Int, mean: Double)]) -> [String] {
        ranking.prefix(SearchProgress.shown).map {
            "[\($0.candidate + 1)] \(shortened($0.mean) ?? "\($0.mean)"): \(candidates[$0.candidate])"
        }
    }
}
