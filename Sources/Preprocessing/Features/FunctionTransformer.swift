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
    private let hasInverse: Bool

    /// A transformer that applies `func`; without an `inverseFunc`, undoing it changes nothing.
    public init(
        func function: @escaping @Sendable (Double) -> Double, inverseFunc: (@Sendable (Double) -> Double)? = nil
    ) {
        self.function = function
        self.inverse = inverseFunc ?? { $0 }
        hasInverse = inverseFunc != nil
    }

    /// A transformer that applies `function`; undoing it changes nothing.
    @_disfavoredOverload
    public init(_ function: @escaping @Sendable (Double) -> Double) {
        self.init(func: function)
    }

    /// A transformer that applies `function`, and `inverse` to undo it.
    @available(*, deprecated, renamed: "init(func:inverseFunc:)")
    public init(
        _ function: @escaping @Sendable (Double) -> Double, inverse: (@Sendable (Double) -> Double)?
    ) {
        self.init(func: function, inverseFunc: inverse)
    }

    /// The function, if it is one with a name.
    package var knownFunction: KnownFunction? { KnownFunction(function) }

    /// The inverse, if it is one with a name.
    package var knownInverse: KnownFunction? { KnownFunction(inverse) }

    /// Checks the features; there is nothing to learn. Warns if the inverse does not undo the function for some of them.
    ///
    /// - Throws: `EstimatorError.invalidInput` if `x` has no rows or columns, or a value that is not finite.
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        try Check.features(x)
        guard hasInverse else { return }
        let rows = stride(from: 0, to: x.rows, by: max(1, x.rows / 100))
        let differs = x.selectingRows(Array(rows)).doubles.elements.contains { value in
            // NumPy's tolerances.
            !((inverse(function(value)) - value).magnitude <= 1e-8 + 1e-5 * value.magnitude)
        }
        guard differs else { return }
        FitWarnings.report(
            FitWarning(
                "FunctionTransformer: inverse does not undo the function for the values of x.",
                kind: "FunctionTransformer has an inverse that does not undo its function."))
    }

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
