import Estimators
import NumPyRandom

/// Trains a network by mini-batches: for each batch one step of the optimizer, epoch by epoch.
struct StochasticTrainer<Scalar: NetworkScalar> {
    let configuration: TrainingConfiguration
    let loss: Loss
    let data: TrainingData<Scalar>
    let validation: Validation<Scalar>?

    /// Trains `model.network` until a reason to stop is found.
    ///
    /// - Parameters:
    ///   - model: where training begins; afterwards what it came to, with the record of its epochs.
    ///   - optimizer: its moments, from which a further call can go on.
    ///   - generator: draws the order of the samples.
    /// - Throws: `EstimatorError.diverged` as soon as the loss or a parameter is not finite; `.invalidInput` when all samples of
    ///   a batch weigh 0.
    func train<Optimizer: StochasticOptimizer<Scalar>>(
        _ model: inout TrainedModel<Scalar>, with optimizer: inout Optimizer, using generator: inout RandomState
    ) throws {
        let batchSize = configuration.batchSize.samples(of: data.count)
        var step = Backpropagation(model.network, loss: loss, batchSize: batchSize, for: data)
        var order = SampleOrder(count: data.count)
        model.history.begin(watching: validation == nil ? .loss : .score)
        // As in scikit-learn, a warm start that never beats the best score of the calls before it keeps its last weights.
        model.bestParameters = nil

        repeat {
            if configuration.shuffle { order.shuffle(using: &generator) }
            for batch in order.batches(of: batchSize) {
                step.load(batch, of: data)
                // The mean loss of such a batch is 0 / 0, which is not a divergence.
                guard step.weightSum > 0 else { throw EstimatorError.weightlessBatch(size: batch.count) }
                step.forward()
                let loss = step.loss(alpha: configuration.alpha)
                guard loss.isFinite else { throw EstimatorError.diverged(iteration: model.history.nIter + 1) }
                step.backward(alpha: configuration.alpha)
                optimizer.update(step.parameters, along: step.gradient)
                model.history.record(loss: loss, samples: batch.count)
            }
            model.history.endEpoch()
            step.copyParameters(to: &model.network)
            model.history.stopReason = try judgeEpoch(&model, &optimizer)
        } while model.history.stopReason == nil

        if validation != nil, let best = model.bestParameters { model.network.parameters = best }
        guard model.network.isFinite else { throw EstimatorError.diverged(iteration: model.history.nIter) }
    }
}

extension EstimatorError {
    /// A mini-batch has a loss only where some of its samples count.
    fileprivate static func weightlessBatch(size: Int) -> EstimatorError {
        .invalidInput(
            argument: "sampleWeight",
            problem: "must have a positive sum in every mini-batch, but is 0 for all \(size) samples of one: "
                + "leave out samples of weight 0, or choose a larger batchSize")
    }
}
