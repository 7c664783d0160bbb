import Estimators
import LinearAlgebra
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
        model.inputs = inputs(DataDescription(data, validation: validation, isToBeResumed: !isIncremental))
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

    /// Trains by mini-batches, on from `point`.
    func runStochastic(_ model: inout TrainedModel<Scalar>, from point: StochasticPoint<Scalar>) throws {
        let trainer = StochasticTrainer(
            configuration: configuration, loss: loss, data: data, validation: try validation(split: point.split),
            observer: observer)
        let optimizer = model.optimizer ?? freshOptimizer(for: model.network.shape)
        model.optimizer = nil
        let batchSize = hyperparameters.batchSize.samples(of: point.order.samples.count)
        try WorkerPool.with(model.network.shape.usefulThreads(stepOf: batchSize)) { team in
            switch optimizer {
            case .sgd(let sgd): try trainer.train(&model, with: sgd, from: point, team: team)
            case .adam(let adam): try trainer.train(&model, with: adam, from: point, team: team)
            }
        }
    }

    /// Trains by `.lbfgs`, on from `point`, or from the weights of the model where there is none.
    func runFullBatch(_ model: inout TrainedModel<Scalar>, from point: LBFGS.Point?) throws {
        let trainer = FullBatchTrainer(
            minimizer: LBFGS(
                maxIter: hyperparameters.maxIter, maxFun: hyperparameters.maxFun,
                gradientTolerance: hyperparameters.tol),
            configuration: configuration, loss: loss, data: data, validation: try validation(split: nil),
            observer: observer)
        try WorkerPool.with(model.network.shape.usefulThreads(stepOf: data.count)) { team in
            try trainer.train(&model, from: point, team: team)
        }
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

    /// What is kept of the call with the model.
    func inputs(_ data: DataDescription) -> TrainingInputs {
        TrainingInputs(
            hyperparameters: hyperparameters, loss: loss, monitor: monitor, classWeight: classWeight, data: data,
            versions: TrainingReport.Versions(
                package: PackageVersion.current, scikitLearn: PackageVersion.scikitLearn))
    }

    // MARK: Validation

    /// The caller's validation set, or the samples that were split off.
    private func validation(split: ValidationSplit?) throws -> Validation<Scalar>? {
        guard let data = validation ?? split.map({ data.selecting($0.test) }) else { return nil }
        if let weights = data.weights, !weights.contains(where: { $0 > 0 }) {
            throw EstimatorError.invalidInput(
                argument: "sampleWeight",
                problem: "must have a positive sum on the samples that earlyStopping keeps for validation, but is 0 "
                    + "for all \(weights.count) of them: leave out samples of weight 0, or choose a larger "
                    + "validationFraction")
        }
        return Validation(data: data, loss: loss, score: try score(validation == nil ? split?.test : nil))
    }

    /// The split of early stopping, which needs none where the caller has a validation set.
    private func splitForValidation(using generator: inout RandomState) throws -> ValidationSplit? {
        guard hyperparameters.earlyStopping, validation == nil else { return nil }
        return try ValidationSplit(
            nSamples: data.count, fraction: hyperparameters.validationFraction,
            stratify: stratifiesValidation ? data.targets.elements.map { $0 == 1 } : nil, using: &generator)
    }
}
