import Estimators
import NumPyRandom

// Where a run starts: with weights that are drawn, or with those of an earlier call.

extension _TrainingRun {
    private var layerUnits: [Int] {
        [data.features.columns] + hyperparameters.hiddenLayerSizes + [data.targets.columns]
    }

    /// The network's shape.
    ///
    /// - Throws: `EstimatorError.invalidParameter` where it is too large to be trained.
    func affordableShape() throws -> NetworkShape {
        guard let shape = NetworkShape(layerUnits: layerUnits) else {
            throw EstimatorError.invalidParameter(
                name: "hiddenLayerSizes", value: "\(hyperparameters.hiddenLayerSizes)",
                allowed: "sizes that make fewer than 2³¹ coefficients with \(data.features.columns) features and "
                    + "\(data.targets.columns) outputs")
        }
        let solver = hyperparameters.solver
        let batchSize = solver == .lbfgs ? data.count : hyperparameters.batchSize.samples(of: data.count)
        let demand = MemoryDemand(
            shape, batchSize: batchSize, isSparse: data.features.isSparse, solver: solver, scalar: Scalar.self)
        try demand.check(hyperparameters)
        return shape
    }

    /// A model of no epoch, whose weights are drawn.
    func freshModel(of shape: NetworkShape, using generator: inout RandomState) throws -> TrainedModel<Scalar> {
        let network = try Network<Scalar>(
            shape: shape, activation: hyperparameters.activation, outActivation: loss.outActivation, using: &generator)
        return TrainedModel(
            network: network, history: TrainingHistory(watching: hyperparameters.earlyStopping ? .score : .loss))
    }

    /// Rejects a network of other layers to continue from.
    func checkShape(of network: Network<Scalar>) throws {
        try Check.require(
            network.shape.layerUnits == layerUnits, parameter: "hiddenLayerSizes", hyperparameters.hiddenLayerSizes,
            allowed: "unchanged where training goes on from weights of the layers \(network.shape.layerUnits)")
    }

    /// The optimizer before its first step.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for `.lbfgs`, which has none.
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
        case .adam:
            return .adam(
                Adam(
                    count: count, learningRateInit: parameters.learningRateInit, beta1: parameters.beta1,
                    beta2: parameters.beta2, epsilon: parameters.epsilon))
        case .lbfgs:
            throw EstimatorError.invalidParameter(name: "solver", value: "lbfgs", allowed: "sgd or adam")
        }
    }
}
