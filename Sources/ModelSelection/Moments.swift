import LinearAlgebra

// Sums follow NumPy's order of additions: folds or candidates that tie in scikit-learn must tie here, to the last bit.

/// The mean of at least one value.
func mean(of values: [Double]) -> Double { pairwiseSum(values) / Double(values.count) }

/// The standard deviation of at least one value, where the sum of the squares is divided by their number.
///
/// - Parameter sum: the order of the additions.
func standardDeviation(of values: [Double], sum: ([Double]) -> Double = pairwiseSum) -> Double {
    let centre = sum(values) / Double(values.count)
    return (sum(values.map { ($0 - centre) * ($0 - centre) }) / Double(values.count)).squareRoot()
}
