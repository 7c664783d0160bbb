package import LinearAlgebra

/// The checks that every function does on its users' data, each throwing a sentence with the argument's name.
package enum Check {
    /// Throws unless the condition holds.
    ///
    /// - Parameters:
    ///   - argument: the name of the argument.
    ///   - problem: the rest of the sentence: "must …, but …".
    /// - Throws: ``EstimatorError/invalidInput(argument:problem:)``.
    package static func require(
        _ condition: Bool, _ argument: @autoclosure () -> String, _ problem: @autoclosure () -> String
    ) throws {
        guard condition else { throw EstimatorError.invalidInput(argument: argument(), problem: problem()) }
    }

    /// Throws unless the condition holds.
    ///
    /// - Parameters:
    ///   - name: the name of the parameter.
    ///   - value: its value.
    ///   - allowed: what it must be, in words that follow "must be".
    /// - Throws: ``EstimatorError/invalidParameter(name:value:allowed:)``.
    package static func require<Value>(
        _ condition: Bool, parameter name: @autoclosure () -> String, _ value: @autoclosure () -> Value,
        allowed: @autoclosure () -> String
    ) throws {
        guard condition else {
            throw EstimatorError.invalidParameter(name: name(), value: "\(value())", allowed: allowed())
        }
    }

    /// Refuses a matrix without rows or columns, and NaN and infinite values.
    package static func features<Scalar: MatrixScalar>(
        _ x: Matrix<Scalar>, argument: String = "x", allowsNaN: Bool = false
    ) throws {
        try shape(rows: x.rows, columns: x.columns, argument: argument)
        try finite(x, argument: argument, allowsNaN: allowsNaN)
    }

    /// Refuses a sparse matrix without rows or columns, and NaN and infinite values.
    package static func features<Scalar: MatrixScalar>(
        _ x: SparseMatrix<Scalar>, argument: String = "x", allowsNaN: Bool = false
    ) throws {
        try shape(rows: x.rows, columns: x.columns, argument: argument)
        guard let bad = x.values.firstIndex(where: { !$0.isFinite && !(allowsNaN && $0.isNaN) }) else { return }
        throw EstimatorError.invalidInput(
            argument: argument,
            problem: "must contain \(allowsNaN ? "no infinite value" : "finite numbers only"), but "
                + "\(argument).values[\(bad)] is \(x.values[bad])")
    }

    private static func shape(rows: Int, columns: Int, argument: String) throws {
        guard rows > 0, columns > 0 else {
            throw EstimatorError.invalidInput(
                argument: argument, problem: "must have at least one row and one column, but is \(rows) × \(columns)")
        }
    }

    /// Refuses another number of columns than the estimator was fitted with.
    package static func featureCount(_ columns: Int, expected: Int, argument: String = "x") throws {
        guard columns == expected else {
            throw EstimatorError.invalidInput(
                argument: argument,
                problem: "must have \(expected) columns, as in the call of fit, but has \(columns)")
        }
    }

    /// Refuses NaN and infinite values, and names the first.
    package static func finite<Scalar: MatrixScalar>(
        _ x: Matrix<Scalar>, argument: String, allowsNaN: Bool = false
    ) throws {
        guard !x.isFinite else { return }
        try x.withUnsafeElements { elements in
            guard let bad = elements.firstIndex(where: { !$0.isFinite && !(allowsNaN && $0.isNaN) }) else { return }
            throw EstimatorError.invalidInput(
                argument: argument,
                problem: "must contain \(allowsNaN ? "no infinite value" : "finite numbers only"), but "
                    + "\(argument)[\(bad / x.columns), \(bad % x.columns)] is \(elements[bad])")
        }
    }

    /// Refuses NaN and infinite values, and names the first.
    package static func finite(_ values: [Double], argument: String) throws {
        guard let bad = values.firstIndex(where: { !$0.isFinite }) else { return }
        throw EstimatorError.invalidInput(
            argument: argument, problem: "must contain finite numbers only, but \(argument)[\(bad)] is \(values[bad])")
    }

    /// Refuses an array without elements.
    package static func notEmpty(_ count: Int, argument: String) throws {
        guard count > 0 else {
            throw EstimatorError.invalidInput(
                argument: argument, problem: "must have at least one element, but is empty")
        }
    }

    /// Refuses arguments whose samples do not pair up.
    package static func sameCount(
        _ count: Int, argument: String, as expected: Int, of other: String
    ) throws {
        guard count == expected else {
            throw EstimatorError.invalidInput(
                argument: argument,
                problem: "must have as many samples as \(other), but has \(count) where \(other) has \(expected)")
        }
    }

    /// Refuses weights of another number than the samples, not finite, negative, or with sum 0.
    package static func sampleWeight(_ weights: [Double]?, count: Int, of other: String = "x") throws {
        guard let weights else { return }
        try sameCount(weights.count, argument: "sampleWeight", as: count, of: other)
        try finite(weights, argument: "sampleWeight")
        if let bad = weights.firstIndex(where: { $0 < 0 }) {
            throw EstimatorError.invalidInput(
                argument: "sampleWeight",
                problem: "must contain no negative number, but sampleWeight[\(bad)] is \(weights[bad])")
        }
        let sum = weights.reduce(0, +)
        guard sum > 0, sum.isFinite else {
            throw EstimatorError.invalidInput(
                argument: "sampleWeight", problem: "must have a positive finite sum, but its sum is \(sum)")
        }
    }
}
