import Estimators
import LinearAlgebra

/// Trains a network by mini-batches: for each batch one step of the optimizer, epoch by epoch.
struct StochasticTrainer<Scalar: NetworkScalar> {
    let run: TrainingRun<Scalar>
    let validation: Validation<Scalar>?

    /// Trains `model.network` until a reason to stop is found.
    ///
    /// - Parameters:
    ///   - model: where training starts; afterwards the trained model, with the record of its epochs.
    ///   - optimizer: its settings. The engine has its moments while training lasts.
    ///   - point: what else changes from epoch to epoch. With a model that has epochs of this run already, it is where the run
    ///     stopped.
    ///   - engine: computes the steps, starting from the network's parameters and the optimizer's moments.
    /// - Throws: `EstimatorError.diverged` as soon as the loss or a parameter is not finite; `.invalidInput` when all samples of
    ///   a batch weigh 0; what `onEpoch` and the checkpoint throw.
    func train<Optimizer: StochasticOptimizer<Scalar>>(
        _ model: inout TrainedModel<Scalar>, with optimizer: Optimizer, from point: StochasticPoint<Scalar>,
        on engine: some TrainingEngine<Scalar>
    ) throws {
        var (optimizer, point) = (optimizer, point)
        optimizer.moments = optimizer.moments.map { _ in [] }
        let batchSize = run.hyperparameters.batchSize.samples(of: point.order.samples.count)
        var stopwatch = Stopwatch(elapsed: model.history.elapsed)
        var bar = run.progressBar(after: model.history)
        defer { bar?.finish() }
        // A run that is resumed may have ended, also by the parameters as they are now.
        model.history.stopReason = model.history.nIter > 0 ? reasonToStop(&model, &optimizer) : nil

        while model.history.stopReason == nil {
            if run.hyperparameters.shuffle { point.order.shuffle(using: &point.generator) }
            try engine.train(over: point.order, inBatchesOf: batchSize, with: &optimizer) { batch in
                try batch.check(in: TrainingData<Scalar>.self, epoch: model.history.nIter + 1)
                model.history.record(loss: batch.loss, samples: batch.samples)
            }
            model.history.endEpoch()
            engine.copyParameters(to: &model.network.parameters)
            let epoch = try evaluateEpoch(of: &model, learningRate: optimizer.learningRate, on: engine, &stopwatch)
            bar?.show(epoch)
            let decision = try run.onEpoch?(epoch)
            optimizer.epochEnded(samples: model.history.t)
            let reason = reasonToStop(&model, &optimizer)
            model.history.stopReason = reason ?? (decision == .stop ? .stopped : nil)
            try run.checkpoint?({ snapshot(model, optimizer, engine.moments, point) })
        }

        model = snapshot(model, optimizer, engine.moments, point)
        guard model.network.isFinite else { throw EstimatorError.diverged(iteration: model.history.nIter) }
    }

    /// The model as training returns it: with the best parameters, and all that resuming from the last ones takes.
    private func snapshot(
        _ model: TrainedModel<Scalar>, _ optimizer: some StochasticOptimizer<Scalar>, _ moments: [[Scalar]],
        _ point: StochasticPoint<Scalar>
    ) -> TrainedModel<Scalar> {
        var (model, optimizer, point) = (model, optimizer, point)
        optimizer.moments = moments
        if run.watched != .loss, let best = model.bestParameters {
            point.lastParameters = model.network.parameters
            model.network.parameters = best
        }
        model.optimizer = optimizer.stored
        model.resumePoint = run.isIncremental ? nil : .stochastic(point)
        return model
    }
}

extension BatchResult {
    /// Rejects a batch without a finite mean loss.
    ///
    /// - Throws: `EstimatorError.invalidInput` where its weight is too small to divide by: 0 / 0 is no divergence; `.diverged`
    ///   for any other loss that is not finite.
    fileprivate func check<Scalar: NetworkScalar>(in _: TrainingData<Scalar>.Type, epoch: Int) throws {
        try Check.require(
            TrainingData<Scalar>.canDivide(by: weightSum), "sampleWeight",
            "must have a positive sum in every mini-batch, but "
                + (weightSum == 0
                    ? "is 0 for all \(samples) samples of one" : "has \(weightSum) in one of \(samples) samples")
                + ": leave out samples of weight 0, or choose a larger batchSize")
        guard loss.isFinite else { throw EstimatorError.diverged(iteration: epoch) }
    }
}
