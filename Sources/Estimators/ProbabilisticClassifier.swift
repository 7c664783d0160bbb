public import LinearAlgebra

/// A classifier that tells how probable each class is.
public protocol ProbabilisticClassifier: Estimator where Target: ClassificationTarget {
    /// The classes in ascending order; empty before `fit`.
    var classes: [Target.Label] { get }

    /// The probability of every class for every row of `x`: samples × classes, in the order of ``classes``.
    ///
    /// - Throws: what ``Estimator/predict(_:)`` throws.
    func predictProba(_ x: Matrix<Scalar>) throws -> Matrix<Scalar>
}
