import Foundation
import LinearAlgebra

/// Shows on standard error how far a search has come: a bar on a terminal, a line for each candidate elsewhere.
final class SearchProgress: Sendable {
    private struct State {
        var done = 0
        /// The scores of each candidate, by split; nil where the trial is still to come.
        var scores: [[Double?]]
    }

    private let isTerminal = isatty(2) != 0
    private let candidates: [String]
    private let splits: Int
    private let state: Locked<State>

    init(candidates: [String], splits: Int) {
        self.candidates = candidates
        self.splits = splits
        state = Locked(
            State(scores: Array(repeating: Array(repeating: nil, count: splits), count: candidates.count)))
    }

    /// Takes note of a trial. What threads have to say comes one after the other.
    func finished(_ trial: SearchTrial) {
        state.withLock { state in
            let (candidate, split) = (trial.place.candidate, trial.place.split)
            state.done += 1
            state.scores[candidate][split] = trial.testScores.first ?? .nan
            let scores = state.scores[candidate].compactMap { $0 }
            if isTerminal {
                write(bar(state.done))
            } else if scores.count == splits {
                write("[\(candidate + 1)/\(candidates.count)] \(candidates[candidate]): \(mean(of: scores))\n")
            }
        }
    }

    private func bar(_ done: Int) -> String {
        let total = candidates.count * splits
        let filled = 40 * done / total
        return "\r" + String(repeating: "█", count: filled) + String(repeating: "░", count: 40 - filled)
            + " \(done)/\(total)" + (done == total ? "\n" : "")
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
