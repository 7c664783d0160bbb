import Estimators
public import LinearAlgebra
import NumPyRandom
import Optimization

/// A training run: the checked form of one call of `fit`, `resume` or `partialFit`. Not for clients.
public struct _TrainingRun<Scalar: NetworkScalar> {
    /// The parameters, already checked.
    let hyperparameters: MLPHyperparameters
    let loss: Loss
    let data: TrainingData<Scalar>
    /// The validation set that the caller passed; nil for none.
    let validation: TrainingData<Scalar>?
    /// Returns the scoring function for the samples with the given indices; for nil, for the caller's validation set.
    let score: (_ samples: [Int]?) throws -> Validation<Scalar>.Score
    /// Whether the validation split keeps the class proportions. Requires a single target column of 0 and 1.
    let stratifiesValidation: Bool
    /// The name of the quantity that early stopping watches.
    let monitor: String
    /// The quantity whose improvement training requires.
    let watched: PlateauDetector.Watched
    /// A description of the class weights, which `data.weights` already include.
    let classWeight: String?
    /// Whether to make only one pass over the data.
    let isIncremental: Bool
    /// Called after each epoch, or iteration of `.lbfgs`; decides whether training continues.
    let onEpoch: OnEpoch?
    /// Called after each epoch. Its argument returns the model that training would return now; calling it copies
    /// arrays.
    var checkpoint: ((_ model: () throws -> TrainedModel<Scalar>) throws -> Void)?
    /// Where the network is trained.
    var device = Device.cpu
    /// The place in a group of processes that train the network together; nil for a single process.
    var membership: Membership?
}

/// A function that is called after each epoch and decides whether training continues.
public typealias OnEpoch = (_ epoch: TrainingEpoch) throws -> TrainingDecision

typealias TrainingRun<Scalar: NetworkScalar> = _TrainingRun<Scalar>

extension _TrainingRun {
    /// Trains from new weights, or from the weights of `previous`.
    ///
    /// The seed determines all random draws, in scikit-learn's order: weights, validation split, then one shuffle per
    /// epoch.
    ///
    /// - Throws: `EstimatorError` if the run cannot be trained or diverges.
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    func train(from previous: TrainedModel<Scalar>?) throws -> TrainedModel<Scalar> {
        var generator = RandomState(seed: try seed())
        let shape = try together { try affordableShape() }
        var model = try previous ?? freshModel(of: shape, using: &generator)
        try checkShape(of: model.network)
        // Training continues from the weights, but with the current parameters.
        model.network.activation = hyperparameters.activation
        model.history.begin()
        model.inputs = inputs(try dataSummary())
        model.resumePoint = nil
        switch hyperparameters.solver {
        case .adam, .adamW, .sgd:
            let split = try splitForValidation(using: &generator)
            model.history.watch(watched)
            // As in scikit-learn, a warm start that does not beat the best score of earlier calls keeps its last
            // weights.
            model.bestParameters = nil
            if !isIncremental { model.optimizer = nil }
            // Batches skip the validation samples. Removing them from the table would copy all other samples.
            let order = split.map { SampleOrder($0.train) } ?? SampleOrder(count: sampleCount)
            warnIfClipped(samples: order.samples.count)
            try trainStochastically(&model, from: StochasticPoint(generator: generator, order: order, split: split))
        case .lbfgs:
            warnIfNotStoppedEarly()
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
        let ownSize = ownSamples(of: batchSize)
        let threads = device.engines == nil ? data.usefulThreads(in: model.network.shape, stepOf: ownSize) : 1
        try WorkerPool.with(threads) { pool in
            func run(with optimizer: some StochasticOptimizer<Scalar>) throws {
                let task = EngineTask(
                    network: model.network, loss: loss, alpha: hyperparameters.penalty, data: data,
                    batchSize: batchSize, options: hyperparameters.stepOptions, moments: optimizer.moments,
                    probabilityMargin: Double(Scalar.ulpOfOne), validationSamples: trainer.validation?.data.count,
                    sideBySide: SideBySide.current)
                // The trainer is specialized for the host's engine, so that a small step does not pay for the choice.
                if let membership {
                    try trainer.train(
                        &model, with: optimizer, from: point, on: GroupEngine(task, membership, pool: pool))
                } else if let engines = device.engines {
                    try trainer.train(&model, with: optimizer, from: point, on: engines.engine(for: task))
                } else {
                    try trainer.train(&model, with: optimizer, from: point, on: HostEngine(task, pool: pool))
                }
            }
            func train(with optimizer: some StochasticOptimizer<Scalar>) throws {
                guard hyperparameters.schedule != .constant else { return try run(with: optimizer) }
                let batches = (point.order.samples.count + batchSize - 1) / batchSize
                try run(
                    with: ScheduledOptimizer(
                        base: optimizer, schedule: hyperparameters.schedule,
                        steps: hyperparameters.maxIter * batches, step: model.history.nIter * batches))
            }
            switch optimizer {
            case .sgd(let sgd): try train(with: sgd)
            case .adam(let adam): try train(with: adam)
            }
        }
        model.device = device.reportedName
        try checkScores(of: model, by: trainer.validation)
    }

    /// Trains by `.lbfgs`, starting at `point`, or at the model's weights if it is nil.
    func trainFullBatch(_ model: inout TrainedModel<Scalar>, from point: LBFGS.Point?) throws {
        let trainer = FullBatchTrainer(
            run: self,
            minimizer: LBFGS(
                maxIter: hyperparameters.maxIter, maxFun: hyperparameters.maxFun,
                gradientTolerance: hyperparameters.tol),
            validation: try validation(split: nil))
        let threads = device.engines == nil ? model.network.shape.usefulThreads(stepOf: data.count) : 1
        try WorkerPool.with(threads) { pool in
            let task = EngineTask(
                network: model.network.inDoublePrecision, loss: loss, alpha: hyperparameters.alpha,
                data: data.inDoublePrecision, batchSize: nil, options: hyperparameters.stepOptions, moments: [],
                // The smallest margin that the features' precision can represent.
                probabilityMargin: Double(Scalar.ulpOfOne),
                validationSamples: Scalar.self == Double.self ? trainer.validation?.data.count : nil,
                sideBySide: SideBySide.current)
            if let membership {
                try trainer.train(&model, from: point, on: GroupEngine(task, membership, pool: pool))
            } else if let engines = device.engines {
                try trainer.train(&model, from: point, on: engines.engine(for: task))
            } else {
                try trainer.train(&model, from: point, on: HostEngine(task, pool: pool))
            }
        }
        model.device = device.reportedName
        try checkScores(of: model, by: trainer.validation)
    }

    /// Returns the description of the call that is stored with the model.
    func inputs(_ data: DataSummary) -> TrainingInputs {
        TrainingInputs(
            hyperparameters: hyperparameters, loss: loss, monitor: monitor, classWeight: classWeight, data: data,
            versions: TrainingReport.Versions(
                package: PackageVersion.current, scikitLearn: PackageVersion.scikitLearn))
    }

    // MARK: Validation

    /// Returns the caller's validation set, or the samples that were split off.
    private func validation(split: ValidationSplit?) throws -> Validation<Scalar>? {
        guard let (data, gathering) = try validationSamples(split?.test) else { return nil }
        if let weights = data.weights {
            try Check.require(
                weights.contains { $0 > 0 }, "sampleWeight",
                "must have a positive sum on the samples that earlyStopping keeps for validation, but is 0 for all "
                    + "\(weights.count) of them: leave out samples of weight 0, or choose a larger validationFraction")
        }
        return Validation(
            data: data, loss: loss, score: try score(validation == nil ? split?.test : nil), gathering: gathering)
    }

    /// Returns the split of early stopping; nil if none is needed, as with a validation set of the caller.
    private func splitForValidation(using generator: inout RandomState) throws -> ValidationSplit? {
        guard hyperparameters.earlyStopping, validation == nil else { return nil }
        return try ValidationSplit(
            nSamples: sampleCount, fraction: hyperparameters.validationFraction,
            stratify: stratifiesValidation ? try classFlags() : nil, using: &generator)
    }
}
