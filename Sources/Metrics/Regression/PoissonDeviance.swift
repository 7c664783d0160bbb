public import Estimators
import RealModule

/// The mean deviance of predicted rates of a Poisson distribution from true counts.
///
/// Formula: 2 Σ wᵢ (yᵢ ln(yᵢ / ŷᵢ) − yᵢ + ŷᵢ) / Σ wᵢ, where 0 ln 0 is 0.
///
/// - Parameters:
///   - yTrue: the true targets, one number of at least 0 per sample.
///   - yPred: the predicted targets, as many numbers above 0.
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
    if let bad = truth.firstIndex(where: { $0 < 0 }) {
        throw EstimatorError.invalidInput(
            argument: "yTrue", problem: "must contain no negative number, but yTrue[\(bad)] is \(truth[bad])")
    }
    if let bad = prediction.firstIndex(where: { $0 <= 0 }) {
        throw EstimatorError.invalidInput(
            argument: "yPred", problem: "must contain positive numbers only, but yPred[\(bad)] is \(prediction[bad])")
    }
    let deviances = zip(truth, prediction).map { truth, prediction in
        2 * ((truth == 0 ? 0 : truth * Double.log(truth / prediction)) - truth + prediction)
    }
    return average(deviances, weights: sampleWeight)
}
