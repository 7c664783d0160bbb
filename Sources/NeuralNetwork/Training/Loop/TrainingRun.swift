import Estimators
public import LinearAlgebra
import NumPyRandom

/// A training run: what a call of `fit`, `resume` or `partialFit` is lowered into, once. Not for clients.
public struct _TrainingRun<Scalar: NetworkScalar> {
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
    /// What decides whether training still improves.
    let watched: PlateauDetector.Watched
    /// The weights of the classes, which those of the samples contain, in words.
    let classWeight: String?
    /// Whether to go through the data only once.
    let isIncremental: Bool
    /// Called after every epoch, or iteration of `.lbfgs`; decides whether training continues.
    let onEpoch: OnEpoch?
    /// Called after every epoch; may take the model as training would return it now, for which arrays are copied.
    var checkpoint: ((_ model: () -> TrainedModel<Scalar>) throws -> Void)?
}

/// Called after every epoch; decides whether training continues.
public typealias OnEpoch = (_ epoch: TrainingEpoch) throws -> TrainingDecision

typealias TrainingRun<Scalar: NetworkScalar> = _TrainingRun<Scalar>

extension _TrainingRun {
    /// Trains from the beginning, or from the weights of `previous`.
    ///
    /// The seed decides every draw, in scikit-learn's order: weights, validation split, then one shuffle per epoch.
    ///
    /// - Throws: `EstimatorError` for what cannot be trained, or when training diverges.
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    func train(from previous: TrainedModel<Scalar>?) throws -> TrainedModel<Scalar> {
        var generator = RandomState(seed: hyperparameters.randomState)
        let shape = try affordableShape()
        var model = try previous ?? freshModel(of: shape, using: &generator)
        try checkShape(of: model.network)
        // Training continues from the weights, by the parameters as they are now.
        model.network.activation = hyperparameters.activation
        model.history.begin()
        model.inputs = inputs(DataSummary(data, validation: validation, isToBeResumed: !isIncremental))
        model.resumePoint = nil
        switch hyperparameters.solver {
        case .adam, .sgd:
            let split = try splitForValidation(using: &generator)
            model.history.watch(watched)
            // As in scikit-learn, a warm start that never beats the best score of the calls before keeps its last weights.
            model.bestParameters = nil
            if !isIncremental { model.optimizer = nil }
            // The validation samples stay in the table, where no batch takes them: leaving them out would copy the others.
            let order = split.map { SampleOrder($0.train) } ?? SampleOrder(count: data.count)
            warnIfClipped(samples: order.samples.count)
            try trainStochastically(&model, from: StochasticPoint(generator: generator, order: order, split: split))
        case .lbfgs:
            try trainFullBatch(&model, from: nil)
        }
        warn(of: model.history.stopReason)
        FitWarnings.fitEnded()
        return model
    }

    /// Trains by mini-batches, starting at `point`.
    func trainStochastically(_ model: inout TrainedModel<Scalar>, from point: StochasticPoint<Scalar>) throws {
        let trainer = StochasticTrainer(run: self, validation: try validation(split: point.split))
        let optimizer = try model.optimizer ?? freshOptimizer(for: model.network.shape)
        model.optimizer = nil
        let batchSize = hyperparameters.batchSize.samples(of: point.order.samples.count)
        try WorkerPool.with(model.network.shape.usefulThreads(stepOf: batchSize)) { pool in
            func engine(_ moments: [[Scalar]]) -> HostEngine<Scalar> {
                HostEngine(
                    model.network, loss: loss, alpha: hyperparameters.alpha, data: data, batchSize: batchSize,
                    moments: moments, pool: pool)
            }
            switch optimizer {
            case .sgd(let sgd): try trainer.train(&model, with: sgd, from: point, on: engine(sgd.moments))
            case .adam(let adam): try trainer.train(&model, with: adam, from: point, on: engine(adam.moments))
            }
        }
    }

    /// Trains by `.lbfgs`, starting at `point`, or at the weights of the model where it is nil.
    func trainFullBatch(_ model: inout TrainedModel<Scalar>, from point: LBFGS.Point?) throws {
        let trainer = FullBatchTrainer(
            run: self,
            minimizer: LBFGS(
                maxIter: hyperparameters.maxIter, maxFun: hyperparameters.maxFun,
                gradientTolerance: hyperparameters.tol),
            validation: try validation(split: nil))
        try WorkerPool.with(model.network.shape.usefulThreads(stepOf: data.count)) { pool in
            let engine = HostEngine(
                model.network.inDoublePrecision, loss: loss, alpha: hyperparameters.alpha, data: data.inDoublePrecision,
                batchSize: nil, moments: [], pool: pool,
                // What the features' precision can tell apart.
                probabilityMargin: Double(Scalar.ulpOfOne))
            try trainer.train(&model, from: point, on: engine)
        }
    }

    /// What is kept of the call with the model.
    func inputs(_ data: DataSummary) -> TrainingInputs {
        TrainingInputs(
            hyperparameters: hyperparameters, loss: loss, monitor: monitor, classWeight: classWeight, data: data,
            versions: TrainingReport.Versions(
                package: PackageVersion.current, scikitLearn: PackageVersion.scikitLearn))
    }

    // MARK: Validation

    /// The caller's validation set, or the samples that were split off.
    private func validation(split: ValidationSplit?) throws -> Validation<Scalar>? {
        guard let data = validation ?? split.map({ data.selecting($0.test) }) else { return nil }
        if let weights = data.weights {
            try Check.require(
                weights.contains { $0 > 0 }, "sampleWeight",
                "must have a positive sum on the samples that earlyStopping keeps for validation, but is 0 for all "
                    + "\(weights.count) of them: leave out samples of weight 0, or choose a larger validationFraction")
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
