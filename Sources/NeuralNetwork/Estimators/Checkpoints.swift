public import LinearAlgebra

// Training that can be followed by another process where this one is killed. What is said of the methods without a checkpoint
// holds here too.

extension MLPClassifier {
    /// Learns from samples × features `x` and one target per sample, and notes in a file how far it has come.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - validation: features and targets on which every epoch is judged; nil for none.
    ///   - checkpoint: the file, written every so many epochs and when training ends.
    ///   - onEpoch: called after every epoch, on the thread that trains; whether to train on.
    /// - Throws: what ``fit(_:_:sampleWeight:)-(Matrix<Scalar>,_,_)`` throws; `EstimatorError.invalidParameter` for a
    ///   checkpoint every less than one epoch; `ModelFileError` where the file cannot be written. Where that shows only when
    ///   training has ended, the classifier has learned all the same.
    public mutating func fit(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: Matrix<Scalar>, y: [Target])? = nil, checkpoint: CheckpointFile,
        onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try withoutActuallyEscaping(onEpoch) { onEpoch in
            try fit(
                TrainingCall(
                    x, y, sampleWeight: sampleWeight, validation: validation, checkpoint: checkpoint, onEpoch: onEpoch))
        }
    }

    /// Goes on with the last call of `fit` where it stopped, and notes in a file how far it has come.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - validation: features and targets on which every epoch is judged; nil for none.
    ///   - checkpoint: the file, written every so many epochs and when training ends.
    ///   - onEpoch: called after every epoch, on the thread that trains; whether to train on.
    /// - Throws: what ``resume(_:_:sampleWeight:)-(Matrix<Scalar>,_,_)`` and ``fit(_:_:sampleWeight:validation:checkpoint:onEpoch:)-(Matrix<Scalar>,_,_,_,_,_)``
    ///   throw.
    public mutating func resume(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: Matrix<Scalar>, y: [Target])? = nil, checkpoint: CheckpointFile,
        onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try withoutActuallyEscaping(onEpoch) { onEpoch in
            try resume(
                TrainingCall(
                    x, y, sampleWeight: sampleWeight, validation: validation, checkpoint: checkpoint, onEpoch: onEpoch))
        }
    }

    /// Learns from sparse samples × features `x` and one target per sample, and notes in a file how far it has come.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - validation: features and targets on which every epoch is judged; nil for none.
    ///   - checkpoint: the file, written every so many epochs and when training ends.
    ///   - onEpoch: called after every epoch, on the thread that trains; whether to train on.
    /// - Throws: what ``fit(_:_:sampleWeight:)-(SparseMatrix<Scalar>,_,_)`` throws; `EstimatorError.invalidParameter` for a
    ///   checkpoint every less than one epoch; `ModelFileError` where the file cannot be written. Where that shows only when
    ///   training has ended, the classifier has learned all the same.
    public mutating func fit(
        _ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: SparseMatrix<Scalar>, y: [Target])? = nil, checkpoint: CheckpointFile,
        onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try withoutActuallyEscaping(onEpoch) { onEpoch in
            try fit(
                TrainingCall(
                    x, y, sampleWeight: sampleWeight, validation: validation, checkpoint: checkpoint, onEpoch: onEpoch))
        }
    }

    /// Goes on with the last call of `fit` where it stopped, and notes in a file how far it has come.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - validation: features and targets on which every epoch is judged; nil for none.
    ///   - checkpoint: the file, written every so many epochs and when training ends.
    ///   - onEpoch: called after every epoch, on the thread that trains; whether to train on.
    /// - Throws: what ``resume(_:_:sampleWeight:)-(SparseMatrix<Scalar>,_,_)`` and ``fit(_:_:sampleWeight:validation:checkpoint:onEpoch:)-(SparseMatrix<Scalar>,_,_,_,_,_)``
    ///   throw.
    public mutating func resume(
        _ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: SparseMatrix<Scalar>, y: [Target])? = nil, checkpoint: CheckpointFile,
        onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try withoutActuallyEscaping(onEpoch) { onEpoch in
            try resume(
                TrainingCall(
                    x, y, sampleWeight: sampleWeight, validation: validation, checkpoint: checkpoint, onEpoch: onEpoch))
        }
    }
}

extension MLPRegressor {
    /// Learns from samples × features `x` and one target per sample, and notes in a file how far it has come.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - validation: features and targets on which every epoch is judged; nil for none.
    ///   - checkpoint: the file, written every so many epochs and when training ends.
    ///   - onEpoch: called after every epoch, on the thread that trains; whether to train on.
    /// - Throws: what ``fit(_:_:sampleWeight:)-(Matrix<Scalar>,_,_)`` throws; `EstimatorError.invalidParameter` for a
    ///   checkpoint every less than one epoch; `ModelFileError` where the file cannot be written. Where that shows only when
    ///   training has ended, the regressor has learned all the same.
    public mutating func fit(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: Matrix<Scalar>, y: [Target])? = nil, checkpoint: CheckpointFile,
        onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try withoutActuallyEscaping(onEpoch) { onEpoch in
            try fit(
                TrainingCall(
                    x, y, sampleWeight: sampleWeight, validation: validation, checkpoint: checkpoint, onEpoch: onEpoch))
        }
    }

    /// Goes on with the last call of `fit` where it stopped, and notes in a file how far it has come.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - validation: features and targets on which every epoch is judged; nil for none.
    ///   - checkpoint: the file, written every so many epochs and when training ends.
    ///   - onEpoch: called after every epoch, on the thread that trains; whether to train on.
    /// - Throws: what ``resume(_:_:sampleWeight:)-(Matrix<Scalar>,_,_)`` and ``fit(_:_:sampleWeight:validation:checkpoint:onEpoch:)-(Matrix<Scalar>,_,_,_,_,_)``
    ///   throw.
    public mutating func resume(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: Matrix<Scalar>, y: [Target])? = nil, checkpoint: CheckpointFile,
        onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try withoutActuallyEscaping(onEpoch) { onEpoch in
            try resume(
                TrainingCall(
                    x, y, sampleWeight: sampleWeight, validation: validation, checkpoint: checkpoint, onEpoch: onEpoch))
        }
    }

    /// Learns from sparse samples × features `x` and one target per sample, and notes in a file how far it has come.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - validation: features and targets on which every epoch is judged; nil for none.
    ///   - checkpoint: the file, written every so many epochs and when training ends.
    ///   - onEpoch: called after every epoch, on the thread that trains; whether to train on.
    /// - Throws: what ``fit(_:_:sampleWeight:)-(SparseMatrix<Scalar>,_,_)`` throws; `EstimatorError.invalidParameter` for a
    ///   checkpoint every less than one epoch; `ModelFileError` where the file cannot be written. Where that shows only when
    ///   training has ended, the regressor has learned all the same.
    public mutating func fit(
        _ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: SparseMatrix<Scalar>, y: [Target])? = nil, checkpoint: CheckpointFile,
        onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try withoutActuallyEscaping(onEpoch) { onEpoch in
            try fit(
                TrainingCall(
                    x, y, sampleWeight: sampleWeight, validation: validation, checkpoint: checkpoint, onEpoch: onEpoch))
        }
    }

    /// Goes on with the last call of `fit` where it stopped, and notes in a file how far it has come.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - validation: features and targets on which every epoch is judged; nil for none.
    ///   - checkpoint: the file, written every so many epochs and when training ends.
    ///   - onEpoch: called after every epoch, on the thread that trains; whether to train on.
    /// - Throws: what ``resume(_:_:sampleWeight:)-(SparseMatrix<Scalar>,_,_)`` and ``fit(_:_:sampleWeight:validation:checkpoint:onEpoch:)-(SparseMatrix<Scalar>,_,_,_,_,_)``
    ///   throw.
    public mutating func resume(
        _ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: SparseMatrix<Scalar>, y: [Target])? = nil, checkpoint: CheckpointFile,
        onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try withoutActuallyEscaping(onEpoch) { onEpoch in
            try resume(
                TrainingCall(
                    x, y, sampleWeight: sampleWeight, validation: validation, checkpoint: checkpoint, onEpoch: onEpoch))
        }
    }
}
