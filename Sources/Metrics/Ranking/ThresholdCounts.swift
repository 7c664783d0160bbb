import Estimators
import LinearAlgebra

/// The numbers (or weights) of true and false positives at each threshold, in descending order of thresholds.
///
/// Each distinct score is a threshold. Samples with at least this score are predicted as positive.
struct ThresholdCounts {
    var falsePositives: [Double] = []
    var truePositives: [Double] = []
    var thresholds: [Double] = []

    /// Counts the samples; the scores of those with weight 0 are not thresholds.
    ///
    /// - Complexity: O(n log n).
    init(positives: [Bool], scores: [Double], sampleWeight: [Double]?) {
        let counted =
            sampleWeight.map { weights in scores.indices.filter { weights[$0] != 0 } } ?? Array(scores.indices)
        // Equal scores keep the order of the samples, so that sums of weights round as in scikit-learn.
        let falling = counted.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
        var (wrong, right) = (0.0, 0.0)
        for (position, sample) in falling.enumerated() {
            let weight = sampleWeight?[sample] ?? 1
            if positives[sample] { right += weight } else { wrong += weight }
            guard position + 1 == falling.count || scores[falling[position + 1]] != scores[sample] else { continue }
            falsePositives.append(wrong)
            truePositives.append(right)
            thresholds.append(scores[sample])
        }
    }

    /// Checks the arguments of a curve and counts.
    init<Label: ClassLabel, Scores: ScoreTable>(
        _ yTrue: [Label], _ yScore: Scores, posLabel: Label?, sampleWeight: [Double]?
    ) throws {
        let scores = try checkedScores(yScore, of: yTrue.count, sampleWeight: sampleWeight)
        let classes = try posLabel == nil ? binaryClasses(of: yTrue) : Label.classes(in: yTrue, argument: "yTrue")
        let positive = try positiveLabel(posLabel, among: classes)
        self.init(
            positives: yTrue.map { $0 == positive }, scores: try singleColumn(scores), sampleWeight: sampleWeight)
    }

    /// Keeps the first and the last threshold, and those between them for which `isCorner` holds.
    mutating func keepCorners(where isCorner: (Int) -> Bool) {
        guard thresholds.count > 2 else { return }
        let kept = thresholds.indices.filter { $0 == 0 || $0 == thresholds.count - 1 || isCorner($0) }
        falsePositives = kept.map { falsePositives[$0] }
        truePositives = kept.map { truePositives[$0] }
        thresholds = kept.map { thresholds[$0] }
    }
}

/// Scores as columns, as many as there are samples.
func checkedScores(
    _ yScore: some ScoreTable, of count: Int, sampleWeight: [Double]?, argument: String = "yScore"
) throws -> Matrix<Double> {
    try Check.notEmpty(count, argument: "yTrue")
    let scores = try yScore.scoreColumns(argument: argument)
    try Check.sameCount(scores.rows, argument: argument, as: count, of: "yTrue")
    try Check.sampleWeight(sampleWeight, count: count, of: "yTrue")
    return scores
}

/// The scores of the positive class, which must be the only column.
func singleColumn(_ scores: Matrix<Double>) throws -> [Double] {
    try Check.require(
        scores.columns == 1, "yScore",
        "must have one number per sample, the score of the positive class, but has \(scores.columns)")
    return scores.elements
}
