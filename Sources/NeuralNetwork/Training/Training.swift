import Estimators
import LinearAlgebra
import ModelSelection
import NumPyRandom

/// A training run: what the estimators lower a call of `fit` or `partialFit` into.
struct Training<Scalar: NetworkScalar> {
    /// Checked parameters.
    let hyperparameters: MLPHyperparameters
    let loss: Loss
    let data: TrainingData<Scalar>
    /// A validation set of the caller's; nil for none.
    let validation: TrainingData<Scalar>?
    /// Makes the score of networks on the samples with the given numbers; for nil, on the validation set of the caller's.
    let score: (_ samples: [Int]?) throws -> Validation<Scalar>.Score
    /// Whether the validation samples are drawn with the classes' shares; for a single column of 0 and 1.
    let stratifiesValidation: Bool
    /// What early stopping watches, by its name.
    let monitor: String
    /// Whether that is the loss on the validation samples, not a score.
    let monitorsLoss: Bool
    /// The weights of the classes, which those of the samples have in them, in words.
    let classWeight: String?
    /// Whether to go through the data once only.
    let isIncremental: Bool
    /// Who is told of every epoch.
    var observer = TrainingObserver<Scalar>()

    /// Trains from the beginning, or on from the weights of `previous`.
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
        model.history.begin()
        model.inputs = inputs(
            DataDescription(data, validation: validation, isToBeResumed: !isIncremental))
        model.resumePoint = nil
        switch hyperparameters.solver {
        case .adam, .sgd:
            let split = try splitForValidation(using: &generator)
            model.history.watch(watched)
            // As in scikit-learn, a warm start that never beats the best score of the calls before it keeps its last
            // weights.
            model.bestParameters = nil
            if !isIncremental { model.optimizer = nil }
            // The validation samples stay in the table, where no batch takes them: to leave them out would copy the others.
            let order = split.map { SampleOrder($0.train) } ?? SampleOrder(count: data.count)
            warnIfClipped(samples: order.samples.count)
            try runStochastic(&model, from: StochasticPoint(generator: generator, order: order, split: split))
        case .lbfgs:
            try runFullBatch(&model, from: nil)
        }
        warn(of: model.history.stopReason)
        FitWarnings.fitEnded()
        return model
    }

    func runStochastic(_ model: inout TrainedModel<Scalar>, from point: StochasticPoint<Scalar>) throws {
        let trainer = StochasticTrainer(
            configuration: configuration, loss: loss, data: data, validation: try validation(split: point.split),
            observer: observer)
        let optimizer = model.optimizer ?? freshOptimizer(for: model.network.shape)
        model.optimizer = nil
        let batchSize = hyperparameters.batchSize.samples(of: point.order.samples.count)
        try Team.of(model.network.shape.usefulThreads(stepOf: batchSize)) { team in
            switch optimizer {
            case .sgd(let sgd): try trainer.train(&model, with: sgd, from: point, team: team)
            case .adam(let adam): try trainer.train(&model, with: adam, from: point, team: team)
            }
        }
    }

    func runFullBatch(_ model: inout TrainedModel<Scalar>, from point: LBFGS.Point?) throws {
        let trainer = FullBatchTrainer(
            minimizer: LBFGS(
                maxIter: hyperparameters.maxIter, maxFun: hyperparameters.maxFun,
                gradientTolerance: hyperparameters.tol),
            alpha: hyperparameters.alpha, loss: loss, data: data.inDoublePrecision,
            probabilityMargin: Double(Scalar.ulpOfOne))
        let network = model.network.inDoublePrecision
        let validation = try validation(split: nil)
        var stopwatch = Stopwatch(elapsed: model.history.elapsed)
        var bar = hyperparameters.verbose == .progressBar ? EpochBar(maxIter: hyperparameters.maxIter) : nil
        defer { bar?.finish() }
        var isStopped = false
        let (end, reason) = try Team.of(network.shape.usefulThreads(stepOf: data.count)) { team in
            try trainer.train(network, from: point, team: team) { point in
                model.history.endIteration(point.state.iterations, loss: point.state.value)
                var judgement: (loss: Double, score: Double)?
                if let validation {
                    model.network.parameters = Scalar.rounding(point.state.parameters)
                    judgement = try validation(model.network)
                }
                let seconds = stopwatch.lap()
                let epoch = TrainingEpoch(
                    index: point.state.iterations, loss: point.state.value, validationLoss: judgement?.loss,
                    validationScore: judgement?.score, learningRate: nil, seconds: seconds,
                    elapsed: stopwatch.elapsed)
                model.history.append(epoch)
                bar?.show(epoch)
                isStopped = try observer.onEpoch?(epoch) == .stop
                try observer.checkpoint?({ concluded(model, point) })
                return isStopped || Cancellation.isRequested
            }
        }
        model = concluded(model, end)
        guard model.network.isFinite else { throw EstimatorError.diverged(iteration: nil) }
        model.history.stopReason = reason == .cancelled && isStopped ? .stopped : reason
    }

    /// The model as training by `.lbfgs` returns it where it has come to `point`.
    private func concluded(_ model: TrainedModel<Scalar>, _ point: LBFGS.Point) -> TrainedModel<Scalar> {
        var model = model
        model.network.parameters = Scalar.rounding(point.state.parameters)
        model.history.endIteration(point.state.iterations, loss: point.state.value)
        model.resumePoint = .fullBatch(point)
        return model
    }

    private var configuration: TrainingConfiguration {
        TrainingConfiguration(
            alpha: hyperparameters.alpha, maxIter: hyperparameters.maxIter, tol: hyperparameters.tol,
            nIterNoChange: hyperparameters.nIterNoChange, shuffle: hyperparameters.shuffle,
            batchSize: hyperparameters.batchSize, verbose: hyperparameters.verbose,
            watched: watched, isIncremental: isIncremental)
    }

    /// What decides whether training still improves.
    private var watched: Progress.Watched {
        if !hyperparameters.earlyStopping { .loss } else { monitorsLoss ? .validationLoss : .score }
    }

    func inputs(_ data: DataDescription) -> TrainingInputs {
        TrainingInputs(
            hyperparameters: hyperparameters, loss: loss, monitor: monitor, classWeight: classWeight, data: data,
            versions: TrainingReport.Versions(
                package: PackageVersion.current, scikitLearn: PackageVersion.scikitLearn))
    }

    // MARK: Where training begins

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

    func checkShape(of network: Network<Scalar>) throws {
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

    // MARK: Validation

    /// The caller's validation set, or the samples that were split off.
    private func validation(split: ValidationSplit?) throws -> Validation<Scalar>? {
        guard let data = validation ?? split.map({ data.selecting($0.test) }) else { return nil }
        return Validation(data: data, loss: loss, score: try score(validation == nil ? split?.test : nil))
    }

    /// The split of early stopping, which needs none where the caller has a validation set.
    private func splitForValidation(using generator: inout RandomState) throws -> ValidationSplit? {
        guard hyperparameters.earlyStopping, validation == nil else { return nil }
        let split = try validationSplit(
            nSamples: data.count, fraction: hyperparameters.validationFraction,
            stratify: stratifiesValidation ? data.targets.elements.map { $0 == 1 } : nil, using: &generator)
        return ValidationSplit(train: split.train, test: split.test)
    }

    // MARK: Warnings

    private func warnIfClipped(samples: Int) {
        if case .count(let size) = hyperparameters.batchSize, size > samples {
            FitWarnings.report(
                FitWarning(
                    "batchSize \(size) exceeds the \(samples) training samples and is clipped to them.",
                    kind: "batchSize exceeds the training samples and is clipped to them."))
        }
    }

    func warn(of reason: StopReason?) {
        switch reason {
        case .reachedMaxIter:
            FitWarnings.report(
                FitWarning(
                    "Training reached maxIter = \(hyperparameters.maxIter) before it converged. "
                        + "Raise maxIter to train longer.",
                    kind: "training reached maxIter before it converged. Raise maxIter to train longer."))
        case .reachedMaxFun:
            FitWarnings.report(
                FitWarning(
                    "Training reached maxFun = \(hyperparameters.maxFun) before it converged. "
                        + "Raise maxFun to train longer.",
                    kind: "training reached maxFun before it converged. Raise maxFun to train longer."))
        case .lineSearchFailed:
            FitWarnings.report(
                FitWarning(
                    "Training ended where no step decreases the loss. Scaling the features may help.",
                    kind: "training ended where no step decreases the loss. Scaling the features may help."))
        default:
            break
        }
    }
}
