public import Estimators

// MARK: - Precision

/// The fraction of the predictions of a class that are correct.
///
/// Formula: true positives / (true positives + false positives).
///
/// - Parameters:
///   - yTrue: the true targets, one per sample: labels, or rows of 0/1 indicators.
///   - yPred: the predicted targets, one per sample.
///   - labels: the classes (or columns of indicators) to score, in their order; nil for all that occur, in ascending
///     order. Ignored for `.binary`.
///   - posLabel: the class that `.binary` scores; nil for 1 or `true`, and for other types of labels an error.
///   - average: how the scores of the classes become one; nil, in the other overload, for one score for each class.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - zeroDivision: the score of a class that is never predicted: 0, 1, or NaN, which averages ignore; nil for 0
///     with a warning.
/// - Returns: a number in 0 ... 1; NaN if every score is NaN or `labels` is empty.
/// - Throws: `EstimatorError` for what ``accuracyScore(_:_:normalize:sampleWeight:)`` rejects, for more than two
///   classes or multilabel targets with `.binary`, for a `posLabel` that does not occur, for `.samples` without
///   multilabel targets, for `labels` that are no columns of a multilabel target, and for another `zeroDivision`.
/// - Complexity: O(n + classes), for multilabel targets O(n · classes).
public func precisionScore<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], labels: [Target.Label]? = nil, posLabel: Target.Label? = nil,
    average: Average = .binary, sampleWeight: [Double]? = nil, zeroDivision: Double? = nil
) throws -> Double {
    try SetwiseScore(yTrue, yPred, labels, posLabel, average, sampleWeight, zeroDivision).averaged(\.precision)
}

/// The fraction of the predictions of a class that are correct, for each class.
///
/// - Parameters:
///   - yTrue: the true targets, one per sample: labels, or rows of 0/1 indicators.
///   - yPred: the predicted targets, one per sample.
///   - labels: the classes (or columns of indicators) to score, in their order; nil for all that occur, in ascending
///     order. Ignored for `.binary`.
///   - average: always nil.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - zeroDivision: the score of a class that is never predicted: 0, 1, or NaN, which averages ignore; nil for 0
///     with a warning.
/// - Returns: a number in 0 ... 1 (or NaN) for each class.
/// - Throws: `EstimatorError` as the overload that averages.
public func precisionScore<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], labels: [Target.Label]? = nil, average: PerClass?,
    sampleWeight: [Double]? = nil, zeroDivision: Double? = nil
) throws -> [Double] {
    try SetwiseScore(yTrue, yPred, labels, nil, nil, sampleWeight, zeroDivision).precision
}

// MARK: - Recall

/// The fraction of the samples of a class that are predicted correctly.
///
/// Formula: true positives / (true positives + false negatives).
///
/// - Parameters:
///   - yTrue: the true targets, one per sample: labels, or rows of 0/1 indicators.
///   - yPred: the predicted targets, one per sample.
///   - labels: the classes (or columns of indicators) to score, in their order; nil for all that occur, in ascending
///     order. Ignored for `.binary`.
///   - posLabel: the class that `.binary` scores; nil for 1 or `true`, and for other types of labels an error.
///   - average: how the scores of the classes become one; nil, in the other overload, for one score for each class.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - zeroDivision: the score of a class that has no samples: 0, 1, or NaN, which averages ignore; nil for 0
///     with a warning.
/// - Returns: a number in 0 ... 1; NaN if every score is NaN or `labels` is empty.
/// - Throws: `EstimatorError` for what ``accuracyScore(_:_:normalize:sampleWeight:)`` rejects, for more than two
///   classes or multilabel targets with `.binary`, for a `posLabel` that does not occur, for `.samples` without
///   multilabel targets, for `labels` that are no columns of a multilabel target, and for another `zeroDivision`.
/// - Complexity: O(n + classes), for multilabel targets O(n · classes).
public func recallScore<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], labels: [Target.Label]? = nil, posLabel: Target.Label? = nil,
    average: Average = .binary, sampleWeight: [Double]? = nil, zeroDivision: Double? = nil
) throws -> Double {
    try SetwiseScore(yTrue, yPred, labels, posLabel, average, sampleWeight, zeroDivision).averaged(\.recall)
}

/// The fraction of the samples of a class that are predicted correctly, for each class.
///
/// - Parameters:
///   - yTrue: the true targets, one per sample: labels, or rows of 0/1 indicators.
///   - yPred: the predicted targets, one per sample.
///   - labels: the classes (or columns of indicators) to score, in their order; nil for all that occur, in ascending
///     order. Ignored for `.binary`.
///   - average: always nil.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - zeroDivision: the score of a class that has no samples: 0, 1, or NaN, which averages ignore; nil for 0
///     with a warning.
/// - Returns: a number in 0 ... 1 (or NaN) for each class.
/// - Throws: `EstimatorError` as the overload that averages.
public func recallScore<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], labels: [Target.Label]? = nil, average: PerClass?,
    sampleWeight: [Double]? = nil, zeroDivision: Double? = nil
) throws -> [Double] {
    try SetwiseScore(yTrue, yPred, labels, nil, nil, sampleWeight, zeroDivision).recall
}
