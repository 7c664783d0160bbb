public import Estimators
import RealModule

/// The mean deviance of predicted rates of a Poisson distribution from true counts.
///
/// Formula: 2 Σ wᵢ (yᵢ ln(yᵢ / ŷᵢ) − yᵢ + ŷᵢ) / Σ wᵢ, where 0 ln 0 is 0.
///
/// - Parameters:
///   - yTrue: the true targets, one number of at least 0 per sample.
///   - yPred: the predicted targets, one number above 0 per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
/// - Returns: a number of at least 0.
/// - Throws: `EstimatorError.invalidInput` when there are no samples, when numbers of samples differ, for targets
///   that are not finite, negative true and non-positive predicted ones, several outputs, and weights that are
///   negative, not finite, or sum to 0.
/// - Complexity: O(n).
public func meanPoissonDeviance<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil
) throws -> Double {
    let outputs = try PairedOutputs(yTrue, yPred, sampleWeight: sampleWeight)
    let (truth, prediction) = try outputs.single(of: "meanPoissonDeviance")
    let bad = truth.firstIndex { $0 < 0 } ?? -1
    try Check.require(bad < 0, "yTrue", "must contain no negative number, but yTrue[\(bad)] is \(truth[bad])")
    try checkPositive(prediction, argument: "yPred")
    let deviances = zip(truth, prediction).map { truth, prediction in
        2 * ((truth == 0 ? 0 : truth * Double.log(truth / prediction)) - truth + prediction)
    }
    return average(deviances, weights: sampleWeight)
}

/// Rejects numbers that are not above 0.
func checkPositive(_ values: [Double], argument: String) throws {
    let bad = values.firstIndex { $0 <= 0 } ?? -1
    try Check.require(
        bad < 0, argument, "must contain positive numbers only, but \(argument)[\(bad)] is \(values[bad])")
}
