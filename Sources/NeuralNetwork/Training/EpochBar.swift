import Estimators

/// What `.progressBar` draws: a bar of the epochs, the last one's loss and score, and how long the rest may take.
struct EpochBar {
    private let bar: ProgressBar
    private let maxIter: Int
    /// When the bar was drawn last, in seconds of training; epochs may be much shorter than an eye can follow.
    private var drawn = -Double.infinity
    private var last: TrainingEpoch?

    private static let pause = 0.05

    init(maxIter: Int, on console: Console = .standardError) {
        bar = ProgressBar(on: console)
        self.maxIter = maxIter
    }

    /// Shows an epoch, unless another was drawn a moment ago.
    mutating func show(_ epoch: TrainingEpoch) {
        guard bar.isVisible else { return }
        last = epoch
        guard epoch.elapsed - drawn >= EpochBar.pause else { return }
        draw(epoch)
    }

    /// Shows the last epoch and ends the line; draws nothing where there was none.
    mutating func finish() {
        guard let last else { return }
        draw(last)
        bar.finish()
        self.last = nil
    }

    private mutating func draw(_ epoch: TrainingEpoch) {
        drawn = epoch.elapsed
        bar.show(epoch.index, of: maxIter, text(epoch))
    }

    private func text(_ epoch: TrainingEpoch) -> String {
        var parts = ["loss \(rounded(epoch.loss))"]
        if let score = epoch.validationScore { parts.append("score \(rounded(score))") }
        let left = epoch.elapsed / Double(epoch.index) * Double(maxIter - epoch.index)
        // Beyond a week it is a limit that was never meant to be reached.
        if epoch.index < maxIter, left < 604_800 { parts.append("at most \(duration(left)) left") }
        return parts.joined(separator: ", ")
    }

    private func rounded(_ number: Double) -> String {
        number.isFinite && abs(number) < 1e6 ? "\((number * 10_000).rounded() / 10_000)" : "\(number)"
    }

    private func duration(_ seconds: Double) -> String {
        let seconds = Int(seconds.rounded(.up))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return seconds < 60
            ? "\(seconds) s" : "\(seconds / 3600):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }
}
