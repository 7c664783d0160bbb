public import LinearAlgebra

/// What a regressor predicts for one sample: a number, or an array of numbers for several outputs.
public protocol RegressionTarget: Equatable, Sendable {
    /// Samples × outputs.
    ///
    /// - Throws: ``EstimatorError/invalidInput(argument:problem:)`` if there is no target, if rows differ in length or
    ///   are empty, or if a number is NaN or infinite.
    static func _outputs(of targets: [Self], argument: String) throws -> Matrix<Double>

    /// The targets that are the rows of samples × outputs.
    static func _targets(from outputs: Matrix<Double>) -> [Self]
}

extension Double: RegressionTarget {
    /// One column.
    ///
    /// - Throws: ``EstimatorError/invalidInput(argument:problem:)``.
    public static func _outputs(of targets: [Double], argument: String) throws -> Matrix<Double> {
        try Check.notEmpty(targets.count, argument: argument)
        try Check.finite(targets, argument: argument)
        return Matrix(rows: targets.count, columns: 1, elements: targets)
    }

    /// The only column.
    public static func _targets(from outputs: Matrix<Double>) -> [Double] { outputs.elements }
}

extension Float: RegressionTarget {
    /// One column.
    ///
    /// - Throws: ``EstimatorError/invalidInput(argument:problem:)``.
    public static func _outputs(of targets: [Float], argument: String) throws -> Matrix<Double> {
        try Double._outputs(of: targets.map(Double.init), argument: argument)
    }

    /// The only column, rounded.
    public static func _targets(from outputs: Matrix<Double>) -> [Float] { outputs.elements.map { Float($0) } }
}

extension Array: RegressionTarget where Element: RegressionTarget & BinaryFloatingPoint {
    /// One column per element.
    ///
    /// - Throws: ``EstimatorError/invalidInput(argument:problem:)``.
    public static func _outputs(of targets: [[Element]], argument: String) throws -> Matrix<Double> {
        try Check.notEmpty(targets.count, argument: argument)
        let width = targets[0].count
        let odd = targets.firstIndex { $0.count != width || $0.isEmpty } ?? 0
        try Check.require(
            targets[odd].count == width && width > 0, argument,
            "must have rows of \(Swift.max(width, 1)) outputs, but \(argument)[\(odd)] has \(targets[odd].count)")
        let outputs = Matrix(rows: targets.count, columns: width, elements: targets.joined().map { Double($0) })
        try Check.finite(outputs, argument: argument)
        return outputs
    }

    /// The rows, rounded.
    public static func _targets(from outputs: Matrix<Double>) -> [[Element]] {
        (0..<outputs.rows).map { outputs.rowSlice($0).map { Element($0) } }
    }
}
