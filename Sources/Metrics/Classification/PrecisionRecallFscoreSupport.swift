public import Estimators

/// Precision, recall and F score of each class, and its number of true samples.
///
/// - Parameters:
///   - yTrue: the true targets, one per sample: labels, or rows of 0/1 indicators.
///   - yPred: the predicted targets, one per sample.
///   - beta: how many times the weight of precision recall has in the F score; at least 0.
///   - labels: the classes (or columns of indicators) to score, in their order; nil for all that occur, in ascending
///     order.
///   - average: always nil.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - zeroDivision: the value of 0 / 0: 0, 1, or NaN; nil for 0 with a warning.
/// - Throws: `EstimatorError` for what ``fbetaScore(_:_:beta:labels:average:sampleWeight:zeroDivision:)`` rejects.
public func precisionRecallFscoreSupport<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], beta: Double = 1, labels: [Target.Label]? = nil, average: PerClass? = nil,
    sampleWeight: [Double]? = nil, zeroDivision: Double? = nil
) throws -> (precision: [Double], recall: [Double], fscore: [Double], support: [Double]) {
    try checkBeta(beta)
    let score = try SetwiseScore(yTrue, yPred, labels, nil, nil, sampleWeight, zeroDivision)
    return (score.precision, score.recall, score.fScore(beta: beta), score.counts.actual)
}

/// Precision, recall and F score of all classes together.
///
/// - Parameters:
///   - yTrue: the true targets, one per sample: labels, or rows of 0/1 indicators.
///   - yPred: the predicted targets, one per sample.
///   - beta: how many times the weight of precision recall has in the F score; at least 0.
///   - labels: the classes (or columns of indicators) to score; nil for all that occur. Ignored for `.binary`.
///   - posLabel: the class that `.binary` scores; nil for 1 or `true`.
///   - average: how the scores of the classes become one.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - zeroDivision: the value of 0 / 0: 0, 1, or NaN, which averages ignore; nil for 0 with a warning.
/// - Throws: `EstimatorError` for what ``fbetaScore(_:_:beta:labels:posLabel:average:sampleWeight:zeroDivision:)`` rejects.
public func precisionRecallFscoreSupport<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], beta: Double = 1, labels: [Target.Label]? = nil,
    posLabel: Target.Label? = nil, average: Average, sampleWeight: [Double]? = nil, zeroDivision: Double? = nil
) throws -> (precision: Double, recall: Double, fscore: Double) {
    try checkBeta(beta)
    let score = try SetwiseScore(yTrue, yPred, labels, posLabel, average, sampleWeight, zeroDivision)
    return (score.averaged(\.precision), score.averaged(\.recall), score.averaged { $0.fScore(beta: beta) })
}
