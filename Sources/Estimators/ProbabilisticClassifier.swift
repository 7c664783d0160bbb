public import LinearAlgebra

/// A classifier that predicts the probability of each class.
public protocol ProbabilisticClassifier: Estimator where Target: ClassificationTarget {
    /// The precision of the probabilities.
    associatedtype Scalar: MatrixScalar

    /// The classes in ascending order; empty before `fit`.
    var classes: [Target.Label] { get }

    /// The probability of every class for every sample of `x`: samples × classes, in the order of ``classes``.
    ///
    /// - Throws: what ``Estimator/predict(_:)`` throws.
    func predictProba(_ x: Features) throws -> Matrix<Scalar>
}
