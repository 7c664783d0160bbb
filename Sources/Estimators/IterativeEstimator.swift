public import LinearAlgebra

/// An estimator that learns in epochs: its training can be observed, stopped, saved and resumed.
///
/// Networks are such estimators, and so is everything around a network: pipelines and target transformations. The
/// module `NeuralNetwork` adds `fit`, `resume` and `partialFit` with these options to all of them.
public protocol IterativeEstimator<Features, Target>: ValidatingEstimator {
    /// The options of a call. Not for clients.
    associatedtype _Options: _TrainingOptions

    /// Learns as `options` say. Not for clients.
    mutating func _train(
        _ x: Features, _ y: [Target], sampleWeight: [Double]?, validation: (x: Features, y: [Target])?,
        options: _Options) throws
}

/// The options of a call that trains an estimator. Not for clients.
public protocol _TrainingOptions {
    /// Whether the call is one of `partialFit`: what was learned before stays.
    var isIncremental: Bool { get }

    /// Returns the options for an estimator that is a part of another. What is saved during training is what `whole`
    /// makes of the part.
    func forPart<Part, Whole>(_ whole: @escaping (_ part: Part) -> Whole) -> Self
}

/// An iterative estimator that also takes sparse features.
public protocol IterativeSparseEstimator<Target, Scalar>: IterativeEstimator, SparseEstimator {
    /// Learns from sparse features as `options` say. Not for clients.
    mutating func _train(
        _ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]?,
        validation: (x: SparseMatrix<Scalar>, y: [Target])?, options: _Options) throws
}
