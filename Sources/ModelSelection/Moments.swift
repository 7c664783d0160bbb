import LinearAlgebra

// Sums are taken in NumPy's order, since rounding decides here: folds or candidates that tie there must tie here.

/// The mean of at least one value.
func mean(of values: [Double]) -> Double { pairwiseSum(values) / Double(values.count) }

/// The standard deviation of at least one value, the sum of the squares being divided by their number.
///
/// - Parameter sum: how to add up.
func standardDeviation(of values: [Double], sum: ([Double]) -> Double = pairwiseSum) -> Double {
    let centre = sum(values) / Double(values.count)
    return (sum(values.map { ($0 - centre) * ($0 - centre) }) / Double(values.count)).squareRoot()
}
