import Estimators
import Foundation
import LinearAlgebra
import NumPyRandom
import Tables

/// Small tables for training, the same in every run.
enum SmallTables {
    /// Positive numbers, as Box-Cox needs them: 60 × 3.
    static let positive = table(rows: 60, seed: 1)

    /// Other rows of the same kind.
    static let probe = table(rows: 5, seed: 2)

    /// A column without values and a constant one, from which transformers learn some NaN.
    static let gaps: Matrix<Double> = [[1, .nan, 4], [2, .nan, 4], [4, .nan, 4], [-0.0, .nan, 4]]

    /// Categorical and numeric columns with missing values.
    static let people: Table? = try? Table([
        "age": .numbers([30, .nan, 50, 40, 61, 18]),
        "job": .strings(["smith", nil, "clerk", "smith", "\u{1F9D1}\u{200D}\u{1F33E}\"\\\n\u{0}", "e\u{301}"]),
        "hours": .numbers([40, 20, 30, 38, 0, 41]),
    ])

    /// Between −1 and 1.
    static func features(rows: Int = 40, columns: Int = 4) -> Matrix<Double> {
        table(rows: rows, columns: columns, seed: 3).map { sin(5 * $0) }
    }

    /// The numbers 0 ..< count, in the order of a nonlinear function of the features.
    static func classes(_ x: Matrix<Double>, count: Int) -> [Int] {
        let numbers = targets(x)
        let ranks = numbers.indices.sorted { numbers[$0] < numbers[$1] }
        var classes = [Int](repeating: 0, count: x.rows)
        for (rank, row) in ranks.enumerated() { classes[row] = rank * count / x.rows }
        return classes
    }

    /// A nonlinear function of the features.
    static func targets(_ x: Matrix<Double>) -> [Double] {
        (0..<x.rows).map { row in x[row, 0] - 0.5 * x[row, 1] + x[row, 0] * x[row, x.columns - 1] }
    }

    private static func table(rows: Int, columns: Int = 3, seed: UInt32) -> Matrix<Double> {
        var random = RandomState(seed: seed)
        let elements = (0..<rows * columns).map { _ in exp(0.5 * random.standardNormal()) }
        return Matrix(rows: rows, columns: columns, elements: elements)
    }
}
