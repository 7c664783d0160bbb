public import Estimators
import LinearAlgebra

/// How much a prediction of two classes changes the odds of the positive one: the positive and the negative likelihood
/// ratio.
///
/// Formula: recall / (1 − specificity), and (1 − recall) / specificity.
///
/// - Parameters:
///   - yTrue: the true labels, one per sample, of two classes.
///   - yPred: the predicted labels, one per sample.
///   - labels: both classes, the positive one last; nil for ascending order.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - replaceUndefinedBy: the ratios where a division by 0 would occur: the first NaN or at least 1, the second NaN or
///     in 0 ... 1.
/// - Returns: the positive ratio, greater being better, and the negative ratio, less being better. Both are NaN without
///   positive samples.
/// - Throws: `EstimatorError` for numbers of samples that differ, other than two classes, and replacements out of range.
/// - Complexity: O(n).
public func classLikelihoodRatios<Label: ClassLabel>(
    _ yTrue: [Label], _ yPred: [Label], labels: [Label]? = nil, sampleWeight: [Double]? = nil,
    replaceUndefinedBy: (positive: Double, negative: Double) = (.nan, .nan)
) throws -> (positive: Double, negative: Double) {
    let (positive, negative) = replaceUndefinedBy
    try Check.require(
        (positive.isNaN || positive >= 1) && (negative.isNaN || (0...1).contains(negative)),
        parameter: "replaceUndefinedBy", replaceUndefinedBy, allowed: "NaN or at least 1, and NaN or in 0 ... 1")
    let counts = try confusionMatrix(yTrue, yPred, labels: labels, sampleWeight: sampleWeight)
    try Check.require(
        counts.rows == 2, "yTrue", "must contain two classes together with yPred, but contains \(counts.rows)")
    let (tn, fp, fn, tp) = (counts[0, 0], counts[0, 1], counts[1, 0], counts[1, 1])
    let (positives, negatives) = (tp + fn, tn + fp)
    if positives == 0 { FitWarnings.warn("The likelihood ratios are nan, since yTrue has no positive samples.") }
    func ratio(_ numerator: Double, _ denominator: Double, _ count: Double, _ name: String, _ fallback: Double)
        -> Double
    {
        guard count == 0 else { return numerator / denominator }
        FitWarnings.warn("The \(name) likelihood ratio is undefined: replaceUndefinedBy chooses a value.")
        return fallback
    }
    return (
        ratio(tp * negatives, fp * positives, fp, "positive", positive),
        ratio(fn * negatives, tn * positives, tn, "negative", negative)
    )
}
