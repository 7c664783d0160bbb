import Estimators
import Terminal

/// What `.progressBar` draws: one line that is drawn anew while training goes on.
struct EpochBar {
    private let console: Console
    private let maxIter: Int
    /// When the line was drawn last, in seconds of training; epochs may be much shorter than an eye can follow.
    private var drawn = -Double.infinity
    private var last: TrainingEpoch?
    private var losses: [Double]
    private var validationLosses: [Double]

    private static let pause = 0.1

    /// - Parameter past: the epochs that a run has behind it which is resumed.
    init(maxIter: Int, after past: some Sequence<TrainingEpoch> = [], on console: Console = .standardError) {
        self.console = console
        self.maxIter = maxIter
        losses = past.map(\.loss)
        validationLosses = past.compactMap(\.validationLoss)
    }

    /// Shows an epoch, unless another was drawn a moment ago.
    mutating func show(_ epoch: TrainingEpoch) {
        guard console.isTerminal else { return }
        last = epoch
        losses.append(epoch.loss)
        if let loss = epoch.validationLoss { validationLosses.append(loss) }
        if epoch.elapsed - drawn >= EpochBar.pause { draw(epoch) }
    }

    /// Shows the last epoch and ends the line; draws nothing where there was none.
    mutating func finish() {
        guard let last else { return }
        draw(last)
        console.write("\n")
        self.last = nil
    }

    private mutating func draw(_ epoch: TrainingEpoch) {
        drawn = epoch.elapsed
        let line = EpochLine(epoch: epoch, maxIter: maxIter, losses: losses, validationLosses: validationLosses)
        console.redraw(line.text(columns: console.room))
    }
}
