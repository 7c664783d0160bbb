public import Estimators
public import LinearAlgebra

/// Applies a function to every element, and its inverse to undo it.
///
/// ```swift
/// let logarithm = FunctionTransformer(func: { log($0) }, inverseFunc: { exp($0) })
/// let x = try logarithm.transform([[1, 10], [100, 1000]])
/// ```
///
/// It learns nothing and need not be fitted. The functions are computed in double precision.
public struct FunctionTransformer: InvertibleTransformer {
    private let function: @Sendable (Double) -> Double
    private let inverse: @Sendable (Double) -> Double

    /// A transformer that applies `func`; without an `inverseFunc`, undoing it changes nothing.
    public init(
        func function: @escaping @Sendable (Double) -> Double,
        inverseFunc: @escaping @Sendable (Double) -> Double = { $0 }
    ) {
        self.function = function
        self.inverse = inverseFunc
    }

    /// A transformer that applies `function`; undoing it changes nothing.
    @_disfavoredOverload
    public init(_ function: @escaping @Sendable (Double) -> Double) {
        self.init(func: function)
    }

    /// A transformer that applies `function`, and `inverse` to undo it.
    @available(*, deprecated, renamed: "init(func:inverseFunc:)")
    public init(
        _ function: @escaping @Sendable (Double) -> Double, inverse: @escaping @Sendable (Double) -> Double
    ) {
        self.init(func: function, inverseFunc: inverse)
    }

    /// The function, if it is one with a name.
    package var knownFunction: KnownFunction? { KnownFunction(function) }

    /// The inverse, if it is one with a name.
    package var knownInverse: KnownFunction? { KnownFunction(inverse) }

    /// Checks the features; there is nothing to learn.
    ///
    /// - Throws: `EstimatorError.invalidInput` if `x` has no rows or columns, or a value that is not finite.
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws { try Check.features(x) }

    /// The function's value for every element, in a new matrix.
    ///
    /// - Throws: `EstimatorError.invalidInput` if `x` has no rows or columns, or a value that is not finite.
    /// - Complexity: O(samples × features).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try apply(function, to: x)
    }

    /// The inverse function's value for every element, in a new matrix.
    ///
    /// - Throws: `EstimatorError.invalidInput` if `x` has no rows or columns, or a value that is not finite.
    /// - Complexity: O(samples × features).
    public func inverseTransform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try apply(inverse, to: x)
    }

    private func apply<Scalar: MatrixScalar>(
        _ function: (Double) -> Double, to x: Matrix<Scalar>
    ) throws -> Matrix<Scalar> {
        try Check.features(x)
        return Matrix(
            rows: x.rows, columns: x.columns, elements: Scalar.rounding(Scalar.doubles(x.elements).map(function)))
    }
}
