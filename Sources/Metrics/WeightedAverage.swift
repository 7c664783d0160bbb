/// Σ wᵢ·vᵢ / Σ wᵢ, all weights being 1 where none are given.
func average(_ values: some Collection<Double>, weights: [Double]?) -> Double {
    guard let weights else { return values.reduce(0, +) / Double(values.count) }
    return zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
}

/// The average over the values that are not NaN; where their weights are all 0, each counts the same.
func averageIgnoringNaN(_ values: [Double], weights: [Double]?) -> Double {
    let kept = values.indices.filter { !values[$0].isNaN }
    let defined = kept.map { values[$0] }
    guard let weights = weights.map({ weights in kept.map { weights[$0] } }), weights.reduce(0, +) != 0 else {
        return average(defined, weights: nil)
    }
    return average(defined, weights: weights)
}

/// The sum in NumPy's order of additions: halves of halves, and in blocks of up to 128 eight running sums.
///
/// Where every digit of a sum of weights is shown, the order decides the last one.
package func pairwiseSum(_ values: [Double]) -> Double { pairwiseSum(values[...]) }

private func pairwiseSum(_ values: ArraySlice<Double>) -> Double {
    guard values.count >= 8 else { return values.reduce(0, +) }
    guard values.count <= 128 else {
        let half = values.startIndex + values.count / 16 * 8
        return pairwiseSum(values[..<half]) + pairwiseSum(values[half...])
    }
    let whole = values.startIndex + values.count / 8 * 8
    var sums = Array(values.prefix(8))
    for index in (values.startIndex + 8)..<whole { sums[(index - values.startIndex) % 8] += values[index] }
    let sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
    return values[whole...].reduce(sum, +)
}
