import Estimators
import NumPyRandom

// The start of a run: with new random weights, or with the weights of an earlier call.

extension _TrainingRun {
    private var layerUnits: [Int] {
        [data.features.columns] + hyperparameters.hiddenLayerSizes + [data.targets.columns]
    }

    /// Returns the network's shape.
    ///
    /// - Throws: `EstimatorError.invalidParameter` if the network is too large to train.
    func affordableShape() throws -> NetworkShape {
        guard let shape = NetworkShape(layerUnits: layerUnits) else {
            throw EstimatorError.invalidParameter(
                name: "hiddenLayerSizes", value: "\(hyperparameters.hiddenLayerSizes)",
                allowed: "sizes that make fewer than 2³¹ coefficients with \(data.features.columns) features and "
                    + "\(data.targets.columns) outputs")
        }
        let solver = hyperparameters.solver
        let batchSize =
            solver == .lbfgs ? data.count : min(data.count, hyperparameters.batchSize.samples(of: sampleCount))
        let demand = MemoryDemand(
            shape, batchSize: batchSize, isSparse: data.features.isSparse, solver: solver,
            storesSlopes: !hyperparameters.activation.isScikitLearns || hyperparameters.dropout > 0, scalar: Scalar.self
        )
        try demand.check(hyperparameters)
        return shape
    }

    /// Returns an untrained model with random weights.
    func freshModel(of shape: NetworkShape, using generator: inout RandomState) throws -> TrainedModel<Scalar> {
        let network = try Network<Scalar>(
            shape: shape, activation: hyperparameters.activation, outActivation: loss.outActivation, using: &generator)
        return TrainedModel(
            network: network, history: TrainingHistory(watching: hyperparameters.earlyStopping ? .score : .loss))
    }

    /// Throws if the layers of the network to continue from differ.
    func checkShape(of network: Network<Scalar>) throws {
        try Check.require(
            network.shape.layerUnits == layerUnits, parameter: "hiddenLayerSizes", hyperparameters.hiddenLayerSizes,
            allowed: "unchanged when training continues from weights of the layers \(network.shape.layerUnits)")
    }

    /// Returns the optimizer before its first step.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for `.lbfgs`, which has no stochastic optimizer.
    func freshOptimizer(for shape: NetworkShape) throws -> Optimizer<Scalar> {
        let (parameters, count) = (hyperparameters, shape.parameterCount)
        switch parameters.solver {
        case .sgd:
            return .sgd(
                SGD(
                    count: count,
                    schedule: LearningRateSchedule(
                        parameters.learningRate, initial: parameters.learningRateInit, powerT: parameters.powerT),
                    momentum: parameters.momentum, nesterovsMomentum: parameters.nesterovsMomentum))
        case .adam, .adamW:
            return .adam(
                Adam(
                    count: count, learningRateInit: parameters.learningRateInit, beta1: parameters.beta1,
                    beta2: parameters.beta2, epsilon: parameters.epsilon,
                    weightDecay: parameters.solver == .adamW ? parameters.weightDecay : nil))
        case .lbfgs:
            throw EstimatorError.invalidParameter(name: "solver", value: "lbfgs", allowed: "sgd, adam or adamW")
        }
    }
}
