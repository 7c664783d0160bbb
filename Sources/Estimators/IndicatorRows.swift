public import LinearAlgebra

// A row of 0/1 indicators, one per class: a multilabel target.
extension Array: ClassificationTarget where Element == Int {
    /// The number of an indicator column.
    public typealias Label = Int

    /// `true`: a sample can belong to several classes or to none.
    public static var isMultilabel: Bool { true }

    /// Lexicographic order.
    public static func precedes(_ first: [Int], _ second: [Int]) -> Bool { first.lexicographicallyPrecedes(second) }

    /// The numbers of the indicator columns.
    ///
    /// - Throws: ``EstimatorError/invalidInput(argument:problem:)`` if there is no target, if rows differ in length or
    ///   are empty, or if an indicator is neither 0 nor 1.
    public static func classes(in targets: [[Int]], argument: String) throws -> [Int] {
        try Check.notEmpty(targets.count, argument: argument)
        try checkIndicators(targets, width: targets[0].count, argument: argument)
        return Array(0..<targets[0].count)
    }

    /// The indicators as they are.
    ///
    /// - Throws: ``EstimatorError/invalidInput(argument:problem:)`` if a row does not have the length of `classes`, or
    ///   an indicator is neither 0 nor 1.
    public static func encode<Scalar: MatrixScalar>(
        _ targets: [[Int]], classes: [Int], argument: String
    ) throws -> Matrix<Scalar> {
        try checkIndicators(targets, width: classes.count, argument: argument)
        return Matrix(rows: targets.count, columns: classes.count, elements: targets.joined().map { $0 == 1 ? 1 : 0 })
    }

    /// 1 for each column that is above one half.
    public static func decode<Scalar: MatrixScalar>(_ probabilities: Matrix<Scalar>, classes: [Int]) -> [[Int]] {
        (0..<probabilities.rows).map { sample in probabilities.rowSlice(sample).map { $0 > 0.5 ? 1 : 0 } }
    }

    private static func checkIndicators(_ targets: [[Int]], width: Int, argument: String) throws {
        for (sample, row) in targets.enumerated() {
            try Check.require(
                row.count == width && width > 0, argument,
                "must have rows of \(Swift.max(width, 1)) indicators, but \(argument)[\(sample)] has \(row.count)")
            try Check.indicators(row, argument, "\(argument)[\(sample)]")
        }
    }
}

extension Check {
    /// Rejects a row with a number that is neither 0 nor 1.
    package static func indicators(_ row: [Int], _ argument: String, _ place: @autoclosure () -> String) throws {
        guard let bad = row.first(where: { $0 != 0 && $0 != 1 }) else { return }
        try require(false, argument, "must consist of 0 and 1, but \(place()) contains \(bad)")
    }
}
