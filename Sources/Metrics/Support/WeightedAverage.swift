import LinearAlgebra

/// Σ wᵢ·vᵢ / Σ wᵢ in NumPy's order of additions; without weights, all are 1.
func average(_ values: some Collection<Double>, weights: [Double]?) -> Double {
    let mean =
        if let weights {
            pairwiseSum(zip(values, weights).map { $0 * $1 }) / pairwiseSum(weights)
        } else {
            pairwiseSum(Array(values)) / Double(values.count)
        }
    guard !mean.isFinite, values.allSatisfy(\.isFinite), let unit = values.map(\.magnitude.binade).max(), unit > 1
    else { return mean }
    // The sum overflows; a power of two is divided out, which rounds nothing.
    return average(values.map { $0 / unit }, weights: weights) * unit
}

/// The weighted average of the values, or with `normalize: false` their weighted sum.
func total(_ values: [Double], weights: [Double]?, normalize: Bool) -> Double {
    if normalize { return average(values, weights: weights) }
    return zip(values, weights ?? Array(repeating: 1, count: values.count)).reduce(0) { $0 + $1.0 * $1.1 }
}

/// The average over the values that are not NaN; if their weights are all 0, the plain average.
func averageIgnoringNaN(_ values: [Double], weights: [Double]?) -> Double {
    let kept = values.indices.filter { !values[$0].isNaN }
    let defined = kept.map { values[$0] }
    guard let weights = weights.map({ weights in kept.map { weights[$0] } }), weights.reduce(0, +) != 0 else {
        return average(defined, weights: nil)
    }
    return average(defined, weights: weights)
}
