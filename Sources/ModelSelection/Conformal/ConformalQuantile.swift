import Estimators

/// The miscoverage 1 − `confidenceLevel`, without the rounding error of the subtraction.
///
/// - Throws: `EstimatorError.invalidParameter` for a level outside of (0, 1).
func miscoverage(of confidenceLevel: Double) throws -> Double {
    try Check.require(
        confidenceLevel > 0 && confidenceLevel < 1, parameter: "confidenceLevel", confidenceLevel,
        allowed: "a number in (0, 1)")
    return (1e15 - (confidenceLevel * 1e15).rounded()) / 1e15
}

/// The ⌈level · (n + 1)⌉-th smallest of n scores: the bound below which a new one lies with at least that probability.
///
/// - Returns: infinity if there are too few scores and `isInfiniteAllowed`.
/// - Throws: `EstimatorError.invalidInput` if there are too few scores.
func conformalQuantile(_ scores: [Double], level: Double, isInfiniteAllowed: Bool) throws -> Double {
    let rank = Int((level * Double(scores.count + 1)).rounded(.up))
    guard rank > scores.count else { return scores.sorted()[max(rank, 1) - 1] }
    try Check.require(
        isInfiniteAllowed, "confidenceLevel",
        "must be at most n/(n + 1) for n samples that conformity scores come from, but of \(scores.count) samples the "
            + "\(rank)-th is needed; use more samples, a lower level, or allowInfiniteBounds: true")
    return .infinity
}
