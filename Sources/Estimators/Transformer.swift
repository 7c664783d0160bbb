public import LinearAlgebra

/// Something that learns from features how to transform them, in whichever precision they come.
public protocol Transformer: Sendable {
    /// Learns from samples × features `x`, forgetting what was learned before.
    ///
    /// - Throws: ``EstimatorError`` for data that cannot be used; the transformer is unchanged then.
    mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws

    /// The transformed features, in a new matrix.
    ///
    /// - Throws: ``EstimatorError/notFitted(estimator:)`` before `fit`; ``EstimatorError/invalidInput(argument:problem:)``
    ///   for features that cannot be used.
    func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar>
}

extension Transformer {
    /// Learns from `x` and returns it transformed.
    ///
    /// - Throws: what ``fit(_:)`` and ``transform(_:)`` throw.
    public mutating func fitTransform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try fit(x)
        return try transform(x)
    }
}
