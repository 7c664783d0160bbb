import Estimators

extension StochasticTrainer {
    /// Looks back on an epoch: prints its line, notes whether it improved, adapts the learning rate.
    ///
    /// - Returns: the reason to stop, if there is one.
    func judgeEpoch<Optimizer: StochasticOptimizer<Scalar>>(
        _ model: inout TrainedModel<Scalar>, _ optimizer: inout Optimizer
    ) throws -> StopReason? {
        try watch(&model)
        optimizer.epochEnded(samples: model.history.t)

        if model.history.progress.epochsWithoutImprovement > configuration.nIterNoChange {
            let reaction = optimizer.plateauReached()
            let watched = model.history.progress.watched
            configuration.log.plateau(
                reaction, watched: watched, tol: configuration.tol, epochs: configuration.nIterNoChange)
            switch reaction {
            case .stop, .stopRateTooSmall: return watched == .loss ? .converged : .validationStoppedImproving
            case .goOn: model.history.progress.forgive()
            }
        }
        if configuration.isIncremental { return .partialFit }
        if model.history.nIter >= configuration.maxIter { return .reachedMaxIter }
        return Cancellation.isRequested ? .cancelled : nil
    }

    /// Notes the epoch's loss, or with early stopping its score on the validation set and the best network.
    private func watch(_ model: inout TrainedModel<Scalar>) throws {
        let loss = model.history.finalLoss ?? .nan
        configuration.log.iteration(model.history.nIter, loss: loss)
        guard let validation else {
            model.history.progress.observe(loss, tol: configuration.tol)
            return
        }
        let score = try validation(model.network)
        model.history.validationScores.append(score)
        configuration.log.validationScore(score)
        if model.history.progress.observe(score, tol: configuration.tol) {
            model.bestParameters = model.network.parameters
        }
    }
}
