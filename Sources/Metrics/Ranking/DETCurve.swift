public import Estimators

/// The detection error tradeoff: the false positive rate and the false negative rate at each threshold.
///
/// ```swift
/// let (fpr, fnr, thresholds) = try detCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
/// // [0.5, 0.5, 0]   [0, 0.5, 0.5]   [0.35, 0.4, 0.8]
/// ```
///
/// - Parameters:
///   - yTrue: the true labels, one per sample, of two classes.
///   - yScore: the scores, probabilities or decision values of the positive class, one per sample.
///   - posLabel: the positive class; nil for 1 or `true` if the labels are 0 and 1 or −1 and 1.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - dropIntermediate: whether to leave out thresholds at which the false negative rate stays the same.
/// - Returns: the false positive rates in descending order, the false negative rates, and their thresholds in ascending
///   order.
/// - Throws: `EstimatorError` for what ``rocCurve(_:_:posLabel:sampleWeight:dropIntermediate:)`` rejects, and for a single
///   class.
/// - Complexity: O(n log n).
public func detCurve<Label: ClassLabel, Scores: ScoreTable>(
    _ yTrue: [Label], _ yScore: Scores, posLabel: Label? = nil, sampleWeight: [Double]? = nil,
    dropIntermediate: Bool = false
) throws -> (fpr: [Double], fnr: [Double], thresholds: [Double]) {
    var counts = try ThresholdCounts(yTrue, yScore, posLabel: posLabel, sampleWeight: sampleWeight)
    try Check.require(Set(yTrue).count == 2, "yTrue", "must contain two classes, but contains \(Set(yTrue).count)")
    counts.falsePositives.insert(0, at: 0)
    counts.truePositives.insert(0, at: 0)
    counts.thresholds.insert(.infinity, at: 0)
    if dropIntermediate {
        let right = counts.truePositives
        counts.keepCorners { right[$0] != right[$0 - 1] || right[$0 + 1] != right[$0] }
    }
    let (wrong, right) = (counts.falsePositives, counts.truePositives)
    let (negatives, positives) = (wrong.last ?? 0, right.last ?? 0)
    // From the last threshold without false positives to the first without false negatives.
    let first = (wrong.firstIndex { $0 > 0 } ?? wrong.count) - 1
    let last = right.firstIndex { $0 >= positives } ?? right.count - 1
    let kept = Array((first...max(first, last)).reversed())
    return (
        kept.map { wrong[$0] / negatives }, kept.map { (positives - right[$0]) / positives },
        kept.map { counts.thresholds[$0] }
    )
}
