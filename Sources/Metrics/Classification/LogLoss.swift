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
