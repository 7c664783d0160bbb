public import LinearAlgebra

/// A transformer that can restore features from what it made of them.
public protocol InvertibleTransformer: Transformer {
    /// The features of which `transform` makes `x`, in a new matrix.
    ///
    /// - Throws: ``EstimatorError/notFitted(estimator:)`` before `fit`;
    ///   ``EstimatorError/invalidInput(argument:problem:)`` for features that cannot be used.
    func inverseTransform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar>
}
