import Estimators
package import Terminal

/// The display of `.progressBar`: one line that is redrawn during training.
package struct EpochBar {
    private let console: Console
    private let maxIter: Int
    /// The training time, in seconds, at which the line was last drawn. Epochs may be too short to draw each one.
    private var drawn = -Double.infinity
    private var last: TrainingEpoch?
    private var losses: [Double]
    private var validationLosses: [Double]

    private static let pause = 0.1

    /// - Parameter past: the epochs before the resumed part of a run.
    package init(
        maxIter: Int, after past: some Sequence<TrainingEpoch> = [], on console: Console = .standardError
    ) {
        self.console = console
        self.maxIter = maxIter
        losses = past.map(\.loss)
        validationLosses = past.compactMap(\.validationLoss)
    }

    /// Shows an epoch, unless the line was drawn less than 0.1 seconds ago.
    package mutating func show(_ epoch: TrainingEpoch) {
        guard console.isTerminal else { return }
        last = epoch
        losses.append(epoch.loss)
        if let loss = epoch.validationLoss { validationLosses.append(loss) }
        if epoch.elapsed - drawn >= EpochBar.pause { draw(epoch) }
    }

    /// Draws the last epoch and ends the line. Draws nothing if there was no epoch.
    package mutating func finish() {
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
