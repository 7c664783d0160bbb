public import Estimators
public import LinearAlgebra

// How training is called, with dense features and with sparse ones, which are never made dense. What is said of the methods
// for dense features holds for the others too.

extension MLPClassifier: ValidatingEstimator {
    /// Learns from samples × features `x` and one target per sample.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample, of at least two classes.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: `EstimatorError.invalidParameter` for a parameter outside of its range, `.invalidInput` for data that
    ///   cannot be used, `.diverged` when loss or weights are no longer finite. The classifier keeps what it had before.
    /// - Complexity: O(iterations × samples × parameters).
    public mutating func fit(_ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]?) throws {
        try fit(TrainingCall(x, y, sampleWeight: sampleWeight))
    }

    /// Learns from samples × features `x` and one target per sample; may judge every epoch on a validation set, note in a file
    /// how far it has come, and tell of every epoch.
    ///
    /// ```swift
    /// try mlp.fit(x, y, validation: (xVal, yVal)) { epoch in
    ///     epoch.validationLoss ?? 1 < 0.05 ? .stop : .continue
    /// }
    /// ```
    ///
    /// ``FittedNetwork/validationLossCurve`` and ``FittedNetwork/validationScores`` have the losses and scores on the validation
    /// set. With `earlyStopping` it is what is watched, by ``monitor``: no samples are split off, training ends when it no longer
    /// improves, and the best weights are kept. Without, and for `.lbfgs`, it changes nothing.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample, of at least two classes.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - validation: samples × features and one target per sample, each of which weighs the same; nil for none.
    ///   - checkpoint: the file, written every so many epochs and when training ends; nil for none.
    ///   - onEpoch: called after every epoch, or iteration of `.lbfgs`, on the thread that trains; whether to train on. After
    ///     `.stop`, ``FittedNetwork/stopReason`` is `.stopped`.
    /// - Throws: what ``fit(_:_:sampleWeight:)`` throws; errors for validation data that do not fit the others; what `onEpoch`
    ///   throws; `EstimatorError.invalidParameter` for a checkpoint every less than one epoch; `ModelFileError` where its file
    ///   cannot be written. The classifier keeps what it had before, except where that shows only when training has ended:
    ///   then it has learned all the same.
    /// - Complexity: O(iterations × (samples + validation samples) × parameters).
    public mutating func fit(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: Matrix<Scalar>, y: [Target])? = nil, checkpoint: CheckpointFile? = nil,
        onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try withoutActuallyEscaping(onEpoch) {
            try fit(
                TrainingCall(
                    x, y, sampleWeight: sampleWeight, validation: validation, checkpoint: checkpoint, onEpoch: $0))
        }
    }

    /// Learns as ``fit(_:_:sampleWeight:validation:checkpoint:onEpoch:)-(Matrix<Scalar>,_,_,_,_,_)`` does, which has more
    /// arguments than the protocol asks for.
    public mutating func fit(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]?, validation: (x: Matrix<Scalar>, y: [Target])?
    ) throws {
        try fit(TrainingCall(x, y, sampleWeight: sampleWeight, validation: validation))
    }

    /// Learns from sparse samples × features.
    ///
    /// - Throws: what ``fit(_:_:sampleWeight:validation:checkpoint:onEpoch:)-(Matrix<Scalar>,_,_,_,_,_)`` throws.
    /// - Complexity: O(iterations × (stored elements × first layer's units + samples × other parameters)).
    public mutating func fit(
        _ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: SparseMatrix<Scalar>, y: [Target])? = nil, checkpoint: CheckpointFile? = nil,
        onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try withoutActuallyEscaping(onEpoch) {
            try fit(
                TrainingCall(
                    x, y, sampleWeight: sampleWeight, validation: validation, checkpoint: checkpoint, onEpoch: $0))
        }
    }
}

extension MLPClassifier {
    /// Goes on with the last call of `fit` where it stopped: after `maxIter` was raised, a cancellation, or a file.
    ///
    /// Training for n epochs and resuming for n more equals training for 2n, in every bit, for all solvers: the state of the
    /// generator, the order of the samples, the optimizer's moments, the split of early stopping and its best weights are
    /// kept with the model. A run that has converged stays as it is.
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
    ///   - onEpoch: called after every epoch that is left; whether to train on.
    /// - Throws: what ``fit(_:_:sampleWeight:validation:checkpoint:onEpoch:)-(Matrix<Scalar>,_,_,_,_,_)`` throws;
    ///   `EstimatorError.notFitted` before `fit`, `.invalidInput` after `partialFit` and for other data, `.invalidParameter`
    ///   where another parameter than `maxIter`, `maxFun`, `tol`, `nIterNoChange`, `warmStart` or `verbose` has changed.
    /// - Complexity: that of the epochs that are left.
    public mutating func resume(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: Matrix<Scalar>, y: [Target])? = nil, checkpoint: CheckpointFile? = nil,
        onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try withoutActuallyEscaping(onEpoch) {
            try resume(
                TrainingCall(
                    x, y, sampleWeight: sampleWeight, validation: validation, checkpoint: checkpoint, onEpoch: $0))
        }
    }

    /// Goes on with the last call of `fit` with sparse features where it stopped.
    ///
    /// - Throws: what ``resume(_:_:sampleWeight:validation:checkpoint:onEpoch:)-(Matrix<Scalar>,_,_,_,_,_)`` throws.
    public mutating func resume(
        _ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: SparseMatrix<Scalar>, y: [Target])? = nil, checkpoint: CheckpointFile? = nil,
        onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try withoutActuallyEscaping(onEpoch) {
            try resume(
                TrainingCall(
                    x, y, sampleWeight: sampleWeight, validation: validation, checkpoint: checkpoint, onEpoch: $0))
        }
    }

    /// Goes once through the data, on from the weights and the optimizer's moments of the last call.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample; not every class need occur.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - classes: all classes that can occur in any call; needed in the first call, unless targets are indicators.
    /// - Throws: what ``fit(_:_:sampleWeight:)`` throws, and errors when `classes` is missing in the first call or differs
    ///   later, for `.lbfgs`, with early stopping, and for balanced classes, whose weights no single call can know: give
    ///   them as `.weights`.
    /// - Complexity: O(samples × parameters).
    public mutating func partialFit(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil, classes: [Target.Label]? = nil
    ) throws {
        try partialFit(TrainingCall(x, y, sampleWeight: sampleWeight), classes: classes)
    }

    /// Goes once through sparse data, on from the weights and the optimizer's moments of the last call.
    ///
    /// - Throws: what ``partialFit(_:_:sampleWeight:classes:)-(Matrix<Scalar>,_,_,_)`` throws.
    public mutating func partialFit(
        _ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil, classes: [Target.Label]? = nil
    ) throws {
        try partialFit(TrainingCall(x, y, sampleWeight: sampleWeight), classes: classes)
    }
}
