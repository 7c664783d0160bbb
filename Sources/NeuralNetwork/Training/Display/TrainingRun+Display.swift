import Estimators

extension _TrainingRun {
    /// Warns if the batch size exceeds the number of training samples.
    func warnIfClipped(samples: Int) {
        if case .count(let size) = hyperparameters.batchSize, size > samples {
            FitWarnings.report(
                FitWarning(
                    "batchSize \(size) exceeds the \(samples) training samples and is clipped to them.",
                    kind: "batchSize exceeds the training samples and is clipped to them."))
        }
    }

    /// Warns if training ended before it converged.
    func warn(of reason: StopReason?) {
        switch reason {
        case .reachedMaxIter:
            FitWarnings.report(
                FitWarning(
                    "Training reached maxIter = \(hyperparameters.maxIter) before it converged. "
                        + "Raise maxIter to train longer.",
                    kind: "training reached maxIter before it converged. Raise maxIter to train longer."))
        case .reachedMaxFun:
            FitWarnings.report(
                FitWarning(
                    "Training reached maxFun = \(hyperparameters.maxFun) before it converged. "
                        + "Raise maxFun to train longer.",
                    kind: "training reached maxFun before it converged. Raise maxFun to train longer."))
        case .lineSearchFailed:
            FitWarnings.report(
                FitWarning(
                    "Training ended where no step decreases the loss. Scaling the features may help.",
                    kind: "training ended where no step decreases the loss. Scaling the features may help."))
        default:
            break
        }
    }

    /// The progress bar if `verbose` asks for one, otherwise nil.
    func progressBar(after history: TrainingHistory) -> EpochBar? {
        hyperparameters.verbose == .progressBar
            ? EpochBar(maxIter: hyperparameters.maxIter, after: history.epochsOfCall) : nil
    }

    /// The printer of the lines of `verbose: true`.
    var log: VerboseLog { VerboseLog(isOn: hyperparameters.verbose == .lines) }
}
