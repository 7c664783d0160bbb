import Estimators
import NumPyRandom

// Where a run begins: with weights that are drawn, or with those that it goes on from.

extension Training {
    private var layerUnits: [Int] {
        [data.features.columns] + hyperparameters.hiddenLayerSizes + [data.targets.columns]
    }

    /// The network's shape, refused where it is too large to be trained.
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

    /// Refuses to go on from a network of other layers.
    func checkShape(of network: Network<Scalar>) throws {
        guard network.shape.layerUnits == layerUnits else {
            throw EstimatorError.invalidParameter(
                name: "hiddenLayerSizes", value: "\(hyperparameters.hiddenLayerSizes)",
                allowed: "unchanged where training goes on from weights of the layers \(network.shape.layerUnits)")
        }
    }

    /// The solver before its first step.
    func freshOptimizer(for shape: NetworkShape) -> Optimizer<Scalar> {
        if hyperparameters.solver == .sgd {
            return .sgd(
                SGD(
                    count: shape.parameterCount,
                    schedule: LearningRateSchedule(
                        hyperparameters.learningRate, initial: hyperparameters.learningRateInit,
                        powerT: hyperparameters.powerT),
                    momentum: hyperparameters.momentum, nesterovsMomentum: hyperparameters.nesterovsMomentum))
        }
        return .adam(
            Adam(
                count: shape.parameterCount, learningRateInit: hyperparameters.learningRateInit,
                beta1: hyperparameters.beta1, beta2: hyperparameters.beta2, epsilon: hyperparameters.epsilon))
    }
}
