public import Estimators
public import NeuralNetwork

extension MultilayerPerceptron {
    /// Trains the network across a group of processes, each of which has a part of the samples.
    ///
    /// ```swift
    /// try MPI.run { group in
    ///     var mlp = MLPClassifier(hiddenLayerSizes: [512, 512], batchSize: 4096, randomState: 1)
    ///     try mlp.fit(part, y, across: group)
    /// }
    /// ```
    ///
    /// All processes must call it with the same parameters. The result is that of one process with all samples and the
    /// same seed, except for the rounding of sums. The samples of process 0 come first, then those of process 1, and so
    /// on; `numbers` sets another order. Batches are drawn from the samples of all processes, so each process computes
    /// about `batchSize / group.count` samples of a batch. Every process ends with the same network.
    ///
    /// Losses, scores, early stopping and balanced class weights take all samples into account. The classes are those
    /// that occur in any process. Process 0 prints lines, calls `onEpoch` and writes the checkpoint, which any number
    /// of processes can resume. If the task of one process is canceled, training ends in all processes.
    ///
    /// - Parameters:
    ///   - x: the samples of this process × features, dense or sparse, at least one row.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each. It must be nil in all processes or in
    ///     none.
    ///   - validation: this process's part of the validation set, at least one row; nil for none.
    ///   - checkpoint: the file to save training to, which process 0 writes; nil for none.
    ///   - numbers: the position of each sample among the samples of all processes, from 0; nil if the samples of
    ///     process 0 come first, then those of process 1, and so on.
    ///   - group: the processes.
    ///   - onEpoch: called after each epoch, in process 0 only. It decides whether training continues in all processes.
    /// - Throws: what `fit` throws. If another process has thrown, throws an ``MPIError`` that quotes its error. Also
    ///   throws if `monitor` is neither `.score` nor `.loss`.
    /// - Complexity: that of `fit` with the samples of this process, and in each step the sum of all gradients over the
    ///   processes.
    public mutating func fit<X: NetworkFeatures<Scalar>>(
        _ x: X, _ y: [Target], sampleWeight: [Double]? = nil, validation: (x: X, y: [Target])? = nil,
        checkpoint: CheckpointFile? = nil, numbers: [Int]? = nil, across group: MPIGroup,
        onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try train(.fit, x, y, sampleWeight, validation, checkpoint, numbers, group, onEpoch)
    }

    /// Resumes the last call of `fit` from where it stopped, across a group of processes.
    ///
    /// The number of processes may differ from that of the original call, but all samples together must be the same and
    /// in the same order. To resume in a single process, call `resume` without a group.
    ///
    /// - Parameters:
    ///   - x: the features of this process's samples, dense or sparse, at least one row.
    ///   - y: the targets of these samples.
    ///   - sampleWeight: the weights of these samples; nil if the original call had none.
    ///   - validation: this process's part of the validation set of the original call; nil if it had none.
    ///   - checkpoint: the file to save training to, which process 0 writes; nil for none.
    ///   - numbers: the position of each sample among the samples of all processes, from 0; nil if the samples of
    ///     process 0 come first, then those of process 1, and so on.
    ///   - group: the processes.
    ///   - onEpoch: called after each remaining epoch, in process 0 only. It decides whether training continues in all
    ///     processes.
    /// - Throws: what `resume` throws. If another process has thrown, throws an ``MPIError`` that quotes its error.
    public mutating func resume<X: NetworkFeatures<Scalar>>(
        _ x: X, _ y: [Target], sampleWeight: [Double]? = nil, validation: (x: X, y: [Target])? = nil,
        checkpoint: CheckpointFile? = nil, numbers: [Int]? = nil, across group: MPIGroup,
        onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try train(.resume, x, y, sampleWeight, validation, checkpoint, numbers, group, onEpoch)
    }

    /// Trains for one pass over the samples of all processes of a group, continuing from the weights and the
    /// optimizer's moments of the last call.
    ///
    /// - Parameters:
    ///   - x: the samples of this process × features, dense or sparse, at least one row.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each. It must be nil in all processes or in
    ///     none.
    ///   - numbers: the position of each sample among the samples of all processes, from 0; nil if the samples of
    ///     process 0 come first, then those of process 1, and so on.
    ///   - group: the processes.
    /// - Throws: what `partialFit` throws. If another process has thrown, throws an ``MPIError`` that quotes its error.
    public mutating func partialFit<X: NetworkFeatures<Scalar>>(
        _ x: X, _ y: [Target], sampleWeight: [Double]? = nil, numbers: [Int]? = nil, across group: MPIGroup
    ) throws {
        try train(
            _TrainingCall(
                x, y, sampleWeight: sampleWeight,
                _NetworkOptions(.partialFit, group: GroupCall(group, numbers: numbers))))
    }

    private mutating func train<X: NetworkFeatures<Scalar>>(
        _ method: _NetworkOptions.Method, _ x: X, _ y: [Target], _ sampleWeight: [Double]?,
        _ validation: (x: X, y: [Target])?, _ checkpoint: CheckpointFile?, _ numbers: [Int]?, _ group: MPIGroup,
        _ onEpoch: OnEpoch
    ) throws {
        try withoutActuallyEscaping(onEpoch) {
            try train(
                _TrainingCall(
                    x, y, sampleWeight: sampleWeight, validation: validation,
                    _NetworkOptions(
                        method, checkpoint: checkpoint, group: GroupCall(group, numbers: numbers), onEpoch: $0)))
        }
    }
}

extension MLPClassifier {
    /// Trains for one pass over the samples of all processes of a group. The first call must name all classes, except
    /// for multilabel targets.
    ///
    /// - Parameters:
    ///   - x: the samples of this process × features, dense or sparse, at least one row.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each. It must be nil in all processes or in
    ///     none.
    ///   - classes: all classes that can occur in any call and any process; may be nil after the first call.
    ///   - numbers: the position of each sample among the samples of all processes, from 0; nil if the samples of
    ///     process 0 come first, then those of process 1, and so on.
    ///   - group: the processes.
    /// - Throws: what `partialFit` throws. If another process has thrown, throws an ``MPIError`` that quotes its error.
    public mutating func partialFit<X: NetworkFeatures<Scalar>>(
        _ x: X, _ y: [Target], sampleWeight: [Double]? = nil, classes: [Target.Label]?, numbers: [Int]? = nil,
        across group: MPIGroup
    ) throws {
        try train(
            _TrainingCall(
                x, y, sampleWeight: sampleWeight,
                _NetworkOptions(.partialFit, classes: classes, group: GroupCall(group, numbers: numbers))))
    }
}
