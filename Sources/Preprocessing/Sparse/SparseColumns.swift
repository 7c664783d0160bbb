import Estimators
import LinearAlgebra

// Statistics of the columns of sparse features; zeros that are not stored count.

extension Check {
    /// Rejects sparse features for an estimator that is not fitted, or that was fitted with another number of columns,
    /// and infinite values.
    static func transformable<Scalar: MatrixScalar>(
        _ x: SparseMatrix<Scalar>, nFeaturesIn: Int?, of estimator: String, allowsNaN: Bool = true
    ) throws {
        guard let nFeaturesIn else { throw EstimatorError.notFitted(estimator: estimator) }
        try features(x, allowsNaN: allowsNaN)
        try featureCount(x.columns, expected: nFeaturesIn)
    }
}

extension SparseMatrix {
    /// A copy with `change` applied to every stored element and its column, in double precision.
    func mappingStored(_ change: (_ value: Double, _ column: Int) -> Double) -> SparseMatrix {
        converted { values in Scalar.rounding(zip(Scalar.doubles(values), columnIndices).map(change)) }
    }

    /// Calls `body` with every stored element.
    fileprivate func forEachStored(_ body: (_ row: Int, _ column: Int, _ value: Double) -> Void) {
        let doubles = Scalar.doubles(values)
        for row in 0..<rows {
            for position in rowOffsets[row]..<rowOffsets[row + 1] {
                body(row, columnIndices[position], doubles[position])
            }
        }
    }
}

extension ColumnStatistics {
    /// The statistics of every column, NaN left out.
    static func ofColumns<Scalar: MatrixScalar>(
        _ x: SparseMatrix<Scalar>, weights: [Double]?
    ) -> [ColumnStatistics] {
        withoutOverflow(Extremes.ofColumns(x)) { units in
            inOneUnit(units.map { units in x.mappingStored { $0 / units[$1] } } ?? x, weights: weights)
        }
    }

    private static func inOneUnit<Scalar: MatrixScalar>(
        _ x: SparseMatrix<Scalar>, weights: [Double]?
    ) -> [ColumnStatistics] {
        let x = x.canonical
        let total = weights?.reduce(0, +) ?? Double(x.rows)
        var storedCounts = [Int](repeating: 0, count: x.columns)
        var zeros = [Double](repeating: total, count: x.columns)
        var counts = [Double](repeating: 0, count: x.columns)
        var sums = counts
        x.forEachStored { row, column, value in
            let weight = weights?[row] ?? 1
            storedCounts[column] += 1
            zeros[column] -= weight
            guard !value.isNaN else { return }
            counts[column] += weight
            sums[column] += weight * value
        }
        for column in 0..<x.columns {
            // Weights that were subtracted one by one leave a rounding error where no zero is left.
            if storedCounts[column] == x.rows { zeros[column] = 0 }
            counts[column] += zeros[column]
        }
        let means = zip(sums, counts).map { $0 / $1 }
        var deviations = zip(zeros, means).map { $0 > 0 ? -$0 * $1 : 0 }
        var squares = zip(zeros, means).map { $0 > 0 ? $0 * ($1 * $1) : 0 }
        x.forEachStored { row, column, value in
            guard !value.isNaN else { return }
            let (weight, deviation) = (weights?[row] ?? 1, value - means[column])
            deviations[column] += weight * deviation
            squares[column] += weight * (deviation * deviation)
        }
        return (0..<x.columns).map { column in
            ColumnStatistics(
                count: counts[column], sum: sums[column], deviations: deviations[column], squares: squares[column])
        }
    }
}

extension Extremes {
    /// The extremes of every column.
    static func ofColumns<Scalar: MatrixScalar>(_ x: SparseMatrix<Scalar>) -> [Extremes] {
        let x = x.canonical
        var storedCounts = [Int](repeating: 0, count: x.columns)
        var extremes = [Extremes](repeating: Extremes(), count: x.columns)
        x.forEachStored { _, column, value in
            storedCounts[column] += 1
            guard !value.isNaN else { return }
            extremes[column] = extremes[column].merged(with: Extremes(minimum: value, maximum: value))
        }
        for column in 0..<x.columns where storedCounts[column] < x.rows {
            extremes[column] = extremes[column].merged(with: Extremes(minimum: 0, maximum: 0))
        }
        return extremes
    }
}
