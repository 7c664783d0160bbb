public import Estimators
public import LinearAlgebra

extension MultilayerPerceptron {
    /// Learns from samples × features `x` and one target per sample.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample: for a classifier of at least two classes; for a regressor finite, and with the loss
    ///     `.poisson` not negative.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: `EstimatorError.invalidParameter` for a parameter outside of its range, `.invalidInput` for data that
    ///   cannot be used, `.diverged` when loss or weights are no longer finite. The estimator is unchanged then.
    /// - Complexity: O(iterations × samples × parameters).
    public mutating func fit(_ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]?) throws {
        try train(TrainingCall(.fit, x, y, sampleWeight: sampleWeight))
    }

    /// Learns from samples × features `x` and one target per sample. Evaluates every epoch on a validation set, saves training
    /// to a file and calls a function after every epoch, where they are given.
    ///
    /// ```swift
    /// try mlp.fit(x, y, validation: (xVal, yVal)) { epoch in
    ///     epoch.validationLoss ?? 1 < 0.05 ? .stop : .continue
    /// }
    /// ```
    ///
    /// ``FittedNetwork/validationLossCurve`` and ``FittedNetwork/validationScores`` have the losses and scores on the validation
    /// set. With `earlyStopping` the validation set takes the place of the samples that would be split off: training ends when
    /// what ``monitor`` names no longer improves on it, and the best weights are kept. Without, and for `.lbfgs`, the
    /// validation set does not influence training.
    ///
    /// - Parameters:
    ///   - x: samples × features, dense or sparse.
    ///   - y: one target per sample: for a classifier of at least two classes; for a regressor finite, and with the loss
    ///     `.poisson` not negative.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - validation: samples × features and one target per sample, each of which weighs the same; nil for none.
    ///   - checkpoint: the file, written every so many epochs and when training ends; nil for none.
    ///   - onEpoch: called after every epoch, or iteration of `.lbfgs`, on the thread that trains; decides whether training
    ///     continues. After `.stop`, ``FittedNetwork/stopReason`` is `.stopped`.
    /// - Throws: `EstimatorError` as ``fit(_:_:sampleWeight:)`` does, and for validation data that do not match the others or a
    ///   checkpoint less than every epoch; what `onEpoch` throws; `ModelFileError` where the file cannot be written. The
    ///   estimator is unchanged then, unless the file turns out to be unwritable when training has ended: then it is fitted.
    /// - Complexity: O(iterations × (samples + validation samples) × parameters); of sparse features, for the first layer,
    ///   O(iterations × stored elements × units).
    public mutating func fit<X: NetworkFeatures<Scalar>>(
        _ x: X, _ y: [Target], sampleWeight: [Double]? = nil, validation: (x: X, y: [Target])? = nil,
        checkpoint: CheckpointFile? = nil, onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try train(.fit, x, y, sampleWeight, validation, checkpoint, onEpoch)
    }

    /// Learns from a matrix, which may be a literal, evaluating epochs on a validation set.
    ///
    /// - Throws: what `fit` with all arguments throws.
    public mutating func fit(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]?, validation: (x: Matrix<Scalar>, y: [Target])?
    ) throws {
        try train(TrainingCall(.fit, x, y, sampleWeight: sampleWeight, validation: validation))
    }

    /// Resumes the last call of `fit` where it stopped: after `maxIter` was raised, a cancellation, or from a file.
    ///
    /// Training for n epochs and resuming for n more equals training for 2n, in every bit, for all solvers: the model keeps the
    /// state of the generator, the order of the samples, the optimizer's moments, the split of early stopping and its best
    /// weights. A run that has converged stays as it is.
    ///
    /// ```swift
    /// mlp.maxIter = 400
    /// try mlp.resume(x, y)
    /// ```
    ///
    /// - Parameters:
    ///   - x: the samples × features of that call.
    ///   - y: its targets.
    ///   - sampleWeight: its weights.
    ///   - validation: its validation set.
    ///   - checkpoint: the file, written every so many epochs and when training ends; nil for none.
    ///   - onEpoch: called after every epoch that is left; decides whether training continues.
    /// - Throws: what ``fit(_:_:sampleWeight:validation:checkpoint:onEpoch:)`` throws; `EstimatorError.notFitted` before `fit`,
    ///   `.invalidInput` after `partialFit` and for other data, `.invalidParameter` where a parameter other than `maxIter`,
    ///   `maxFun`, `tol`, `nIterNoChange`, `warmStart` or `verbose` has changed.
    /// - Complexity: that of the epochs that are left.
    public mutating func resume<X: NetworkFeatures<Scalar>>(
        _ x: X, _ y: [Target], sampleWeight: [Double]? = nil, validation: (x: X, y: [Target])? = nil,
        checkpoint: CheckpointFile? = nil, onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try train(.resume, x, y, sampleWeight, validation, checkpoint, onEpoch)
    }

    /// Goes once through the data, continuing from the weights and the optimizer's moments of the last call.
    ///
    /// - Parameters:
    ///   - x: samples × features, dense or sparse.
    ///   - y: one target per sample. A classifier learns its classes in the first call, which names them.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: what ``fit(_:_:sampleWeight:)`` throws, and `EstimatorError` for `.lbfgs` and with early stopping.
    /// - Complexity: O(samples × parameters).
    public mutating func partialFit<X: NetworkFeatures<Scalar>>(
        _ x: X, _ y: [Target], sampleWeight: [Double]? = nil
    ) throws {
        try train(TrainingCall(.partialFit, x, y, sampleWeight: sampleWeight))
    }
}

// MARK: - Literals

// A literal has no type that a generic argument could take. These take a matrix, and do what the methods of the same names do.

extension MultilayerPerceptron {
    /// Learns from a matrix, which may be a literal.
    ///
    /// - Throws: what `fit` of any features throws.
    public mutating func fit(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: Matrix<Scalar>, y: [Target])? = nil, checkpoint: CheckpointFile? = nil,
        onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try train(.fit, x, y, sampleWeight, validation, checkpoint, onEpoch)
    }

    /// Resumes with a matrix, which may be a literal.
    ///
    /// - Throws: what `resume` of any features throws.
    public mutating func resume(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: Matrix<Scalar>, y: [Target])? = nil, checkpoint: CheckpointFile? = nil,
        onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try train(.resume, x, y, sampleWeight, validation, checkpoint, onEpoch)
    }

    /// Goes once through a matrix, which may be a literal.
    ///
    /// - Throws: what `partialFit` of any features throws.
    public mutating func partialFit(_ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil) throws {
        try train(TrainingCall(.partialFit, x, y, sampleWeight: sampleWeight))
    }
}

// MARK: - Training

extension MultilayerPerceptron {
    private mutating func train<X: NetworkFeatures<Scalar>>(
        _ method: TrainingCall<Self>.Method, _ x: X, _ y: [Target], _ sampleWeight: [Double]?,
        _ validation: (x: X, y: [Target])?, _ checkpoint: CheckpointFile?, _ onEpoch: OnEpoch
    ) throws {
        try withoutActuallyEscaping(onEpoch) {
            try train(
                TrainingCall(
                    method, x, y, sampleWeight: sampleWeight, validation: validation, checkpoint: checkpoint,
                    onEpoch: $0))
        }
    }

    /// Checks a call, lowers it into a run, trains, and keeps what was learned.
    mutating func train(_ call: TrainingCall<Self>) throws {
        try train(call) { try $0._trainingRun(for: call) }
    }

    /// Trains by the run that `lower` makes of the call.
    mutating func train(_ call: TrainingCall<Self>, _ lower: (inout Self) throws -> TrainingRun<Scalar>) throws {
        try hyperparameters.check()
        try call.check()
        if call.method == .partialFit { try checkIncremental() }
        let previous = try modelToContinue(for: call)
        var learner = self
        var run = try lower(&learner)
        if let previous { try check(run, continuing: previous.network) }
        run.checkpoint = try learner.checkpoints(in: call.checkpoint)
        if call.method == .resume, let previous {
            learner._fitted.model = try run.resume(previous)
        } else {
            learner._fitted.model = try run.train(from: previous)
        }
        self = learner
        if let file = call.checkpoint { try save(to: file.url) }
    }

    /// The model that training continues from: the last one for a warm start, `partialFit` and `resume`, else none.
    private func modelToContinue(for call: TrainingCall<Self>) throws -> TrainedModel<Scalar>? {
        guard call.method != .fit || hyperparameters.warmStart, let model = _fitted.model else {
            if call.method == .resume { throw EstimatorError.notFitted(estimator: Self.name) }
            return nil
        }
        try Check.featureCount(call.x.columns, expected: model.network.shape.inputs)
        return model
    }

    /// Rejects what cannot be trained one pass at a time.
    private func checkIncremental() throws {
        try Check.require(
            hyperparameters.solver != .lbfgs, parameter: "solver", "lbfgs", allowed: "sgd or adam for partialFit")
        try Check.require(
            !hyperparameters.earlyStopping, parameter: "earlyStopping", true,
            allowed: "false for partialFit, which sees a part of the data only")
    }

    /// Rejects a run with other outputs than the network that it continues from: their number, or their function.
    private func check(_ run: TrainingRun<Scalar>, continuing network: Network<Scalar>) throws {
        let outputs = run.data.targets.columns
        try Check.require(
            outputs == network.shape.outputs, "y",
            "must have \(network.shape.outputs) outputs per sample, as in the last call, but has \(outputs)")
        try Check.require(
            run.loss.outActivation == network.outActivation, parameter: "loss", run.loss,
            allowed: "unchanged where training goes on from the last call's weights")
    }

    /// Makes the score of networks on samples of a call, or on its validation set: `own`, unless a scorer is to judge.
    func monitoredScore(
        _ call: TrainingCall<Self>, own: @escaping Validation<Scalar>.Score
    ) -> (_ samples: [Int]?) throws -> Validation<Scalar>.Score {
        guard case .scorer(let scorer) = monitor else { return { _ in own } }
        var judged = self
        judged._fitted.model = nil
        return { [judged] samples in
            let chosen = samples.map { (call.x.selectingRows($0), call.y.selectingSamples($0)) }
            guard let (x, y) = chosen ?? call.validation else { return own }
            guard case .dense(let x) = x else {
                throw EstimatorError.invalidParameter(
                    name: "monitor", value: "the scorer \(scorer.name)", allowed: "score or loss for sparse features")
            }
            return { network, _, _ in
                var model = judged
                model._fitted.model = TrainedModel(network: network, history: TrainingHistory(watching: .score))
                return try scorer(model, x, y)
            }
        }
    }

    /// What early stopping watches.
    var watched: PlateauDetector.Watched {
        if !hyperparameters.earlyStopping { .loss } else { monitor == .loss ? .validationLoss : .score }
    }
}
