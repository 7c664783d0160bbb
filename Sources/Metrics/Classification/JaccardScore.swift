public import Estimators

/// The number of samples that are in a class and predicted to be, divided by the number that are either.
///
/// Formula: true positives / (true positives + false positives + false negatives).
///
/// - Parameters:
///   - yTrue: the true targets, one per sample: labels, or rows of 0/1 indicators.
///   - yPred: the predicted targets, one per sample.
///   - labels: the classes (or columns of indicators) to score, in their order; nil for all that occur, in ascending
///     order. Ignored for `.binary`.
///   - posLabel: the class that `.binary` scores; nil for 1 or `true`, and for other types of labels an error.
///   - average: how the scores of the classes become one; nil, in the other overload, for one score for each class.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - zeroDivision: the score of a class that is neither true nor predicted for any sample: 0 or 1; nil for 0
///     with a warning.
/// - Returns: a number in 0 ... 1; NaN if `labels` is empty.
/// - Throws: `EstimatorError` for what ``accuracyScore(_:_:normalize:sampleWeight:)`` rejects, for more than two
///   classes or multilabel targets with `.binary`, for a `posLabel` that does not occur, for `.samples` without
///   multilabel targets, for `labels` that are no columns of a multilabel target, and for another `zeroDivision`.
/// - Complexity: O(n + classes), for multilabel targets O(n · classes).
public func jaccardScore<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], labels: [Target.Label]? = nil, posLabel: Target.Label? = nil,
    average: Average = .binary, sampleWeight: [Double]? = nil, zeroDivision: Double? = nil
) throws -> Double {
    try checkJaccard(zeroDivision)
    return try SetwiseScore(yTrue, yPred, labels, posLabel, average, sampleWeight, zeroDivision).averaged(\.jaccard)
}

/// The number of samples that are in a class and predicted to be, divided by the number that are either, for each
/// class.
///
/// - Parameters:
///   - yTrue: the true targets, one per sample: labels, or rows of 0/1 indicators.
///   - yPred: the predicted targets, one per sample.
///   - labels: the classes (or columns of indicators) to score, in their order; nil for all that occur, in ascending
///     order. Ignored for `.binary`.
///   - average: always nil.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - zeroDivision: the score of a class that is neither true nor predicted for any sample: 0 or 1; nil for 0
///     with a warning.
/// - Returns: a number in 0 ... 1 (or NaN) for each class.
/// - Throws: `EstimatorError` as the overload that averages.
public func jaccardScore<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], labels: [Target.Label]? = nil, average: PerClass?,
    sampleWeight: [Double]? = nil, zeroDivision: Double? = nil
) throws -> [Double] {
    try checkJaccard(zeroDivision)
    return try SetwiseScore(yTrue, yPred, labels, nil, nil, sampleWeight, zeroDivision).jaccard
}

private func checkJaccard(_ zeroDivision: Double?) throws {
    try Check.require(
        [0, 1].contains(zeroDivision ?? 0), parameter: "zeroDivision", zeroDivision ?? 0, allowed: "0 or 1")
}
