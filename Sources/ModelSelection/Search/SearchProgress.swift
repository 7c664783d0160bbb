import Foundation
import Synchronization

/// Shows on standard error how far a search has come: a bar on a terminal, a line for each candidate elsewhere.
final class SearchProgress: Sendable {
    private let isShown: Bool
    private let isTerminal: Bool
    private let candidates: Int
    private let splits: Int
    private let trials = Mutex([Int: [Double]]())

    init(isShown: Bool, candidates: Int, splits: Int) {
        self.isShown = isShown
        self.isTerminal = isatty(2) != 0
        self.candidates = candidates
        self.splits = splits
    }

    /// Takes note of a trial.
    func finished<Root>(_ trial: SearchTrial, of candidate: ParameterSet<Root>) {
        guard isShown else { return }
        let number = trial.number / splits
        let (scores, done) = trials.withLock { trials in
            trials[number, default: []].append(trial.testScores.first ?? .nan)
            return (trials[number] ?? [], trials.values.reduce(0) { $0 + $1.count })
        }
        if isTerminal {
            let total = candidates * splits
            let filled = 40 * done / max(total, 1)
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 40 - filled)
            write("\r\(bar) \(done)/\(total)" + (done == total ? "\n" : ""))
        } else if scores.count == splits {
            let mean = scores.reduce(0, +) / Double(scores.count)
            write("[\(number + 1)/\(candidates)] \(candidate): \(mean)\n")
        }
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
