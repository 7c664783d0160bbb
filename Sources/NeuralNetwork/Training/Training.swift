import Estimators
import LinearAlgebra
import Logging
import ModelSelection
import NumPyRandom

/// A training run: what the estimators lower a call of `fit` or `partialFit` into.
struct Training<Scalar: NetworkScalar> {
    /// Checked parameters.
    let hyperparameters: MLPHyperparameters
    let loss: Loss
    let data: TrainingData<Scalar>
    /// How early stopping scores a network's outputs.
    let score: Validation<Scalar>.Score
    /// Whether the validation samples are drawn with the classes' shares; for a single column of 0 and 1.
    let stratifiesValidation: Bool
    /// Whether to go through the data once only.
    let isIncremental: Bool

    /// Trains from the beginning, or on from `previous`.
    ///
    /// A pure function of its inputs: the seed decides every draw, in scikit-learn's order (weights, validation split,
    /// then one shuffle per epoch).
    ///
    /// - Throws: `EstimatorError` for what cannot be trained, or when training diverges.
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    func run(from previous: TrainedModel<Scalar>?) throws -> TrainedModel<Scalar> {
        var generator = RandomState(seed: hyperparameters.randomState)
        let shape = try affordableShape()
        var model = try previous ?? freshModel(of: shape, using: &generator)
        try checkShape(of: model.network)
        // Training goes on from the weights, by the parameters as they are now.
        model.network.activation = hyperparameters.activation
        switch hyperparameters.solver {
        case .adam, .sgd: try runStochastic(&model, using: &generator)
        case .lbfgs: try runFullBatch(&model)
        }
        warn(of: model.history.stopReason)
        return model
    }

    private func runStochastic(_ model: inout TrainedModel<Scalar>, using generator: inout RandomState) throws {
        let (data, validation) = try splitForValidation(using: &generator)
        let trainer = StochasticTrainer(
            configuration: configuration, loss: loss, data: data, validation: validation)
        warnIfClipped(samples: data.count)

        let shape = model.network.shape
        let optimizer = (isIncremental ? model.optimizer : nil) ?? freshOptimizer(for: shape)
        let batchSize = hyperparameters.batchSize.samples(of: data.count)
        try BLASThreads.withAtMost(shape.usefulThreads(rows: batchSize)) {
            switch optimizer {
            case .sgd(var sgd):
                try trainer.train(&model, with: &sgd, using: &generator)
                model.optimizer = .sgd(sgd)
            case .adam(var adam):
                try trainer.train(&model, with: &adam, using: &generator)
                model.optimizer = .adam(adam)
            }
        }
    }

    private func runFullBatch(_ model: inout TrainedModel<Scalar>) throws {
        let trainer = FullBatchTrainer(
            minimizer: LBFGS(
                maxIter: hyperparameters.maxIter, maxFun: hyperparameters.maxFun,
                gradientTolerance: hyperparameters.tol),
            alpha: hyperparameters.alpha, loss: loss, data: data.inDoublePrecision,
            probabilityMargin: Double(Scalar.ulpOfOne))
        var network = model.network.inDoublePrecision
        let result = try BLASThreads.withAtMost(model.network.shape.usefulThreads(rows: data.count)) {
            try trainer.train(&network)
        }
        model.network.parameters = Scalar.rounding(network.parameters)
        guard model.network.isFinite else { throw EstimatorError.diverged(iteration: nil) }
        model.history.record(finalLoss: result.loss, iterations: result.iterations, stopReason: result.reason)
    }

    private var configuration: TrainingConfiguration {
        TrainingConfiguration(
            alpha: hyperparameters.alpha, maxIter: hyperparameters.maxIter, tol: hyperparameters.tol,
            nIterNoChange: hyperparameters.nIterNoChange, shuffle: hyperparameters.shuffle,
            batchSize: hyperparameters.batchSize, log: VerboseLog(isOn: hyperparameters.verbose),
            isIncremental: isIncremental)
    }

    // MARK: Where training begins

    private var layerUnits: [Int] {
        [data.features.columns] + hyperparameters.hiddenLayerSizes + [data.targets.columns]
    }

    /// The network's shape, refused where it is too large to be trained.
    private func affordableShape() throws -> NetworkShape {
        guard let shape = NetworkShape(layerUnits: layerUnits) else {
            throw EstimatorError.invalidParameter(
                name: "hiddenLayerSizes", value: "\(hyperparameters.hiddenLayerSizes)",
                allowed: "sizes that make fewer than 2³¹ coefficients with \(data.features.columns) features and "
                    + "\(data.targets.columns) outputs")
        }
        let solver = hyperparameters.solver
        let batchSize = solver == .lbfgs ? data.count : hyperparameters.batchSize.samples(of: data.count)
        try MemoryDemand(shape, batchSize: batchSize, solver: solver, scalar: Scalar.self).check(hyperparameters)
        return shape
    }

    private func freshModel(
        of shape: NetworkShape, using generator: inout RandomState
    ) throws -> TrainedModel<Scalar> {
        let network = try Network<Scalar>(
            shape: shape, activation: hyperparameters.activation, outActivation: loss.outActivation, using: &generator)
        return TrainedModel(
            network: network, history: TrainingHistory(watching: hyperparameters.earlyStopping ? .score : .loss))
    }

    private func checkShape(of network: Network<Scalar>) throws {
        guard network.shape.layerUnits == layerUnits else {
            throw EstimatorError.invalidParameter(
                name: "hiddenLayerSizes", value: "\(hyperparameters.hiddenLayerSizes)",
                allowed: "unchanged where training goes on from weights of the layers \(network.shape.layerUnits)")
        }
    }

    private func freshOptimizer(for shape: NetworkShape) -> Optimizer<Scalar> {
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

    // MARK: Early stopping

    private func splitForValidation(
        using generator: inout RandomState
    ) throws -> (data: TrainingData<Scalar>, validation: Validation<Scalar>?) {
        guard hyperparameters.earlyStopping else { return (data, nil) }
        let split = try validationSplit(
            nSamples: data.count, fraction: hyperparameters.validationFraction,
            stratify: stratifiesValidation ? data.targets.elements.map { $0 == 1 } : nil, using: &generator)
        return (data.selecting(split.train), Validation(data: data.selecting(split.test), score: score))
    }

    // MARK: Warnings

    private static var logger: Logger { Logger(label: "swift-mlp") }

    private func warnIfClipped(samples: Int) {
        if case .count(let size) = hyperparameters.batchSize, size > samples {
            Self.logger.warning("batchSize \(size) exceeds the \(samples) training samples and is clipped to them.")
        }
    }

    private func warn(of reason: StopReason?) {
        switch reason {
        case .reachedMaxIter:
            Self.logger.warning(
                "Training reached maxIter = \(hyperparameters.maxIter) before it converged. Raise maxIter to train longer."
            )
        case .reachedMaxFun:
            Self.logger.warning(
                "Training reached maxFun = \(hyperparameters.maxFun) before it converged. Raise maxFun to train longer."
            )
        case .lineSearchFailed:
            Self.logger.warning("Training ended where no step decreases the loss. Scaling the features may help.")
        default:
            break
        }
    }
}
