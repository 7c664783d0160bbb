import Estimators
import LinearAlgebra

extension StochasticTrainer {
    /// Looks back on an epoch: prints its line, notes whether it improved and the best network, adds it to the record.
    func lookBack(
        on model: inout TrainedModel<Scalar>, learningRate: Double, _ stopwatch: inout Stopwatch
    ) throws -> TrainingEpoch {
        let loss = model.history.finalLoss ?? .nan
        configuration.log.iteration(model.history.nIter, loss: loss)
        let judgement = try validation?(model.network)
        switch configuration.watched {
        case .loss:
            model.history.progress.observe(loss, tol: configuration.tol)
        case .validationLoss:
            configuration.log.validationLoss(judgement?.loss ?? .nan)
            keepIfBest(&model, judgement?.loss)
        case .score:
            configuration.log.validationScore(judgement?.score ?? .nan)
            keepIfBest(&model, judgement?.score)
        }
        let seconds = stopwatch.lap()
        let epoch = TrainingEpoch(
            index: model.history.nIter, loss: loss, validationLoss: judgement?.loss, validationScore: judgement?.score,
            learningRate: learningRate, seconds: seconds, elapsed: stopwatch.elapsed)
        model.history.append(epoch)
        return epoch
    }

    private func keepIfBest(_ model: inout TrainedModel<Scalar>, _ watched: Double?) {
        if model.history.progress.observe(watched ?? .nan, tol: configuration.tol) {
            model.bestParameters = model.network.parameters
        }
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
