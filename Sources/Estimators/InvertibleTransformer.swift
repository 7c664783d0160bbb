public import LinearAlgebra

/// A transformer that can be undone.
public protocol InvertibleTransformer: Transformer {
    /// The features that `transform` makes into `x`, in a new matrix.
    ///
    /// - Throws: ``EstimatorError/notFitted(estimator:)`` before `fit`; ``EstimatorError/invalidInput(argument:problem:)``
    ///   for features that cannot be used.
    func inverseTransform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar>
}
