import Estimators

extension Training {
    /// Warns of a batch size of which less is used.
    func warnIfClipped(samples: Int) {
        if case .count(let size) = hyperparameters.batchSize, size > samples {
            FitWarnings.report(
                FitWarning(
                    "batchSize \(size) exceeds the \(samples) training samples and is clipped to them.",
                    kind: "batchSize exceeds the training samples and is clipped to them."))
        }
    }

    /// Warns of an end that is not what was wanted.
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
}
