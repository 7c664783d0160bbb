public import Estimators

// The methods of all estimators around a network. The networks themselves have the same methods for sparse features
// too: MultilayerPerceptron+Fit.swift.

extension IterativeEstimator where _Options == _NetworkOptions {
    /// Trains the model, optionally with a validation set, a checkpoint file and a function to call after each epoch.
    ///
    /// ```swift
    /// try pipeline.fit(x, y, validation: (xVal, yVal), checkpoint: CheckpointFile(url, every: 10)) { epoch in
    ///     epoch.elapsed > 60 ? .stop : .continue
    /// }
    /// ```
    ///
    /// Transformers learn from `x` and `y` only, and then transform the validation set. `onEpoch` sees the losses and
    /// scores of the network. In a `TransformedTargetRegressor`, these refer to the transformed targets.
    ///
    /// - Parameters:
    ///   - x: the features, as `predict` takes them.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample, for the network; nil for 1 each.
    ///   - validation: features and one target per sample, as `x` and `y`; nil for none.
    ///   - checkpoint: the file to save the whole model to, every ``CheckpointFile/every`` epochs and when training
    ///     ends; nil for none.
    ///   - onEpoch: called after each epoch, or iteration of `.lbfgs`. It decides whether training continues.
    /// - Throws: what the transformers and the network throw; `EstimatorError.notSupported` for a checkpoint of a model
    ///   that cannot be saved. If it throws, the model does not change.
    public mutating func fit(
        _ x: Features, _ y: [Target], sampleWeight: [Double]? = nil, validation: (x: Features, y: [Target])? = nil,
        checkpoint: CheckpointFile? = nil, onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try train(.fit, x, y, sampleWeight, validation, checkpoint, onEpoch)
    }

    /// Resumes the last call of `fit` from where it stopped: after a cancellation, with a higher `maxIter`, or from a
    /// checkpoint.
    ///
    /// ```swift
    /// var pipeline = try Pipeline<StandardScaler, MLPClassifier<Int, Double>>(contentsOf: url)
    /// try pipeline.resume(x, y, checkpoint: CheckpointFile(url, every: 10))
    /// ```
    ///
    /// The result is that of one uninterrupted `fit`, bit for bit. The transformers learn again from the same data; a
    /// transformer that draws random numbers needs a seed. Pass the data and the validation set of the original call.
    ///
    /// - Throws: what `fit` throws, and what the network's `resume` throws for other data and parameters.
    public mutating func resume(
        _ x: Features, _ y: [Target], sampleWeight: [Double]? = nil, validation: (x: Features, y: [Target])? = nil,
        checkpoint: CheckpointFile? = nil, onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try train(.resume, x, y, sampleWeight, validation, checkpoint, onEpoch)
    }

    /// Trains the network for one pass over the data, continuing from its weights.
    ///
    /// Transformers that are not fitted yet learn from the data of the first call. Later calls do not change them,
    /// because the network has learned from what they return. If a scaler is to learn from all batches, fit it to them
    /// before the first call: `pipeline.transformer.partialFit(batch)`.
    ///
    /// - Parameters:
    ///   - x: the features, as `predict` takes them.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: what the transformers and the network throw. If it throws, the model does not change.
    public mutating func partialFit(_ x: Features, _ y: [Target], sampleWeight: [Double]? = nil) throws {
        try _train(x, y, sampleWeight: sampleWeight, validation: nil, options: _NetworkOptions(.partialFit))
    }

    private mutating func train(
        _ method: _NetworkOptions.Method, _ x: Features, _ y: [Target], _ sampleWeight: [Double]?,
        _ validation: (x: Features, y: [Target])?, _ checkpoint: CheckpointFile?, _ onEpoch: OnEpoch
    ) throws {
        try withoutActuallyEscaping(onEpoch) {
            try _train(
                x, y, sampleWeight: sampleWeight, validation: validation,
                options: _NetworkOptions(method, checkpoint: checkpoint, onEpoch: $0))
        }
    }
}

extension IterativeEstimator where _Options == _NetworkOptions, Target: ClassificationTarget {
    /// Trains the network for one pass over the data. The first call must name all classes that can occur, except for
    /// multilabel targets.
    ///
    /// - Parameters:
    ///   - x: the features, as `predict` takes them.
    ///   - y: one target per sample. Not every class has to occur.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - classes: all classes that can occur in any call.
    /// - Throws: what `partialFit` without `classes` throws, and `EstimatorError` if `classes` is missing in the first
    ///   call or differs later.
    public mutating func partialFit(
        _ x: Features, _ y: [Target], sampleWeight: [Double]? = nil, classes: [Target.Label]?
    ) throws {
        try _train(
            x, y, sampleWeight: sampleWeight, validation: nil, options: _NetworkOptions(.partialFit, classes: classes))
    }
}
