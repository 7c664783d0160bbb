public import Estimators

/// The share of the samples that are of a class or predicted to be that are both.
///
/// Formula: true positives / (true positives + false positives + false negatives).
///
/// - Parameters:
///   - yTrue: the true targets, one per sample: labels, or rows of 0/1 indicators.
///   - yPred: the predicted targets, as many.
///   - labels: the classes (or columns of indicators) to score, in their order; nil for all that occur, in ascending
///     order. Does not matter for `.binary`.
///   - posLabel: the class that `.binary` scores; nil for 1 or `true`, and for other types of labels an error.
///   - average: how the scores of the classes become one; nil, in the other overload, for one score for each class.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - zeroDivision: the score where nothing is true or predicted: 0 or 1.
/// - Returns: a number in 0 ... 1; NaN where `labels` is empty.
/// - Throws: `EstimatorError` for what ``accuracyScore(_:_:normalize:sampleWeight:)`` refuses, for more than two
///   classes or multilabel targets with `.binary`, for a `posLabel` that does not occur, for `.samples` without
///   multilabel targets, for `labels` that are no columns of a multilabel target, and for another `zeroDivision`.
/// - Complexity: O(n + classes), for multilabel targets O(n · classes).
public func jaccardScore<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], labels: [Target.Label]? = nil, posLabel: Target.Label? = nil,
    average: Average = .binary, sampleWeight: [Double]? = nil, zeroDivision: Double = 0
) throws -> Double {
    try checkJaccard(zeroDivision)
    return try SetwiseScore(yTrue, yPred, labels, posLabel, average, sampleWeight, zeroDivision).averaged(\.jaccard)
}

/// The share of the samples that are of a class or predicted to be that are both, for each class.
///
/// - Parameters:
///   - yTrue: the true targets, one per sample: labels, or rows of 0/1 indicators.
///   - yPred: the predicted targets, as many.
///   - labels: the classes (or columns of indicators) to score, in their order; nil for all that occur, in ascending
///     order. Does not matter for `.binary`.
///   - average: always nil.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - zeroDivision: the score where nothing is true or predicted: 0 or 1.
/// - Returns: a number in 0 ... 1 (or NaN) for each class.
/// - Throws: `EstimatorError` as the overload that averages.
public func jaccardScore<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], labels: [Target.Label]? = nil, average: PerClass?,
    sampleWeight: [Double]? = nil, zeroDivision: Double = 0
) throws -> [Double] {
    try checkJaccard(zeroDivision)
    return try SetwiseScore(yTrue, yPred, labels, nil, nil, sampleWeight, zeroDivision).jaccard
}

private func checkJaccard(_ zeroDivision: Double) throws {
    try Check.require([0, 1].contains(zeroDivision), parameter: "zeroDivision", zeroDivision, allowed: "0 or 1")
}
