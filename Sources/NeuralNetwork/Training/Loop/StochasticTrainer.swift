import Estimators
import LinearAlgebra
import NumPyRandom

/// Trains a network by mini-batches, with one optimizer step per batch.
struct StochasticTrainer<Scalar: NetworkScalar> {
    let run: TrainingRun<Scalar>
    let validation: Validation<Scalar>?

    /// Trains `model.network` until there is a reason to stop.
    ///
    /// - Parameters:
    ///   - model: the model to start from; becomes the trained model, with the history of its epochs.
    ///   - optimizer: the optimizer's settings. The engine holds its moments during training.
    ///   - point: the rest of the state that changes from epoch to epoch. If the model has epochs of this run, the run
    ///     resumes from here.
    ///   - engine: computes the steps. It starts with the network's parameters and the optimizer's moments.
    /// - Throws: `EstimatorError.diverged` as soon as the loss or a parameter is not finite; `.invalidInput` if all
    ///   samples of a batch weigh 0; any error of `onEpoch` and the checkpoint.
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
        // A resumed run may have ended already, or may end because of its changed parameters.
        model.history.stopReason = model.history.nIter > 0 ? try reasonToStop(&model, &optimizer) : nil

        while model.history.stopReason == nil {
            if run.hyperparameters.shuffle { point.order.shuffle(using: &point.generator) }
            let noise = dropoutKey(of: &point.generator, after: model.history.t)
            try engine.train(over: point.order, inBatchesOf: batchSize, noise: noise, with: &optimizer) { batch in
                try batch.check(in: TrainingData<Scalar>.self, epoch: model.history.nIter + 1)
                model.history.record(loss: batch.loss, samples: batch.samples)
            }
            model.history.endEpoch()
            try engine.copyParameters(to: &model.network.parameters)
            let epoch = try evaluateEpoch(of: &model, learningRate: optimizer.learningRate, on: engine, &stopwatch)
            bar?.show(epoch)
            let decision = try run.decision(after: epoch)
            optimizer.epochEnded(samples: model.history.t)
            let reason = try reasonToStop(&model, &optimizer)
            model.history.stopReason = reason ?? (decision == .stop ? .stopped : nil)
            try run.save({ snapshot(model, optimizer, try engine.moments(), point) })
        }

        model = snapshot(model, optimizer, try engine.moments(), point)
        guard model.network.isFinite else { throw EstimatorError.diverged(iteration: model.history.nIter) }
    }

    /// Draws the key of an epoch's dropout; draws nothing without dropout. The number of samples seen so far makes the
    /// epochs of several calls with the same seed differ.
    private func dropoutKey(of generator: inout RandomState, after samples: Int) -> UInt64 {
        guard run.hyperparameters.dropout > 0 else { return 0 }
        return Dropout.key(UInt64(generator.randint(in: 0...Int(UInt32.max))), samples)
    }

    /// Returns the model that training would return now, with the best parameters and the state that resuming needs.
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
    /// Throws if a batch has no finite mean loss.
    ///
    /// - Throws: `EstimatorError.invalidInput` if its weight is too small to divide by, since 0 / 0 is not a
    ///   divergence; `.diverged` for any other loss that is not finite.
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
