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
