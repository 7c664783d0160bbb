public import Estimators
public import LinearAlgebra

extension MultilayerPerceptron {
    /// Trains the network.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample. A classifier needs at least two classes. A regressor needs finite targets,
    ///     non-negative ones for the loss `.poisson`, and positive ones for `.gamma`.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: `EstimatorError.invalidParameter` for a parameter outside its range, `.invalidInput` for invalid data,
    ///   and `.diverged` if the loss or a weight is no longer finite. In all these cases, the estimator does not
    ///   change.
    /// - Complexity: O(iterations × samples × parameters).
    public mutating func fit(_ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]?) throws {
        try train(TrainingCall(x, y, sampleWeight: sampleWeight, _NetworkOptions(.fit)))
    }

    /// Trains the network, optionally with a validation set, a checkpoint file and a function to call after each epoch.
    ///
    /// ```swift
    /// try mlp.fit(x, y, validation: (xVal, yVal)) { epoch in
    ///     epoch.validationLoss ?? 1 < 0.05 ? .stop : .continue
    /// }
    /// ```
    ///
    /// ``FittedNetwork/validationLossCurve`` and ``FittedNetwork/validationScores`` hold the losses and scores on the
    /// validation set. With `earlyStopping` and a validation set, training stops when ``monitor`` no longer improves on
    /// this set, and the best weights are kept; no training samples are split off. Without `earlyStopping`, and for
    /// `.lbfgs`, the validation set does not influence training.
    ///
    /// - Parameters:
    ///   - x: samples × features, dense or sparse.
    ///   - y: one target per sample. A classifier needs at least two classes. A regressor needs finite targets,
    ///     non-negative ones for the loss `.poisson`, and positive ones for `.gamma`.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - validation: samples × features and one target per sample, all with the same weight; nil for none.
    ///   - checkpoint: the file to save training to, every ``CheckpointFile/every`` epochs and when training ends; nil
    ///     for none.
    ///   - onEpoch: called after each epoch, or iteration of `.lbfgs`, on the training thread. It decides whether
    ///     training continues. After `.stop`, ``FittedNetwork/stopReason`` is `.stopped`.
    /// - Throws: what ``fit(_:_:sampleWeight:)`` throws. Also throws `EstimatorError` for validation data that do not
    ///   match the training data and for a checkpoint interval below 1, `ModelFileError` if the file cannot be written,
    ///   and any error of `onEpoch`. The estimator does not change, with one exception: if only the last write of the
    ///   file fails, the estimator is fitted.
    /// - Complexity: O(iterations × (samples + validation samples) × parameters). For sparse features, the first layer
    ///   is O(iterations × stored elements × units).
    public mutating func fit<X: NetworkFeatures<Scalar>>(
        _ x: X, _ y: [Target], sampleWeight: [Double]? = nil, validation: (x: X, y: [Target])? = nil,
        checkpoint: CheckpointFile? = nil, onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try train(.fit, x, y, sampleWeight, validation, checkpoint, onEpoch)
    }

    /// Trains the network on a matrix, which may be a literal.
    ///
    /// - Throws: what `fit` throws for any features.
    public mutating func fit(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]?, validation: (x: Matrix<Scalar>, y: [Target])?
    ) throws {
        try train(TrainingCall(x, y, sampleWeight: sampleWeight, validation: validation, _NetworkOptions(.fit)))
    }

    /// Trains the network on sparse features, as a `TablePipeline` does. If ``monitor`` is a scorer, the features are
    /// converted to a dense matrix.
    ///
    /// - Throws: what `fit` throws for any features.
    public mutating func fit(
        _ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]?,
        validation: (x: SparseMatrix<Scalar>, y: [Target])?
    ) throws {
        try _train(x, y, sampleWeight: sampleWeight, validation: validation, options: _NetworkOptions(.fit))
    }

    /// Resumes the last call of `fit` from where it stopped: after a cancellation, with a higher `maxIter`, or from a
    /// file.
    ///
    /// Training for n epochs and resuming for n more gives exactly the same model as training for 2n epochs, for all
    /// solvers. The model stores the generator state, the sample order, the optimizer's moments, and the split and best
    /// weights of early stopping. Resuming a run that has converged leaves the model unchanged.
    ///
    /// ```swift
    /// mlp.maxIter = 400
    /// try mlp.resume(x, y)
    /// ```
    ///
    /// - Parameters:
    ///   - x: the features of the original call.
    ///   - y: the targets of the original call.
    ///   - sampleWeight: the weights of the original call.
    ///   - validation: the validation set of the original call.
    ///   - checkpoint: the file to save training to, every ``CheckpointFile/every`` epochs and when training ends; nil
    ///     for none.
    ///   - onEpoch: called after each remaining epoch; decides whether training continues.
    /// - Throws: what `fit` throws. Also throws `EstimatorError.notFitted` before `fit`, `.invalidInput` after
    ///   `partialFit` and for different data, and `.invalidParameter` if a parameter has changed. Only `maxIter`,
    ///   `maxFun`, `tol`, `nIterNoChange`, `warmStart` and `verbose` may change. With a `schedule`, `maxIter` must not
    ///   change either.
    /// - Complexity: that of the remaining epochs.
    public mutating func resume<X: NetworkFeatures<Scalar>>(
        _ x: X, _ y: [Target], sampleWeight: [Double]? = nil, validation: (x: X, y: [Target])? = nil,
        checkpoint: CheckpointFile? = nil, onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try train(.resume, x, y, sampleWeight, validation, checkpoint, onEpoch)
    }

    /// Trains for one pass over the data, continuing from the weights and the optimizer's moments of the last call.
    ///
    /// - Parameters:
    ///   - x: samples × features, dense or sparse.
    ///   - y: one target per sample. A classifier needs `classes` in the first call, except for multilabel targets.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: what ``fit(_:_:sampleWeight:)`` throws. Also throws `EstimatorError` for `.lbfgs`, with early
    ///   stopping and with a `schedule`.
    /// - Complexity: O(samples × parameters).
    public mutating func partialFit<X: NetworkFeatures<Scalar>>(
        _ x: X, _ y: [Target], sampleWeight: [Double]? = nil
    ) throws {
        try train(TrainingCall(x, y, sampleWeight: sampleWeight, _NetworkOptions(.partialFit)))
    }
}

// MARK: - Literals

// Type inference cannot turn a literal into a generic argument. These overloads take a matrix instead.

extension MultilayerPerceptron {
    /// Trains the network on a matrix, which may be a literal.
    ///
    /// - Throws: what `fit` throws for any features.
    public mutating func fit(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: Matrix<Scalar>, y: [Target])? = nil, checkpoint: CheckpointFile? = nil,
        onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try train(.fit, x, y, sampleWeight, validation, checkpoint, onEpoch)
    }

    /// Resumes with a matrix, which may be a literal.
    ///
    /// - Throws: what `resume` throws for any features.
    public mutating func resume(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: Matrix<Scalar>, y: [Target])? = nil, checkpoint: CheckpointFile? = nil,
        onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try train(.resume, x, y, sampleWeight, validation, checkpoint, onEpoch)
    }

    /// Trains for one pass over a matrix, which may be a literal.
    ///
    /// - Throws: what `partialFit` throws for any features.
    public mutating func partialFit(_ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil) throws {
        try train(TrainingCall(x, y, sampleWeight: sampleWeight, _NetworkOptions(.partialFit)))
    }
}

// MARK: - Training

extension MultilayerPerceptron {
    private mutating func train<X: NetworkFeatures<Scalar>>(
        _ method: _NetworkOptions.Method, _ x: X, _ y: [Target], _ sampleWeight: [Double]?,
        _ validation: (x: X, y: [Target])?, _ checkpoint: CheckpointFile?, _ onEpoch: OnEpoch
    ) throws {
        try withoutActuallyEscaping(onEpoch) {
            try train(
                TrainingCall(
                    x, y, sampleWeight: sampleWeight, validation: validation,
                    _NetworkOptions(method, checkpoint: checkpoint, onEpoch: $0)))
        }
    }

    /// Trains the network. Not for clients.
    public mutating func _train(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]?, validation: (x: Matrix<Scalar>, y: [Target])?,
        options: _NetworkOptions
    ) throws {
        try train(TrainingCall(x, y, sampleWeight: sampleWeight, validation: validation, options))
    }

    /// Trains the network on sparse features. Not for clients.
    public mutating func _train(
        _ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]?,
        validation: (x: SparseMatrix<Scalar>, y: [Target])?, options: _NetworkOptions
    ) throws {
        if case .scorer = monitor {
            let dense = validation.map { (x: $0.x.dense, y: $0.y) }
            try _train(x.dense, y, sampleWeight: sampleWeight, validation: dense, options: options)
        } else {
            try train(TrainingCall(x, y, sampleWeight: sampleWeight, validation: validation, options))
        }
    }

    /// Validates a call, turns it into a training run, trains, and stores what was learned.
    package mutating func train(_ call: _TrainingCall<Self>) throws {
        let previous = try call.together {
            try hyperparameters.check()
            try call.check()
            try Check.require(
                call.group == nil || device == .cpu, parameter: "device", device,
                allowed: ".cpu for training across a group of processes")
            if call.method == .partialFit { try checkIncremental() }
            return try modelToContinue(for: call)
        }
        let membership = try call.membership(of: self, continuing: previous)
        var learner = self
        var run = try learner._trainingRun(for: call)
        run.membership = membership
        try run.requireSameOutputs()
        if let previous { try check(run, continuing: previous.network) }
        run.device = device
        run.checkpoint = try call.checkpoints(of: learner)
        if call.method == .resume, let previous {
            learner._fitted.model = try run.resume(previous)
        } else {
            learner._fitted.model = try run.train(from: previous)
        }
        self = learner
        try call.together {
            if let file = call.options.checkpoint, call.isFirst { try call.options.saved(self).save(to: file.url) }
        }
    }

    /// Returns the model that training continues from: the last one for a warm start, `partialFit` and `resume`,
    /// otherwise nil.
    private func modelToContinue(for call: TrainingCall<Self>) throws -> TrainedModel<Scalar>? {
        guard call.method != .fit || hyperparameters.warmStart, let model = _fitted.model else {
            if call.method == .resume { throw EstimatorError.notFitted(estimator: Self.name) }
            return nil
        }
        try Check.featureCount(call.x.columns, expected: model.network.shape.inputs)
        return model
    }

    /// Throws if the parameters do not allow training one pass at a time.
    private func checkIncremental() throws {
        try Check.require(
            hyperparameters.solver != .lbfgs, parameter: "solver", "lbfgs",
            allowed: "sgd or adam for partialFit, or adamW")
        try Check.require(
            hyperparameters.schedule == .constant, parameter: "schedule", hyperparameters.schedule,
            allowed: "constant for partialFit, which does not know how many steps are planned")
        try Check.require(
            !hyperparameters.earlyStopping, parameter: "earlyStopping", true,
            allowed: "false for partialFit, which sees only a part of the data")
    }

    /// Throws if a run's outputs differ from those of the network that it continues from, in number or in function.
    private func check(_ run: TrainingRun<Scalar>, continuing network: Network<Scalar>) throws {
        let outputs = run.data.targets.columns
        try Check.require(
            outputs == network.shape.outputs, "y",
            "must have \(network.shape.outputs) outputs per sample, as in the last call, but has \(outputs)")
        try Check.require(
            run.loss.outActivation == network.outActivation, parameter: "loss", run.loss,
            allowed: "unchanged when training continues from the weights of the last call")
    }

    /// Returns the function that computes validation scores: that of the scorer if `monitor` is one, otherwise `own`.
    func monitoredScore(
        _ call: TrainingCall<Self>, own: @escaping Validation<Scalar>.Score
    ) throws -> (_ samples: [Int]?) throws -> Validation<Scalar>.Score {
        guard case .scorer(let scorer) = monitor else { return { _ in own } }
        try Check.require(
            call.group == nil, parameter: "monitor", "the scorer \(scorer.name)",
            allowed: "score or loss for training across a group of processes")
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

    /// The quantity that early stopping watches.
    var watched: PlateauDetector.Watched {
        if !hyperparameters.earlyStopping { .loss } else { monitor == .loss ? .validationLoss : .score }
    }
}
