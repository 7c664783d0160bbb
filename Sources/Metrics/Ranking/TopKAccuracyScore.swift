public import Estimators
import LinearAlgebra

/// The fraction of samples whose true class is among the `k` classes with the greatest scores.
///
/// If scores are equal, the later column ranks first.
///
/// - Parameters:
///   - yTrue: the true labels, one per sample.
///   - yScore: the scores. For two classes: one score per sample for the greater label, which is predicted by a score
///     above 0.5, or above 0 if some scores are not probabilities. For more classes: a column per class.
///   - k: the number of classes, at least 1. With all classes, the score is 1.
///   - normalize: whether to divide by the number (or weight) of the samples; `false` returns the number of hits.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - labels: the classes of the columns in ascending order, if `yTrue` may lack some of them.
/// - Returns: a number in 0 ... 1, or with `normalize: false` the number (or weight) of such samples.
/// - Throws: `EstimatorError` for numbers of samples or classes that differ, for scores that are not finite, for
///   weights that are negative, not finite, or sum to 0, for `labels` that are not ascending or lack a true label,
///   and for `k` below 1.
/// - Complexity: O(n · classes).
public func topKAccuracyScore<Label: ClassLabel, Scores: ScoreTable>(
    _ yTrue: [Label], _ yScore: Scores, k: Int = 2, normalize: Bool = true, sampleWeight: [Double]? = nil,
    labels: [Label]? = nil
) throws -> Double {
    let scores = try checkedScores(yScore, of: yTrue.count, sampleWeight: sampleWeight)
    try Check.require(k >= 1, parameter: "k", k, allowed: "at least 1")
    let ranking = try Ranking(yTrue, scores, sampleWeight: sampleWeight)
    let isBinary = ranking.isBinary && (labels?.count ?? 2) <= 2
    let classes = try checkedClasses(labels, of: ranking, columns: isBinary ? 2 : scores.columns)
    if k >= classes.count {
        FitWarnings.warn(
            "The score of the k = \(k) most probable of \(classes.count) classes is always 1.",
            kind: "The score of as many classes as there are is always 1")
    }
    let number = Dictionary(uniqueKeysWithValues: zip(classes, 0...))
    let codes = ranking.labels.compactMap { number[$0] }
    let hits: [Bool]
    if isBinary {
        let column = try singleColumn(scores)
        let threshold = column.allSatisfy { $0 >= 0 && $0 <= 1 } ? 0.5 : 0
        hits = zip(codes, column).map { k > 1 || ($1 > threshold ? 1 : 0) == $0 }
    } else {
        hits = codes.enumerated().map { sample, code in
            let row = scores.row(sample)
            let ahead = row.indices.filter { row[$0] > row[code] || row[$0] == row[code] && $0 > code }
            return ahead.count < k
        }
    }
    let found = hits.map { $0 ? 1.0 : 0.0 }
    return total(found, weights: sampleWeight, normalize: normalize)
}
