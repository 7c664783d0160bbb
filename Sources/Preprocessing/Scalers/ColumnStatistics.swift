import LinearAlgebra

/// Count, mean and variance of one column, which can be merged with those of further rows.
///
/// Source: T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for computing the sample variance: analysis and
/// recommendations", The American Statistician 37 (1983), equations 1.5a and 1.5b, and the corrected two-pass
/// algorithm.
struct ColumnStatistics: Equatable, Sendable {
    /// The number of values that are not NaN, or the sum of their weights.
    var count: Double
    var sum: Double
    /// Σ wᵢ (xᵢ − mean)².
    var squaredDeviations: Double

    var mean: Double { sum / count }
    var variance: Double { squaredDeviations / count }

    /// The standard deviation; 1 for a column that is constant up to the rounding errors of the variance.
    var scale: Double {
        let rounding = count * Double.ulpOfOne
        let bound = rounding * variance + (rounding * mean) * (rounding * mean)
        return variance <= bound ? 1 : variance.squareRoot()
    }

    /// The statistics of every column, NaN left out.
    static func ofColumns(_ x: Matrix<Double>, weights: [Double]?) -> [ColumnStatistics] {
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
        let total = count + other.count
        let ratio = count / other.count
        let distance = sum / ratio - other.sum
        return ColumnStatistics(
            count: total, sum: sum + other.sum,
            squaredDeviations: squaredDeviations + other.squaredDeviations + ratio / total * distance * distance)
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
