import Estimators

extension StochasticTrainer {
    /// Looks back on an epoch: prints its line, notes whether it improved and the best network, adds it to the record.
    func lookBack(
        on model: inout TrainedModel<Scalar>, learningRate: Double, _ stopwatch: inout Stopwatch
    ) throws {
        let loss = model.history.finalLoss ?? .nan
        configuration.log.iteration(model.history.nIter, loss: loss)
        var score: Double?
        if let validation {
            let value = try validation(model.network)
            configuration.log.validationScore(value)
            if model.history.progress.observe(value, tol: configuration.tol) {
                model.bestParameters = model.network.parameters
            }
            score = value
        } else {
            model.history.progress.observe(loss, tol: configuration.tol)
        }
        let seconds = stopwatch.lap()
        model.history.append(
            TrainingEpoch(
                index: model.history.nIter, loss: loss, validationLoss: nil, validationScore: score,
                learningRate: learningRate, seconds: seconds, elapsed: stopwatch.elapsed))
    }

    /// Why training should end after the epochs so far, if it should; adapts the learning rate where that is what helps.
    ///
    /// To ask again gives the same answer.
    func reasonToStop(
        _ model: inout TrainedModel<Scalar>, _ optimizer: inout some StochasticOptimizer<Scalar>
    ) -> StopReason? {
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
}
