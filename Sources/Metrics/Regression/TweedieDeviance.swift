public import Estimators
import RealModule

/// The mean deviance of a Tweedie distribution: normal for power 0, Poisson for 1, gamma for 2, compound Poisson between.
///
/// - Parameters:
///   - yTrue: the true targets, one number per sample: at least 0 for a power in [1, 2), above 0 from 2 on.
///   - yPred: the predicted targets, one number per sample: above 0 unless the power is 0.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - power: the exponent of the mean in the variance: at most 0, or at least 1.
/// - Returns: a number of at least 0.
/// - Throws: `EstimatorError` for numbers of samples that differ, targets that are not finite or out of range, several
///   outputs, and a power in (0, 1).
/// - Complexity: O(n).
public func meanTweedieDeviance<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, power: Double = 0
) throws -> Double {
    let outputs = try PairedOutputs(yTrue, yPred, sampleWeight: sampleWeight)
    let (truth, prediction) = try outputs.single(of: "meanTweedieDeviance")
    try checkTweedie(truth, prediction, power: power)
    return tweedie(truth, prediction, power, sampleWeight)
}

/// The fraction of the Tweedie deviance that predictions explain, compared with the mean of the targets.
///
/// - Parameters:
///   - yTrue: the true targets, as for ``meanTweedieDeviance(_:_:sampleWeight:power:)``.
///   - yPred: the predicted targets, one number per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - power: the exponent of the mean in the variance: at most 0, or at least 1.
/// - Returns: at most 1; R² for power 0; NaN for a single sample.
/// - Throws: `EstimatorError` for what ``meanTweedieDeviance(_:_:sampleWeight:power:)`` rejects.
public func d2TweedieScore<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, power: Double = 0
) throws -> Double {
    let outputs = try PairedOutputs(yTrue, yPred, sampleWeight: sampleWeight)
    let (truth, prediction) = try outputs.single(of: "d2TweedieScore")
    try checkTweedie(truth, prediction, power: power)
    guard hasDeviance(truth.count) else { return .nan }
    let constant = Array(repeating: average(truth, weights: sampleWeight), count: truth.count)
    return 1 - tweedie(truth, prediction, power, sampleWeight) / tweedie(truth, constant, power, sampleWeight)
}

private func checkTweedie(_ truth: [Double], _ prediction: [Double], power: Double) throws {
    try Check.require(
        power.isFinite && (power <= 0 || power >= 1), parameter: "power", power,
        allowed: "a finite number of at most 0, or at least 1")
    if power != 0 { try checkPositive(prediction, argument: "yPred") }
    if power >= 2 {
        try checkPositive(truth, argument: "yTrue")
    } else if power >= 1 {
        try Check.noElement(of: truth, "yTrue", where: { $0 < 0 }, "must contain no negative number")
    }
}

private func tweedie(_ truth: [Double], _ prediction: [Double], _ p: Double, _ weights: [Double]?) -> Double {
    average(
        zip(truth, prediction).map { y, mean in
            switch p {
            case 0: return (y - mean) * (y - mean)
            case 1: return 2 * ((y == 0 ? 0 : y * Double.log(y / mean)) - y + mean)
            case 2: return 2 * (Double.log(mean / y) + y / mean - 1)
            default:
                return 2
                    * (Double.pow(max(y, 0), 2 - p) / ((1 - p) * (2 - p)) - y * Double.pow(mean, 1 - p) / (1 - p)
                        + Double.pow(mean, 2 - p) / (2 - p))
            }
        }, weights: weights)
}
