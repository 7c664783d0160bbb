public import Estimators
import LinearAlgebra
import RealModule

/// The mean of the negative logarithms of the probabilities that were predicted for what is true (cross-entropy).
///
/// Probabilities are moved away from 0 and 1 by the distance from 1 to the next number of their precision. They are not
/// rescaled where they do not sum to 1. Of a multilabel target the true labels of a sample are added up.
///
/// - Parameters:
///   - yTrue: the true targets, one per sample.
///   - yProba: the predicted probabilities, a row per sample and a column per class in ascending order, as
///     `predictProba` returns them; for two classes the probability of the second is enough.
///   - normalize: whether to divide by the number (or weight) of the samples; `false` returns the sum.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - labels: the classes of the columns, needed where `yTrue` does not contain all; they count in ascending order.
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
        zip(probabilities.truth.row(sample), probabilities.values.row(sample)).reduce(0) { sum, pair in
            pair.0 == 0 ? sum : sum - Double.log(min(max(pair.1, lowest), 1 - lowest))
        }
    }
    return total(losses, weights: sampleWeight, normalize: normalize)
}
