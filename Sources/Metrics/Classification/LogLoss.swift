public import Estimators
import LinearAlgebra
import RealModule

/// The mean negative logarithm of the predicted probability of the true class (cross-entropy).
///
/// Probabilities are clipped to [ε, 1 − ε], where ε is the distance from 1 to the next number in their precision. They
/// are not rescaled if they do not sum to 1. For a multilabel target, the logarithms of a sample's true labels are
/// added.
///
/// - Parameters:
///   - yTrue: the true targets, one per sample.
///   - yProba: the predicted probabilities, a row per sample and a column per class in ascending order, as
///     `predictProba` returns them; for two classes the probability of the second is enough.
///   - normalize: whether to divide by the number (or weight) of the samples; `false` returns the sum.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - labels: the classes of the columns, needed if `yTrue` does not contain all of them; their order does not matter.
/// - Returns: a number of at least 0.
/// - Throws: `EstimatorError` for numbers of samples or classes that differ, for probabilities that are not in 0 ...
///   1, for a single class, for labels that are not in `labels`, and for weights that are negative, not finite, or
///   sum to 0.
/// - Complexity: O(n · classes).
public func logLoss<Target: ClassificationTarget, Scores: ScoreTable>(
    _ yTrue: [Target], _ yProba: Scores, normalize: Bool = true, sampleWeight: [Double]? = nil,
    labels: [Target.Label]? = nil
) throws -> Double {
    let probabilities = try Probabilities(yTrue, yProba, labels: labels, sampleWeight: sampleWeight)
    let lowest = Scores.scoreResolution
    let losses = (0..<yTrue.count).map { sample in
        zip(probabilities.truth.rowSlice(sample), probabilities.values.rowSlice(sample)).reduce(0) { sum, pair in
            pair.0 == 0 ? sum : sum - Double.log(min(max(pair.1, lowest), 1 - lowest))
        }
    }
    return total(losses, weights: sampleWeight, normalize: normalize)
}

/// The fraction of the logarithmic loss that probabilities explain, compared with the frequencies of the classes.
///
/// - Parameters:
///   - yTrue: the true labels, one per sample.
///   - yProba: the predicted probabilities, as for ``logLoss(_:_:normalize:sampleWeight:labels:)``.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - labels: the classes of the columns, needed if `yTrue` does not contain all of them.
/// - Returns: at most 1; 0 for probabilities no better than the frequencies; NaN for a single sample.
/// - Throws: `EstimatorError` for what ``logLoss(_:_:normalize:sampleWeight:labels:)`` rejects.
public func d2LogLossScore<Label: ClassLabel, Scores: ScoreTable>(
    _ yTrue: [Label], _ yProba: Scores, sampleWeight: [Double]? = nil, labels: [Label]? = nil
) throws -> Double {
    guard hasDeviance(yTrue.count) else { return .nan }
    let probabilities = try Probabilities(yTrue, yProba, labels: labels, sampleWeight: sampleWeight)
    let names = Set(labels ?? yTrue).sorted(by: Label.precedes)
    func loss(_ values: Matrix<Double>) throws -> Double {
        try logLoss(yTrue, values, normalize: false, sampleWeight: sampleWeight, labels: names)
    }
    return try 1 - loss(probabilities.values) / loss(probabilities.truth.repeatingMean(weights: sampleWeight))
}

extension Matrix<Double> {
    /// A matrix of the same shape, each of whose rows is the weighted mean of all.
    func repeatingMean(weights: [Double]?) -> Matrix {
        let means = (0..<columns).map { average(column($0), weights: weights) }
        return Matrix(rows: rows, columns: columns, elements: (0..<rows).flatMap { _ in means })
    }
}
