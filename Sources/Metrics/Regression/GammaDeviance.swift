public import Estimators
import RealModule

/// The mean deviance of predicted means of a gamma distribution from true numbers: it depends only on the ratio of
/// prediction and target.
///
/// Formula: 2 Σ wᵢ (ln(ŷᵢ / yᵢ) + yᵢ / ŷᵢ − 1) / Σ wᵢ.
///
/// - Parameters:
///   - yTrue: the true targets, one number above 0 per sample.
///   - yPred: the predicted targets, one number above 0 per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
/// - Returns: a number of at least 0.
/// - Throws: `EstimatorError.invalidInput` when there are no samples, when numbers of samples differ, for targets that are
///   not finite or not above 0, several outputs, and weights that are negative, not finite, or sum to 0.
/// - Complexity: O(n).
public func meanGammaDeviance<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil
) throws -> Double {
    let outputs = try PairedOutputs(yTrue, yPred, sampleWeight: sampleWeight)
    let (truth, prediction) = try outputs.single(of: "meanGammaDeviance")
    try checkPositive(truth, argument: "yTrue")
    try checkPositive(prediction, argument: "yPred")
    let deviances = zip(truth, prediction).map { truth, prediction in
        2 * (Double.log(prediction / truth) + truth / prediction - 1)
    }
    return average(deviances, weights: sampleWeight)
}
