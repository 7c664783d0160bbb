/// Σ wᵢ·vᵢ / Σ wᵢ, all weights being 1 where none are given.
func average(_ values: some Collection<Double>, weights: [Double]?) -> Double {
    guard let weights else { return values.reduce(0, +) / Double(values.count) }
    return zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
}
