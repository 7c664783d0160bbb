import Estimators

extension _TrainingRun {
    /// Warns if the batch size exceeds the number of training samples.
    func warnIfClipped(samples: Int) {
        if case .count(let size) = hyperparameters.batchSize, size > samples {
            report(
                "batchSize \(size) exceeds the \(samples) training samples and is clipped to them.",
                kind: "batchSize exceeds the training samples and is clipped to them.")
        }
    }

    /// Warns of early stopping with `.lbfgs`.
    func warnIfNotStoppedEarly() {
        if hyperparameters.earlyStopping {
            report(
                "earlyStopping has no effect with lbfgs, which trains on all samples until it converges.",
                kind: "earlyStopping has no effect with lbfgs, which trains on all samples until it converges.")
        }
    }

    /// Logs or counts a warning, unless `verbose` asks for silence.
    func report(_ line: String, kind: String) {
        if hyperparameters.verbose != .silent, isFirst { FitWarnings.report(FitWarning(line, kind: kind)) }
    }

    /// Warns if training ended before it converged.
    func warn(of reason: StopReason?) {
        switch reason {
        case .reachedMaxIter:
            report(
                "Training reached maxIter = \(hyperparameters.maxIter) before it converged. "
                    + "Raise maxIter to train longer.",
                kind: "training reached maxIter before it converged. Raise maxIter to train longer.")
        case .reachedMaxFun:
            report(
                "Training reached maxFun = \(hyperparameters.maxFun) before it converged. "
                    + "Raise maxFun to train longer.",
                kind: "training reached maxFun before it converged. Raise maxFun to train longer.")
        case .lineSearchFailed:
            report(
                "Training ended where no step decreases the loss. Scaling the features may help.",
                kind: "training ended where no step decreases the loss. Scaling the features may help.")
        default:
            break
        }
    }

    /// The progress bar if `verbose` asks for one, otherwise nil.
    func progressBar(after history: TrainingHistory) -> EpochBar? {
        hyperparameters.verbose == .progressBar && isFirst
            ? EpochBar(maxIter: hyperparameters.maxIter, after: history.epochsOfCall) : nil
    }

    /// The printer of the lines of `verbose: true`.
    var log: VerboseLog { VerboseLog(isOn: hyperparameters.verbose == .lines && isFirst) }
}
