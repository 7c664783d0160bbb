public import Estimators

// MARK: - F1

/// The harmonic mean of precision and recall.
///
/// Formula: 2·true positives / (2·true positives + false positives + false negatives).
///
/// - Parameters:
///   - yTrue: the true targets, one per sample: labels, or rows of 0/1 indicators.
///   - yPred: the predicted targets, one per sample.
///   - labels: the classes (or columns of indicators) to score, in their order; nil for all that occur, in ascending
///     order. Ignored for `.binary`.
///   - posLabel: the class that `.binary` scores; nil for 1 or `true`, and for other types of labels an error.
///   - average: how the scores of the classes become one; nil, in the other overload, for one score for each class.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - zeroDivision: the score of a class that is neither true nor predicted for any sample: 0, 1, or NaN, which
///     averages ignore; nil for 0 with a warning.
/// - Returns: a number in 0 ... 1; NaN if every score is NaN or `labels` is empty.
/// - Throws: `EstimatorError` for what ``accuracyScore(_:_:normalize:sampleWeight:)`` rejects, for more than two
///   classes or multilabel targets with `.binary`, for a `posLabel` that does not occur, for `.samples` without
///   multilabel targets, for `labels` that are no columns of a multilabel target, and for another `zeroDivision`.
/// - Complexity: O(n + classes), for multilabel targets O(n · classes).
public func f1Score<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], labels: [Target.Label]? = nil, posLabel: Target.Label? = nil,
    average: Average = .binary, sampleWeight: [Double]? = nil, zeroDivision: Double? = nil
) throws -> Double {
    try SetwiseScore(yTrue, yPred, labels, posLabel, average, sampleWeight, zeroDivision)
        .averaged { $0.fScore(beta: 1) }
}

/// The harmonic mean of precision and recall, for each class.
///
/// - Parameters:
///   - yTrue: the true targets, one per sample: labels, or rows of 0/1 indicators.
///   - yPred: the predicted targets, one per sample.
///   - labels: the classes (or columns of indicators) to score, in their order; nil for all that occur, in ascending
///     order. Ignored for `.binary`.
///   - average: always nil.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - zeroDivision: the score of a class that is neither true nor predicted for any sample: 0, 1, or NaN, which
///     averages ignore; nil for 0 with a warning.
/// - Returns: a number in 0 ... 1 (or NaN) for each class.
/// - Throws: `EstimatorError` as the overload that averages.
public func f1Score<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], labels: [Target.Label]? = nil, average: PerClass?,
    sampleWeight: [Double]? = nil, zeroDivision: Double? = nil
) throws -> [Double] {
    try SetwiseScore(yTrue, yPred, labels, nil, nil, sampleWeight, zeroDivision).fScore(beta: 1)
}

// MARK: - Fβ

/// The weighted harmonic mean of precision and recall.
///
/// Formula: with b = β², (1 + b)·true positives / ((1 + b)·true positives + false positives + b·false negatives).
///
/// - Parameters:
///   - yTrue: the true targets, one per sample: labels, or rows of 0/1 indicators.
///   - yPred: the predicted targets, one per sample.
///   - beta: the weight of recall relative to precision, at least 0; 0 gives precision, infinity recall.
///   - labels: the classes (or columns of indicators) to score, in their order; nil for all that occur, in ascending
///     order. Ignored for `.binary`.
///   - posLabel: the class that `.binary` scores; nil for 1 or `true`, and for other types of labels an error.
///   - average: how the scores of the classes become one; nil, in the other overload, for one score for each class.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - zeroDivision: the score of a class that is neither true nor predicted for any sample: 0, 1, or NaN, which
///     averages ignore; nil for 0 with a warning.
/// - Returns: a number in 0 ... 1; NaN if every score is NaN or `labels` is empty.
/// - Throws: `EstimatorError` for what ``accuracyScore(_:_:normalize:sampleWeight:)`` rejects, for more than two
///   classes or multilabel targets with `.binary`, for a `posLabel` that does not occur, for `.samples` without
///   multilabel targets, for `labels` that are no columns of a multilabel target, for a negative or NaN `beta` and
///   for another `zeroDivision`.
/// - Complexity: O(n + classes), for multilabel targets O(n · classes).
public func fbetaScore<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], beta: Double, labels: [Target.Label]? = nil, posLabel: Target.Label? = nil,
    average: Average = .binary, sampleWeight: [Double]? = nil, zeroDivision: Double? = nil
) throws -> Double {
    try checkBeta(beta)
    return try SetwiseScore(yTrue, yPred, labels, posLabel, average, sampleWeight, zeroDivision)
        .averaged { $0.fScore(beta: beta) }
}

/// The weighted harmonic mean of precision and recall, for each class.
///
/// - Parameters:
///   - yTrue: the true targets, one per sample: labels, or rows of 0/1 indicators.
///   - yPred: the predicted targets, one per sample.
///   - beta: the weight of recall relative to precision, at least 0; 0 gives precision, infinity recall.
///   - labels: the classes (or columns of indicators) to score, in their order; nil for all that occur, in ascending
///     order. Ignored for `.binary`.
///   - average: always nil.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - zeroDivision: the score of a class that is neither true nor predicted for any sample: 0, 1, or NaN, which
///     averages ignore; nil for 0 with a warning.
/// - Returns: a number in 0 ... 1 (or NaN) for each class.
/// - Throws: `EstimatorError` as the overload that averages.
public func fbetaScore<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], beta: Double, labels: [Target.Label]? = nil, average: PerClass?,
    sampleWeight: [Double]? = nil, zeroDivision: Double? = nil
) throws -> [Double] {
    try checkBeta(beta)
    return try SetwiseScore(yTrue, yPred, labels, nil, nil, sampleWeight, zeroDivision).fScore(beta: beta)
}

func checkBeta(_ beta: Double) throws {
    try Check.require(beta >= 0, parameter: "beta", beta, allowed: "at least 0")
}
