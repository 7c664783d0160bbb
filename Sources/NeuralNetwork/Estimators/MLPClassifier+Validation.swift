public import Estimators
public import LinearAlgebra

// A validation set of the caller's, and a function that is told of every epoch.
extension MLPClassifier: ValidatingEstimator {
    /// Learns from samples × features `x` and one target per sample, and judges every epoch on a validation set.
    ///
    /// ``FittedNetwork/validationLossCurve`` and ``FittedNetwork/validationScores`` have its losses and scores. With
    /// `earlyStopping` it is what is watched, by ``monitor``: no samples are split off, training ends when it no longer
    /// improves, and the best weights are kept. Without, and for `.lbfgs`, it changes nothing.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - validation: samples × features and one target per sample, each of which weighs the same; nil for none.
    /// - Throws: what ``fit(_:_:sampleWeight:)-(Matrix<Scalar>,_,_)`` throws, and errors for validation data that do not
    ///   fit the others.
    /// - Complexity: O(iterations × (samples + validation samples) × parameters).
    public mutating func fit(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: Matrix<Scalar>, y: [Target])?
    ) throws {
        try fit(TrainingCall(x, y, sampleWeight: sampleWeight, validation: validation))
    }

    /// Learns as ``fit(_:_:sampleWeight:validation:)-(Matrix<Scalar>,_,_,_)`` does, and tells of every epoch.
    ///
    /// ```swift
    /// try mlp.fit(x, y, validation: (xVal, yVal)) { epoch in
    ///     epoch.validationLoss ?? 1 < 0.05 ? .stop : .continue
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - validation: features and targets on which every epoch is judged; nil for none.
    ///   - onEpoch: called after every epoch, or iteration of `.lbfgs`, on the thread that trains; whether to train on. After
    ///     `.stop`, ``FittedNetwork/stopReason`` is `.stopped`.
    /// - Throws: also what `onEpoch` throws; the model keeps what it had before.
    public mutating func fit(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: Matrix<Scalar>, y: [Target])? = nil, onEpoch: OnEpoch
    ) throws {
        try withoutActuallyEscaping(onEpoch) { onEpoch in
            try fit(TrainingCall(x, y, sampleWeight: sampleWeight, validation: validation, onEpoch: onEpoch))
        }
    }

    /// Learns from sparse samples × features, judges every epoch on a validation set, and tells of it.
    ///
    /// - Throws: what ``fit(_:_:sampleWeight:validation:onEpoch:)-(Matrix<Scalar>,_,_,_,_)`` throws.
    public mutating func fit(
        _ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: SparseMatrix<Scalar>, y: [Target])?, onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try withoutActuallyEscaping(onEpoch) { onEpoch in
            try fit(TrainingCall(x, y, sampleWeight: sampleWeight, validation: validation, onEpoch: onEpoch))
        }
    }

    /// Goes on with the last call of `fit` where it stopped, with the validation set of that call, and tells of every epoch.
    ///
    /// - Throws: what ``resume(_:_:sampleWeight:)-(Matrix<Scalar>,_,_)`` throws, what `onEpoch` throws, and errors for
    ///   another validation set.
    public mutating func resume(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: Matrix<Scalar>, y: [Target])?, onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try withoutActuallyEscaping(onEpoch) { onEpoch in
            try resume(TrainingCall(x, y, sampleWeight: sampleWeight, validation: validation, onEpoch: onEpoch))
        }
    }

    /// Goes on with the last call of `fit` with sparse features where it stopped, with the validation set of that call, and
    /// tells of every epoch.
    ///
    /// - Throws: what ``resume(_:_:sampleWeight:validation:onEpoch:)-(Matrix<Scalar>,_,_,_,_)`` throws.
    public mutating func resume(
        _ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: SparseMatrix<Scalar>, y: [Target])?, onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try withoutActuallyEscaping(onEpoch) { onEpoch in
            try resume(TrainingCall(x, y, sampleWeight: sampleWeight, validation: validation, onEpoch: onEpoch))
        }
    }
}
