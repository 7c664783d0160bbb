import Estimators
public import LinearAlgebra
public import Preprocessing

/// A value that learns from categorical columns how to encode them as numbers.
public protocol WordEncoder: Sendable {
    /// Learns from samples × columns, and discards what was learned before; nil is a missing value.
    ///
    /// - Throws: `EstimatorError` for categories that cannot be used; the encoder does not change in this case.
    mutating func fit(_ x: Matrix<String?>) throws

    /// Learns from samples × columns and one target per sample. Default: ``fit(_:)``, without the targets.
    ///
    /// - Throws: `EstimatorError` for data that cannot be used; the encoder does not change in this case.
    mutating func fit<Target: Sendable>(_ x: Matrix<String?>, _ y: [Target]) throws

    /// Learns from `x` and `y`, and returns the numbers for the estimator to learn from.
    ///
    /// By default, calls ``fit(_:_:)`` and then ``transform(_:)``. An encoder whose numbers would reveal a sample's own
    /// target must implement it differently, for example with cross-fitting.
    ///
    /// - Throws: what ``fit(_:_:)`` and ``transform(_:)`` throw.
    mutating func fitTransform<Target: Sendable>(_ x: Matrix<String?>, _ y: [Target]) throws -> Matrix<Double>

    /// Returns the numbers for each row of `x`.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for categories that cannot be
    ///   used.
    func transform(_ x: Matrix<String?>) throws -> Matrix<Double>
}

extension WordEncoder {
    /// Learns from `x` alone.
    ///
    /// - Throws: what ``fit(_:)`` throws.
    public mutating func fit<Target: Sendable>(_ x: Matrix<String?>, _ y: [Target]) throws { try fit(x) }

    /// Learns from `x` and `y`, and returns `x` encoded.
    ///
    /// - Throws: what ``fit(_:_:)`` and ``transform(_:)`` throw.
    public mutating func fitTransform<Target: Sendable>(
        _ x: Matrix<String?>, _ y: [Target]
    ) throws -> Matrix<Double> {
        try fit(x, y)
        return try transform(x)
    }
}

/// An encoder that learns from the targets too, such as a target encoder. It implements ``WordEncoder/fit(_:_:)``.
public protocol SupervisedEncoder: WordEncoder {
    /// Learns from samples × columns and one target per sample.
    ///
    /// - Throws: `EstimatorError` for data that cannot be used; the encoder does not change in this case.
    mutating func fit<Target: Sendable>(_ x: Matrix<String?>, _ y: [Target]) throws
}

extension SupervisedEncoder {
    /// Throws, because the targets are missing.
    ///
    /// - Throws: `EstimatorError.invalidInput`.
    public mutating func fit(_ x: Matrix<String?>) throws { throw EstimatorError.missingTarget(of: Self.self) }
}

extension OneHotEncoder: WordEncoder where Value == String? {}
extension OrdinalEncoder: WordEncoder where Value == String? {}
