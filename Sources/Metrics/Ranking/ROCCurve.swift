public import Estimators

/// The receiver operating characteristic: the true positive rate as a function of the false positive rate, at each
/// threshold.
///
/// ```swift
/// let (fpr, tpr, thresholds) = try rocCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
/// // [0, 0, 0.5, 0.5, 1]   [0, 0.5, 0.5, 1, 1]   [inf, 0.8, 0.4, 0.35, 0.1]
/// ```
///
/// - Parameters:
///   - yTrue: the true labels, one per sample.
///   - yScore: the scores, probabilities or decision values of the positive class, one per sample.
///   - posLabel: the positive class; all others are negative. nil for 1 or `true` if the labels are 0 and 1 or −1 and
///     1.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - dropIntermediate: whether to leave out points on a straight line between their neighbors.
/// - Returns: the false positive rates and the true positive rates in ascending order, and their thresholds in
///   descending order from infinity. Without negative samples the false positive rate is NaN, without positive samples
///   the true positive rate.
/// - Throws: `EstimatorError` for numbers of samples that differ, for scores that are not finite, for weights that are
///   negative, not finite, or sum to 0, and without `posLabel` for other labels.
/// - Complexity: O(n log n).
public func rocCurve<Label: ClassLabel, Scores: ScoreTable>(
    _ yTrue: [Label], _ yScore: Scores, posLabel: Label? = nil, sampleWeight: [Double]? = nil,
    dropIntermediate: Bool = true
) throws -> (fpr: [Double], tpr: [Double], thresholds: [Double]) {
    let counts = try ThresholdCounts(yTrue, yScore, posLabel: posLabel, sampleWeight: sampleWeight)
    return rocCurve(counts, dropIntermediate: dropIntermediate)
}

func rocCurve(
    _ counts: ThresholdCounts, dropIntermediate: Bool
) -> (fpr: [Double], tpr: [Double], thresholds: [Double]) {
    var counts = counts
    if dropIntermediate {
        func bends(_ values: [Double], at point: Int) -> Bool {
            (values[point + 1] - values[point]) - (values[point] - values[point - 1]) != 0
        }
        let (wrong, right) = (counts.falsePositives, counts.truePositives)
        counts.keepCorners { bends(wrong, at: $0) || bends(right, at: $0) }
    }
    func rate(_ counts: [Double], _ name: String, of samples: String) -> [Double] {
        let all = counts.last ?? 0
        if all <= 0 { FitWarnings.warn("\(name) is nan, since yTrue has no \(samples) samples.") }
        return ([0] + counts).map { all > 0 ? $0 / all : .nan }
    }
    return (
        rate(counts.falsePositives, "The false positive rate", of: "negative"),
        rate(counts.truePositives, "The true positive rate", of: "positive"), [.infinity] + counts.thresholds
    )
}
