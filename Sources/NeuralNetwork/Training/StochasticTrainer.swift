import Estimators
import LinearAlgebra
import NumPyRandom

/// Trains a network by mini-batches: for each batch one step of the optimizer, epoch by epoch.
struct StochasticTrainer<Scalar: NetworkScalar> {
    let configuration: TrainingConfiguration
    let loss: Loss
    let data: TrainingData<Scalar>
    let validation: Validation<Scalar>?

    let observer: TrainingObserver<Scalar>

    /// Trains `model.network` until a reason to stop is found.
    ///
    /// - Parameters:
    ///   - model: where training begins; afterwards what it came to, with the record of its epochs.
    ///   - optimizer: its moments, from which a further call can go on.
    ///   - point: what else changes from epoch to epoch. With a model that has epochs of this run already, it is where the run
    ///     stopped.
    ///   - team: the threads that share every step.
    /// - Throws: `EstimatorError.diverged` as soon as the loss or a parameter is not finite; `.invalidInput` when all samples of
    ///   a batch weigh 0; what the observer throws.
    func train<Optimizer: StochasticOptimizer<Scalar>>(
        _ model: inout TrainedModel<Scalar>, with optimizer: Optimizer, from point: StochasticPoint<Scalar>,
        team: WorkerPool
    ) throws {
        var (optimizer, point) = (optimizer, point)
        let batchSize = configuration.batchSize.samples(of: point.order.samples.count)
        let step = Backpropagation<Scalar, Optimizer.Rule>(
            model.network, loss: loss, data: data, batchSize: batchSize, moments: optimizer.moments, team: team)
        // They lie beside the parameters now, and come back when training is over.
        optimizer.moments = optimizer.moments.map { _ in [] }
        var stopwatch = Stopwatch(elapsed: model.history.elapsed)
        var bar =
            configuration.verbose == .progressBar
            ? EpochBar(maxIter: configuration.maxIter, after: model.history.epochsOfCall) : nil
        defer { bar?.finish() }
        // A run that is resumed may have ended, by the parameters as they are now too.
        model.history.stopReason = model.history.nIter > 0 ? reasonToStop(&model, &optimizer) : nil

        while model.history.stopReason == nil {
            if configuration.shuffle { point.order.shuffle(using: &point.generator) }
            for batch in point.order.batches(of: batchSize) {
                step.load(batch)
                // The mean loss of such a batch is 0 / 0, which is not a divergence.
                guard step.hasWeight else { throw EstimatorError.weightlessBatch(of: batch.count, step.weightSum) }
                step.forward()
                let loss = step.loss(alpha: configuration.alpha)
                guard loss.isFinite else { throw EstimatorError.diverged(iteration: model.history.nIter + 1) }
                step.backward(alpha: configuration.alpha, then: optimizer.nextStep())
                model.history.record(loss: loss, samples: batch.count)
            }
            model.history.endEpoch()
            step.memory.copyParameters(to: &model.network.parameters)
            let epoch = try lookBack(on: &model, learningRate: optimizer.learningRate, &stopwatch)
            bar?.show(epoch)
            let decision = try observer.onEpoch?(epoch)
            optimizer.epochEnded(samples: model.history.t)
            let reason = reasonToStop(&model, &optimizer)
            model.history.stopReason = reason ?? (decision == .stop ? .stopped : nil)
            try observer.checkpoint?({ concluded(model, optimizer, step.memory, point) })
        }

        model = concluded(model, optimizer, step.memory, point)
        guard model.network.isFinite else { throw EstimatorError.diverged(iteration: model.history.nIter) }
    }

    /// The model as training returns it: with the best parameters, and all that it takes to go on from the last ones.
    private func concluded(
        _ model: TrainedModel<Scalar>, _ optimizer: some StochasticOptimizer<Scalar>, _ memory: TrainingMemory<Scalar>,
        _ point: StochasticPoint<Scalar>
    ) -> TrainedModel<Scalar> {
        var (model, optimizer, point) = (model, optimizer, point)
        optimizer.moments = memory.currentMoments
        if configuration.watched != .loss, let best = model.bestParameters {
            point.lastParameters = model.network.parameters
            model.network.parameters = best
        }
        model.optimizer = optimizer.stored
        model.resumePoint = configuration.isIncremental ? nil : .stochastic(point)
        return model
    }
}

extension EstimatorError {
    /// A mini-batch has a loss only where some of its samples count.
    fileprivate static func weightlessBatch(of size: Int, _ weight: Double) -> EstimatorError {
        let found = weight == 0 ? "is 0 for all \(size) samples of one" : "has \(weight) in one of \(size) samples"
        return .invalidInput(
            argument: "sampleWeight",
            problem: "must have a positive sum in every mini-batch, but \(found): leave out samples of weight 0, or "
                + "choose a larger batchSize")
    }
}
