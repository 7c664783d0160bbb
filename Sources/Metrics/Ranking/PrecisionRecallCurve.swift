public import Estimators

/// Precision and recall at each threshold.
///
/// - Parameters:
///   - yTrue: the true labels, one per sample.
///   - yScore: the scores, probabilities or decision values of the positive class, one per sample.
///   - posLabel: the positive class; all others are negative. nil for 1 or `true` if the labels are 0 and 1 or −1 and
///     1.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - dropIntermediate: whether to leave out thresholds with the same number of true positives as both of their
///     neighbors.
/// - Returns: the precision and the recall at each threshold, followed by 1 and 0, and the thresholds in ascending
///   order. Without positive samples, all recalls are 1.
/// - Throws: `EstimatorError` for what ``rocCurve(_:_:posLabel:sampleWeight:dropIntermediate:)`` rejects.
/// - Complexity: O(n log n).
public func precisionRecallCurve<Label: ClassLabel, Scores: ScoreTable>(
    _ yTrue: [Label], _ yScore: Scores, posLabel: Label? = nil, sampleWeight: [Double]? = nil,
    dropIntermediate: Bool = false
) throws -> (precision: [Double], recall: [Double], thresholds: [Double]) {
    let counts = try ThresholdCounts(yTrue, yScore, posLabel: posLabel, sampleWeight: sampleWeight)
    return precisionRecallCurve(counts, dropIntermediate: dropIntermediate)
}

func precisionRecallCurve(
    _ counts: ThresholdCounts, dropIntermediate: Bool
) -> (precision: [Double], recall: [Double], thresholds: [Double]) {
    var counts = counts
    if dropIntermediate {
        let right = counts.truePositives
        counts.keepCorners { right[$0] != right[$0 - 1] || right[$0 + 1] != right[$0] }
    }
    let all = counts.truePositives.last ?? 0
    if all == 0 { FitWarnings.warn("Recall is set to 1 at all thresholds, since yTrue has no positive samples.") }
    let precision = zip(counts.truePositives, counts.falsePositives).map { $0 + $1 == 0 ? 0 : $0 / ($0 + $1) }
    let recall = counts.truePositives.map { all == 0 ? 1 : $0 / all }
    return (precision.reversed() + [1], recall.reversed() + [0], counts.thresholds.reversed())
}

// MARK: - Average precision

/// The mean of the precisions at the thresholds, each weighted by the gain in recall: Σ (Rᵢ − Rᵢ₋₁) Pᵢ.
///
/// - Parameters:
///   - yTrue: the true targets, one per sample: labels, or rows of 0/1 indicators.
///   - yScore: the scores, probabilities or decision values. For up to two classes: those of the positive class.
///     Otherwise: a column per class or indicator.
///   - average: how the scores of the classes become one; ignored for two classes.
///   - posLabel: the positive class of two; nil for 1 or `true`. Not for more classes or multilabel targets.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
/// - Returns: a number in 0 ... 1; 0 for a class without samples.
/// - Throws: `EstimatorError` for numbers of samples or classes that differ, for scores that are not finite, for
///   weights that are negative, not finite, or sum to 0, for `.binary`, and for a `posLabel` that does not occur.
/// - Complexity: O(n log n · classes).
public func averagePrecisionScore<Target: ClassificationTarget, Scores: ScoreTable>(
    _ yTrue: [Target], _ yScore: Scores, average: Average = .macro, posLabel: Target.Label? = nil,
    sampleWeight: [Double]? = nil
) throws -> Double {
    try average.check(oneOf: [.micro, .macro, .weighted, .samples], of: "this score")
    return try averagePrecision(yTrue, yScore, posLabel: posLabel, sampleWeight: sampleWeight).averaged(average)
}

/// The mean of the precisions at the thresholds, each weighted by the gain in recall, for each class.
///
/// - Parameters:
///   - yTrue: the true targets, one per sample: labels, or rows of 0/1 indicators.
///   - yScore: the scores, probabilities or decision values. For up to two classes: those of the positive class.
///     Otherwise: a column per class or indicator.
///   - average: always nil.
///   - posLabel: the positive class of two; nil for 1 or `true`.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
/// - Returns: a number in 0 ... 1 for each class; a single one for up to two classes.
/// - Throws: `EstimatorError` as the overload that averages.
public func averagePrecisionScore<Target: ClassificationTarget, Scores: ScoreTable>(
    _ yTrue: [Target], _ yScore: Scores, average: PerClass?, posLabel: Target.Label? = nil,
    sampleWeight: [Double]? = nil
) throws -> [Double] {
    try averagePrecision(yTrue, yScore, posLabel: posLabel, sampleWeight: sampleWeight).perClass
}

private func averagePrecision<Target: ClassificationTarget, Scores: ScoreTable>(
    _ yTrue: [Target], _ yScore: Scores, posLabel: Target.Label?, sampleWeight: [Double]?
) throws -> RankingScore {
    let scores = try checkedScores(yScore, of: yTrue.count, sampleWeight: sampleWeight)
    let ranking = try Ranking(yTrue, scores, sampleWeight: sampleWeight)
    let conventional = conventionalPositive(Target.Label.self)
    if ranking.isBinary {
        if let positive = posLabel ?? conventional, ranking.classes.count < 2 || ranking.classes.contains(positive) {
            return try ranking.scored(positive: positive, by: averagePrecision)
        }
        throw EstimatorError.invalidParameter(
            name: "posLabel", value: posLabel.map { "\($0)" } ?? "nil",
            allowed: "one of the labels (\(listed(ranking.classes)))")
    }
    try Check.require(
        posLabel == nil || posLabel == conventional, parameter: "posLabel", posLabel.map { "\($0)" } ?? "nil",
        allowed: "nil for several classes or indicators")
    return try ranking.scored(by: averagePrecision)
}

private func averagePrecision(_ positives: [Bool], _ scores: [Double], _ weights: [Double]?) -> Double {
    let counts = ThresholdCounts(positives: positives, scores: scores, sampleWeight: weights)
    let (precision, recall, _) = precisionRecallCurve(counts, dropIntermediate: false)
    let area = precision.indices.dropLast().reduce(0) { $0 - (recall[$1 + 1] - recall[$1]) * precision[$1] }
    return max(0, area)
}
