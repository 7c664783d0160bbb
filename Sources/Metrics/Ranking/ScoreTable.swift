public import Estimators
public import LinearAlgebra

/// The argument of a score of probabilities or decision values: a `Matrix`, samples × classes as `predictProba` returns it,
/// or an array with a number (or row of numbers) per sample.
public protocol ScoreTable: Sendable {
    /// Samples × columns.
    ///
    /// - Throws: `EstimatorError.invalidInput` when there is no sample, when rows differ in length, or for NaN and
    ///   infinite values.
    func scoreColumns(argument: String) throws -> Matrix<Double>

    /// The distance from 1 to the next larger number in the precision of the scores.
    static var scoreResolution: Double { get }
}

extension Matrix: ScoreTable where Scalar: MatrixScalar {
    /// The matrix in double precision.
    ///
    /// - Throws: `EstimatorError.invalidInput`.
    public func scoreColumns(argument: String) throws -> Matrix<Double> {
        try Check.features(self, argument: argument)
        return Matrix<Double>(rows: rows, columns: columns, elements: elements.map(Double.init))
    }

    /// The distance from 1 to the next larger `Scalar`.
    public static var scoreResolution: Double { Double(Scalar.ulpOfOne) }
}

extension Array: ScoreTable where Element: RegressionTarget {
    /// One row per element.
    ///
    /// - Throws: `EstimatorError.invalidInput`.
    public func scoreColumns(argument: String) throws -> Matrix<Double> {
        try Element._outputs(of: self, argument: argument)
    }

    /// The distance from 1 to the next larger number in the precision of the elements.
    public static var scoreResolution: Double {
        Element.self is Float.Type || Element.self is [Float].Type ? Double(Float.ulpOfOne) : Double.ulpOfOne
    }
}
