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
    /// All processes call it with the same parameters. The result is that of one process with all samples, the same batches
    /// and the same seed, up to the rounding of sums: those of process 0, then those of process 1, and so on, or in the order of
    /// `numbers`. Batches are drawn from all samples, so that a process computes about `batchSize / group.count` samples of
    /// each. Every process ends with the same network.
    ///
    /// Losses, scores, early stopping and balanced class weights are those of all samples; the classes are those that
    /// occur in any process. The first process prints lines, calls `onEpoch` and writes the checkpoint, from which any number
    /// of processes resumes. If the task of one process is cancelled, training ends in all.
    ///
    /// - Parameters:
    ///   - x: the samples of this process × features, dense or sparse, at least one row.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil, in all processes, for 1 each.
    ///   - validation: the part of the validation set that this process has, at least one row; nil for none.
    ///   - checkpoint: the file to save training to, which process 0 writes; nil for none.
    ///   - numbers: the number of each sample among those of all processes, from 0; nil if the samples of process 0 come
    ///     first, then those of process 1, and so on.
    ///   - group: the processes.
    ///   - onEpoch: called after each epoch, in process 0. It decides whether training continues in all.
    /// - Throws: what `fit` throws, in each process: where another process is to blame, an ``MPIError`` that quotes its error.
    ///   `monitor` must be `.score` or `.loss`.
    /// - Complexity: that of `fit` for the samples of this process, and in each step a sum of as many numbers as the
    ///   network has parameters.
    public mutating func fit<X: NetworkFeatures<Scalar>>(
        _ x: X, _ y: [Target], sampleWeight: [Double]? = nil, validation: (x: X, y: [Target])? = nil,
        checkpoint: CheckpointFile? = nil, numbers: [Int]? = nil, across group: MPIGroup,
        onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try train(.fit, x, y, sampleWeight, validation, checkpoint, numbers, group, onEpoch)
    }

    /// Resumes the last call of `fit` from where it stopped, across a group of processes.
    ///
    /// The samples may be divided among another number of processes than before, as long as all of them together are the same in the
    /// same order. A single process resumes by `resume` without a group.
    ///
    /// - Parameters: those of the original call.
    /// - Throws: what `resume` throws, in each process.
    public mutating func resume<X: NetworkFeatures<Scalar>>(
        _ x: X, _ y: [Target], sampleWeight: [Double]? = nil, validation: (x: X, y: [Target])? = nil,
        checkpoint: CheckpointFile? = nil, numbers: [Int]? = nil, across group: MPIGroup,
        onEpoch: OnEpoch = { _ in .continue }
    ) throws {
        try train(.resume, x, y, sampleWeight, validation, checkpoint, numbers, group, onEpoch)
    }

    /// Trains for one pass over the samples of a group of processes, continuing from the weights and the optimizer's moments of the
    /// last call.
    ///
    /// - Parameters: those of `fit`.
    /// - Throws: what `partialFit` throws, in each process.
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
    /// Trains for one pass over the samples of a group of processes. The first call must name all classes, except for
    /// multilabel targets.
    ///
    /// - Parameters: those of `fit`, and all classes that can occur in any call.
    /// - Throws: what `partialFit` throws, in each process.
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
