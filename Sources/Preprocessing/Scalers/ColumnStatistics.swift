import Estimators
import LinearAlgebra

/// Count, mean and variance of one column, which can be merged with those of further rows.
///
/// Source: T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for computing the sample variance: analysis and
/// recommendations", The American Statistician 37 (1983), equations 1.5a and 1.5b, and the corrected two-pass
/// algorithm.
struct ColumnStatistics: Equatable, Sendable {
    /// The number of values that are not NaN, or the sum of their weights.
    var count: Double
    /// Σ wᵢ xᵢ, in ``unit``.
    var sum: Double
    /// Σ wᵢ (xᵢ − mean)², in the square of ``unit``.
    var squaredDeviations: Double
    /// A power of two: 1 unless sum or squares would overflow.
    var unit = 1.0

    var mean: Double { sum / count * unit }

    /// The variance; infinite for a standard deviation above 10¹⁵⁴.
    var variance: Double { squaredDeviations / count * unit * unit }

    /// The standard deviation; 1 for a column that is constant up to the rounding errors of the variance.
    var scale: Double {
        let (mean, variance, rounding) = (sum / count, squaredDeviations / count, count * Double.ulpOfOne)
        let bound = rounding * variance + (rounding * mean) * (rounding * mean)
        return variance <= bound ? 1 : variance.squareRoot() * unit
    }

    /// The statistics of every column, NaN left out.
    static func ofColumns(_ x: Matrix<Double>, weights: [Double]?) -> [ColumnStatistics] {
        withoutOverflow(Extremes.ofColumns(x)) { units in
            guard let units else { return inOneUnit(x, weights: weights) }
            var x = x
            try? x.applyToRows(with: units) { $0 / $1 }
            return inOneUnit(x, weights: weights)
        }
    }

    /// The statistics that `compute` finds, in units of their own for the columns whose sums or squares overflow.
    ///
    /// - Parameters:
    ///   - extremes: those of every column.
    ///   - compute: the statistics of the columns divided by the given units, nil for 1 each.
    static func withoutOverflow(
        _ extremes: @autoclosure () -> [Extremes], _ compute: (_ units: [Double]?) -> [ColumnStatistics]
    ) -> [ColumnStatistics] {
        let statistics = compute(nil)
        if statistics.allSatisfy(\.isFinite) { return statistics }
        let units = zip(statistics, extremes()).map { $0.isFinite ? 1 : ($1.magnitude ?? 1).binade }
        return zip(compute(units), units).map { statistics, unit in changed(statistics) { $0.unit = unit } }
    }

    private var isFinite: Bool { sum.isFinite && squaredDeviations.isFinite }

    private static func inOneUnit(_ x: Matrix<Double>, weights: [Double]?) -> [ColumnStatistics] {
        var counts = [Double](repeating: 0, count: x.columns)
        var sums = counts
        forEachValue(of: x, weights: weights) { column, value, weight in
            counts[column] += weight
            sums[column] += weight * value
        }
        let means = zip(sums, counts).map { $0 / $1 }
        var deviations = [Double](repeating: 0, count: x.columns)
        var squares = deviations
        forEachValue(of: x, weights: weights) { column, value, weight in
            let deviation = value - means[column]
            deviations[column] += weight * deviation
            squares[column] += weight * (deviation * deviation)
        }
        return (0..<x.columns).map { column in
            ColumnStatistics(
                count: counts[column], sum: sums[column], deviations: deviations[column], squares: squares[column])
        }
    }

    /// The statistics of the rows of both.
    func merged(with other: ColumnStatistics) -> ColumnStatistics {
        if count == 0 { return other }
        if other.count == 0 { return self }
        let unit = max(unit, other.unit)
        let merged = expressed(in: unit).added(to: other.expressed(in: unit))
        // The squares of half of the greatest exponent overflow; values in a unit of their own are below 2.
        return merged.isFinite ? merged : expressed(in: 0x1p512).added(to: other.expressed(in: 0x1p512))
    }

    /// The same statistics in another unit.
    private func expressed(in unit: Double) -> ColumnStatistics {
        let ratio = self.unit / unit
        return ColumnStatistics(
            count: count, sum: sum * ratio, squaredDeviations: squaredDeviations * ratio * ratio, unit: unit)
    }

    /// The statistics of the rows of both, in their common unit.
    private func added(to other: ColumnStatistics) -> ColumnStatistics {
        let total = count + other.count
        let ratio = count / other.count
        let distance = sum / ratio - other.sum
        return ColumnStatistics(
            count: total, sum: sum + other.sum,
            squaredDeviations: squaredDeviations + other.squaredDeviations + ratio / total * distance * distance,
            unit: unit)
    }

    private static func forEachValue(
        of x: Matrix<Double>, weights: [Double]?, _ body: (_ column: Int, _ value: Double, _ weight: Double) -> Void
    ) {
        x.withUnsafeElements { elements in
            for row in 0..<x.rows {
                let weight = weights?[row] ?? 1
                for column in 0..<x.columns {
                    let value = elements[row &* x.columns &+ column]
                    if !value.isNaN { body(column, value, weight) }
                }
            }
        }
    }
}

extension ColumnStatistics {
    /// The statistics of a column of which a second pass has summed the deviations from the mean of the first, and
    /// their squares.
    init(count: Double, sum: Double, deviations: Double, squares: Double) {
        // Where nothing was seen they are 0/0, which differs from itself.
        guard count != 0 else {
            self.init(count: 0, sum: 0, squaredDeviations: 0)
            return
        }
        // The deviations sum to 0 but for rounding; what they miss by corrects the squares.
        self.init(count: count, sum: sum, squaredDeviations: squares - deviations * deviations / count)
    }
}
