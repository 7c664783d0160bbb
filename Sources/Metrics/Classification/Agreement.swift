public import Estimators
import LinearAlgebra

/// The mean of the classes' recalls: for each class, the fraction of its samples that are predicted correctly.
///
/// A class that is predicted but never true is ignored.
///
/// - Parameters:
///   - yTrue: the true labels, one per sample.
///   - yPred: the predicted labels, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - adjusted: whether to rescale the score so that random predictions score 0 and perfect ones 1. With a single true
///     class, the result is NaN or −∞.
/// - Returns: a number in 0 ... 1, unless adjusted.
/// - Throws: `EstimatorError.invalidInput` when there are no samples, when the numbers of samples differ, or for
///   weights that are negative, not finite, or sum to 0.
public func balancedAccuracyScore<Label: ClassLabel>(
    _ yTrue: [Label], _ yPred: [Label], sampleWeight: [Double]? = nil, adjusted: Bool = false
) throws -> Double {
    let counts = try ClassCounts(perClassOf: TargetPair(yTrue, yPred, sampleWeight: sampleWeight))
    if counts.actual.contains(0) {
        FitWarnings.warn("Balanced accuracy ignores classes of yPred that yTrue does not have.")
    }
    let recalls = zip(counts.truePositives, counts.actual).filter { $1 > 0 }.map { $0 / $1 }
    let score = average(recalls, weights: nil)
    guard adjusted else { return score }
    let chance = 1 / Double(recalls.count)
    return (score - chance) / (1 - chance)
}

/// Matthews' correlation of true and predicted labels, for any number of classes.
///
/// Formula: (c·n − Σ tₖpₖ) / √((n² − Σ pₖ²)(n² − Σ tₖ²)), with c correct predictions for n samples, tₖ samples of class k
/// and pₖ predictions of class k. Source: Gorodkin, "Comparing two K-category assignments by a K-category correlation
/// coefficient", 2004.
///
/// - Parameters:
///   - yTrue: the true labels, one per sample.
///   - yPred: the predicted labels, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
/// - Returns: a number in −1 ... 1, 0 for random predictions, and also if all labels or all predictions are equal.
/// - Throws: `EstimatorError.invalidInput` when there are no samples, when the numbers of samples differ, or for
///   weights that are negative, not finite, or sum to 0.
public func matthewsCorrcoef<Label: ClassLabel>(
    _ yTrue: [Label], _ yPred: [Label], sampleWeight: [Double]? = nil
) throws -> Double {
    let pair = try TargetPair(yTrue, yPred, sampleWeight: sampleWeight)
    let matrix = try confusion(yTrue, yPred, labels: pair.labels, pair: pair, truthName: "yTrue")
    let (actual, predicted) = margins(of: matrix)
    let right = pair.labels.indices.reduce(0) { $0 + matrix[$1, $1] }
    let all = pairwiseSum(predicted)
    func dot(_ first: [Double], _ second: [Double]) -> Double { zip(first, second).reduce(0) { $0 + $1.0 * $1.1 } }
    let spread = (all * all - dot(predicted, predicted)) * (all * all - dot(actual, actual))
    return spread == 0 ? 0 : (right * all - dot(actual, predicted)) / spread.squareRoot()
}

/// The weight of a disagreement between two classes in
/// ``cohenKappaScore(_:_:labels:weights:sampleWeight:replaceUndefinedBy:)``.
public enum KappaWeights: String, Sendable, Codable, CaseIterable {
    /// The distance of their positions.
    case linear
    /// The square of the distance of their positions.
    case quadratic
}

/// Cohen's κ: the agreement of two annotators beyond chance.
///
/// Formula: 1 − Σ wᵢⱼ oᵢⱼ / Σ wᵢⱼ eᵢⱼ with the observed and the expected numbers of samples that the first annotator
/// assigns to class i and the second to class j. Source: Cohen, "A coefficient of agreement for nominal scales", 1960.
///
/// - Parameters:
///   - y1: the labels of the first annotator, one per sample.
///   - y2: the labels of the second annotator, one per sample.
///   - labels: the classes to count, in their order; other samples are left out. nil for all that occur.
///   - weights: the weight of a disagreement; nil for 1 each.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - replaceUndefinedBy: the result where chance alone gives full agreement, as with a single class: a number in
///     −1 ... 1, or NaN.
/// - Returns: a number in −1 ... 1.
/// - Throws: `EstimatorError` when there are no samples, when the numbers of samples differ, for weights that are
///   negative, not finite, or sum to 0, for `labels` none of which is in `y1`, and for a replacement out of range.
public func cohenKappaScore<Label: ClassLabel>(
    _ y1: [Label], _ y2: [Label], labels: [Label]? = nil, weights: KappaWeights? = nil,
    sampleWeight: [Double]? = nil, replaceUndefinedBy: Double = .nan
) throws -> Double {
    try Check.require(
        replaceUndefinedBy.isNaN || abs(replaceUndefinedBy) <= 1, parameter: "replaceUndefinedBy", replaceUndefinedBy,
        allowed: "in -1 ... 1, or NaN")
    let pair = try TargetPair(y1, y2, sampleWeight: sampleWeight, names: ("y1", "y2"))
    let matrix = try confusion(y1, y2, labels: labels ?? pair.labels, pair: pair, truthName: "y1")
    let (first, second) = margins(of: matrix)
    let all = pairwiseSum(second)
    func undefined(_ reason: String) -> Double {
        FitWarnings.warn("Cohen's kappa is undefined and set to \(replaceUndefinedBy), since \(reason).")
        return replaceUndefinedBy
    }
    guard all != 0 else { return undefined("y2 has no label that is in y1 and labels") }
    var (observed, expected) = (0.0, 0.0)
    for row in 0..<matrix.rows {
        for column in 0..<matrix.columns where row != column {
            let distance = weights == nil ? 1 : Double(abs(row - column))
            let weight = weights == .quadratic ? distance * distance : distance
            observed += weight * matrix[row, column]
            expected += weight * (first[row] * second[column] / all)
        }
    }
    return expected == 0 ? undefined("y1 and y2 have only one label in common") : 1 - observed / expected
}
