import LinearAlgebra

extension StochasticTrainer {
    /// Evaluates an epoch: prints its lines, updates the plateau detector and the best parameters, and records it.
    func evaluateEpoch(
        of model: inout TrainedModel<Scalar>, learningRate: Double, on engine: some TrainingEngine<Scalar>,
        _ stopwatch: inout Stopwatch
    ) throws -> TrainingEpoch {
        let loss = model.history.finalLoss ?? .nan
        run.log.iteration(model.history.nIter, loss: loss)
        let evaluation = try validation?(model.network, on: engine)
        switch run.watched {
        case .loss:
            model.history.plateau.observe(loss, tol: run.hyperparameters.tol)
        case .validationLoss:
            run.log.validationLoss(evaluation?.loss ?? .nan)
            keepIfBest(&model, evaluation?.loss)
        case .score:
            run.log.validationScore(evaluation?.score ?? .nan)
            keepIfBest(&model, evaluation?.score)
        }
        let seconds = stopwatch.lap()
        let epoch = TrainingEpoch(
            index: model.history.nIter, loss: loss, validationLoss: evaluation?.loss,
            validationScore: evaluation?.score,
            learningRate: learningRate, seconds: seconds, elapsed: stopwatch.elapsed)
        model.history.append(epoch)
        return epoch
    }

    private func keepIfBest(_ model: inout TrainedModel<Scalar>, _ watched: Double?) {
        if model.history.plateau.observe(watched ?? .nan, tol: run.hyperparameters.tol) {
            model.bestParameters = model.network.parameters
        }
    }

    /// Returns why training should end after the epochs so far; nil to continue. On a plateau, the optimizer may lower
    /// its learning rate instead.
    ///
    /// A second call returns the same result.
    func reasonToStop(
        _ model: inout TrainedModel<Scalar>, _ optimizer: inout some StochasticOptimizer<Scalar>
    ) throws -> StopReason? {
        if model.history.plateau.epochsWithoutImprovement > run.hyperparameters.nIterNoChange {
            let reaction = optimizer.plateauReached()
            let watched = model.history.plateau.watched
            run.log.plateau(
                reaction, watched: watched, tol: run.hyperparameters.tol, epochs: run.hyperparameters.nIterNoChange)
            switch reaction {
            case .stop, .stopRateTooSmall: return watched == .loss ? .converged : .validationStoppedImproving
            case .continue: model.history.plateau.reset()
            }
        }
        if run.isIncremental { return .partialFit }
        if model.history.nIter >= run.hyperparameters.maxIter { return .reachedMaxIter }
        return try run.isCancelled() ? .cancelled : nil
    }
}
