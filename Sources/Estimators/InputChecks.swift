package import LinearAlgebra

/// The checks of arguments. Each throws a sentence with the argument's name.
package enum Check {
    /// Throws unless the condition holds.
    ///
    /// - Parameters:
    ///   - argument: the name of the argument.
    ///   - problem: the rest of the sentence: "must …, but …".
    /// - Throws: ``EstimatorError/invalidInput(argument:problem:)``.
    @inlinable
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
    @inlinable
    package static func require<Value>(
        _ condition: Bool, parameter name: @autoclosure () -> String, _ value: @autoclosure () -> Value,
        allowed: @autoclosure () -> String
    ) throws {
        guard condition else {
            throw EstimatorError.invalidParameter(name: name(), value: "\(value())", allowed: allowed())
        }
    }

    /// Rejects a matrix without rows or columns, NaN and infinite values.
    package static func features<Scalar: MatrixScalar>(
        _ x: Matrix<Scalar>, argument: String = "x", allowsNaN: Bool = false
    ) throws {
        try shape(rows: x.rows, columns: x.columns, argument: argument)
        try finite(x, argument: argument, allowsNaN: allowsNaN)
    }

    /// Rejects a sparse matrix without rows or columns, NaN and infinite values.
    package static func features<Scalar: MatrixScalar>(
        _ x: SparseMatrix<Scalar>, argument: String = "x", allowsNaN: Bool = false
    ) throws {
        try shape(rows: x.rows, columns: x.columns, argument: argument)
        guard let bad = x.values.firstIndex(where: { !$0.isFinite && !(allowsNaN && $0.isNaN) }) else { return }
        let allowed = allowsNaN ? "no infinite value" : "finite numbers only"
        try require(false, argument, "must contain \(allowed), but \(argument).values[\(bad)] is \(x.values[bad])")
    }

    /// Rejects a shape without rows or columns.
    package static func shape(rows: Int, columns: Int, argument: String = "x") throws {
        try require(
            rows > 0 && columns > 0, argument, "must have at least one row and one column, but is \(rows) × \(columns)")
    }

    /// Rejects another number of columns than the estimator was fitted with.
    @inlinable
    package static func featureCount(_ columns: Int, expected: Int, argument: String = "x") throws {
        try require(
            columns == expected, argument, "must have \(expected) columns, as in the call of fit, but has \(columns)")
    }

    /// Rejects NaN and infinite values, and names the first.
    package static func finite<Scalar: MatrixScalar>(
        _ x: Matrix<Scalar>, argument: String, allowsNaN: Bool = false
    ) throws {
        guard !x.isFinite else { return }
        try x.withUnsafeElements { elements in
            guard let bad = elements.firstIndex(where: { !$0.isFinite && !(allowsNaN && $0.isNaN) }) else { return }
            let (allowed, place) = (allowsNaN ? "no infinite value" : "finite numbers only", x.place(of: bad))
            try require(false, argument, "must contain \(allowed), but \(argument)\(place) is \(elements[bad])")
        }
    }

    /// Rejects NaN and infinite values, and names the first.
    package static func finite(_ values: [Double], argument: String) throws {
        guard !values.withUnsafeBufferPointer(Double.allFinite) else { return }
        try noElement(of: values, argument, where: { !$0.isFinite }, "must contain finite numbers only")
    }

    /// Rejects an array with an element for which `isBad` holds, and names the first; `rule` says what is allowed.
    package static func noElement<Element>(
        of values: [Element], _ argument: String, where isBad: (Element) -> Bool, _ rule: @autoclosure () -> String
    ) throws {
        guard let bad = values.firstIndex(where: isBad) else { return }
        try require(false, argument, "\(rule()), but \(argument)[\(bad)] is \(values[bad])")
    }

    /// Rejects an array without elements.
    package static func notEmpty(_ count: Int, argument: String) throws {
        try require(count > 0, argument, "must have at least one element, but is empty")
    }

    /// Rejects arguments whose numbers of samples differ.
    package static func sameCount(
        _ count: Int, argument: String, as expected: Int, of other: String
    ) throws {
        try require(
            count == expected, argument,
            "must have as many samples as \(other), but has \(count) where \(other) has \(expected)")
    }

    /// Rejects weights that differ in number from the samples, are not finite or negative, or sum to 0.
    ///
    /// - Parameter allowsZero: whether the sum may be 0, as for a part of the samples.
    package static func sampleWeight(
        _ weights: [Double]?, count: Int, of other: String = "x", allowsZero: Bool = false
    ) throws {
        guard let weights else { return }
        try sameCount(weights.count, argument: "sampleWeight", as: count, of: other)
        try finite(weights, argument: "sampleWeight")
        try noElement(of: weights, "sampleWeight", where: { $0 < 0 }, "must contain no negative number")
        let sum = weights.reduce(0, +)
        try require(
            (sum > 0 || allowsZero) && sum.isFinite, "sampleWeight",
            "must have a positive finite sum, but its sum is \(sum)")
    }
}

extension Matrix {
    /// The row and column of an element, as in an error text: `[0, 1]`.
    package func place(of index: Int) -> String { "[\(index / columns), \(index % columns)]" }
}
