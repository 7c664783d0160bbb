public import LinearAlgebra

/// Something that learns from features how to transform them, in whichever precision they come.
public protocol Transformer: Sendable {
    /// Learns from samples × features `x`, forgetting what was learned before.
    ///
    /// - Throws: ``EstimatorError`` for data that cannot be used; the transformer is unchanged then.
    mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>, sampleWeight: [Double]?) throws

    /// The transformed features, in a new matrix.
    ///
    /// - Throws: ``EstimatorError/notFitted(estimator:)`` before `fit`; ``EstimatorError/invalidInput(argument:problem:)``
    ///   for features that cannot be used.
    func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar>
}

extension Transformer {
    /// Learns from samples × features `x`, all samples weighing the same.
    ///
    /// - Throws: what ``fit(_:sampleWeight:)`` throws.
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        try fit(x, sampleWeight: nil)
    }

    /// Learns from `x` and returns it transformed.
    ///
    /// - Throws: what ``fit(_:sampleWeight:)`` and ``transform(_:)`` throw.
    public mutating func fitTransform<Scalar: MatrixScalar>(
        _ x: Matrix<Scalar>, sampleWeight: [Double]? = nil
    ) throws -> Matrix<Scalar> {
        try fit(x, sampleWeight: sampleWeight)
        return try transform(x)
    }
}
