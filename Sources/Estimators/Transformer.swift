public import LinearAlgebra

/// A value that learns from features how to transform them, in whichever precision they come.
///
/// A transformer that needs the targets is a ``SupervisedTransformer``. Pipelines and column transformers call
/// ``fitTransform(_:_:)`` for all of them; by default, the targets are ignored.
public protocol Transformer: Sendable {
    /// Learns from samples × features `x`, and discards what was learned before.
    ///
    /// - Throws: ``EstimatorError`` for data that cannot be used; the transformer is unchanged then.
    mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws

    /// Learns from samples × features `x` and one target per sample. Default: ``fit(_:)``, without the targets.
    ///
    /// - Throws: ``EstimatorError`` for data that cannot be used; the transformer is unchanged then.
    mutating func fit<Scalar: MatrixScalar, Target: Sendable>(_ x: Matrix<Scalar>, _ y: [Target]) throws

    /// Learns from `x` and `y`, and returns the features that an estimator is to learn from.
    ///
    /// Default: ``fit(_:_:)``, then ``transform(_:)``. A transformer that would tell an estimator a sample's own target
    /// implements it differently, with cross-fitting for example.
    ///
    /// - Throws: what ``fit(_:_:)`` and ``transform(_:)`` throw.
    mutating func fitTransform<Scalar: MatrixScalar, Target: Sendable>(
        _ x: Matrix<Scalar>, _ y: [Target]
    ) throws -> Matrix<Scalar>

    /// The transformed features, in a new matrix.
    ///
    /// - Throws: ``EstimatorError/notFitted(estimator:)`` before `fit`;
    ///   ``EstimatorError/invalidInput(argument:problem:)`` for features that cannot be used.
    func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar>
}

extension Transformer {
    /// Learns from `x` alone.
    ///
    /// - Throws: what ``fit(_:)`` throws.
    public mutating func fit<Scalar: MatrixScalar, Target: Sendable>(_ x: Matrix<Scalar>, _ y: [Target]) throws {
        try fit(x)
    }

    /// Learns from `x` and returns it transformed.
    ///
    /// - Throws: what ``fit(_:)`` and ``transform(_:)`` throw.
    public mutating func fitTransform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try fit(x)
        return try transform(x)
    }

    /// Learns from `x` and `y`, and returns `x` transformed.
    ///
    /// - Throws: what ``fit(_:_:)`` and ``transform(_:)`` throw.
    public mutating func fitTransform<Scalar: MatrixScalar, Target: Sendable>(
        _ x: Matrix<Scalar>, _ y: [Target]
    ) throws -> Matrix<Scalar> {
        try fit(x, y)
        return try transform(x)
    }

    /// A copy that has learned from `x`.
    ///
    /// - Throws: what ``fit(_:)`` throws.
    public func fitted<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Self {
        try changed(self) { try $0.fit(x) }
    }

    /// A copy that has learned from `x` and one target per sample.
    ///
    /// - Throws: what ``fit(_:_:)`` throws.
    public func fitted<Scalar: MatrixScalar, Target: Sendable>(_ x: Matrix<Scalar>, _ y: [Target]) throws -> Self {
        try changed(self) { try $0.fit(x, y) }
    }
}

/// A transformer that learns from the targets too, such as a target encoder or a selection of features.
///
/// It implements ``Transformer/fit(_:_:)``. In a pipeline it sees the targets of the training side alone, also inside
/// of a cross-validation or a search.
///
/// ```swift
/// struct Selection: SupervisedTransformer {
///     mutating func fit<Scalar, Target>(_ x: Matrix<Scalar>, _ y: [Target]) throws {
///         guard let y = y as? [Double] else { throw EstimatorError.notSupported("Selection for \(Target.self)") }
///         …
/// ```
public protocol SupervisedTransformer: Transformer {
    /// Learns from samples × features `x` and one target per sample.
    ///
    /// - Throws: ``EstimatorError`` for data that cannot be used; the transformer is unchanged then.
    mutating func fit<Scalar: MatrixScalar, Target: Sendable>(_ x: Matrix<Scalar>, _ y: [Target]) throws
}

extension SupervisedTransformer {
    /// Throws, because the targets are missing.
    ///
    /// - Throws: ``EstimatorError/invalidInput(argument:problem:)``.
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        throw EstimatorError.missingTarget(of: Self.self)
    }
}

extension EstimatorError {
    /// Says that a transformer needs the targets.
    package static func missingTarget(of type: Any.Type) -> EstimatorError {
        .invalidInput(
            argument: "y",
            problem: "must be given to \(written(type, [])), which learns from the target: call fit(x, y)")
    }
}

/// A copy of a value that `change` has worked on.
package func changed<Value>(_ value: Value, _ change: (inout Value) throws -> Void) rethrows -> Value {
    var copy = value
    try change(&copy)
    return copy
}
