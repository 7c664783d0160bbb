public import Estimators
import LinearAlgebra

/// The mean hinge loss: how far decision values are from a margin of 1.
///
/// Formula: max(0, 1 − m), where m is ±the decision value of two classes, else the true class's value minus the greatest
/// of the others.
///
/// - Parameters:
///   - yTrue: the true labels, one per sample.
///   - predDecision: the decision values: one per sample for two classes, positive for the second; else a column per
///     class in ascending order.
///   - labels: all classes, needed if `yTrue` does not contain all of more than two.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
/// - Returns: a number of at least 0.
/// - Throws: `EstimatorError` for numbers of samples or classes that differ, decision values that are not finite, and
///   labels that are not in `labels`.
/// - Complexity: O(n · classes).
public func hingeLoss<Label: ClassLabel, Scores: ScoreTable>(
    _ yTrue: [Label], _ predDecision: Scores, labels: [Label]? = nil, sampleWeight: [Double]? = nil
) throws -> Double {
    let decisions = try checkedScores(
        predDecision, of: yTrue.count, sampleWeight: sampleWeight, argument: "predDecision")
    let classes = Set(labels ?? yTrue).sorted(by: Label.precedes)
    let expected = classes.count > 2 ? classes.count : 1
    try Check.require(
        decisions.columns == expected, "predDecision",
        "must have \(expected) \(expected == 1 ? "number" : "numbers") per sample for \(classes.count) classes, but has "
            + "\(decisions.columns); if yTrue does not contain all classes, name them in labels")
    let number = Dictionary(zip(classes, 0...), uniquingKeysWith: { first, _ in first })
    let losses = try yTrue.enumerated().map { sample, label in
        guard let position = number[label] else {
            throw EstimatorError.invalidInput(
                argument: "yTrue",
                problem: "must contain labels of labels only (\(listed(classes))), but yTrue[\(sample)] is \(label)")
        }
        let values = decisions.row(sample)
        let margin =
            if expected == 1 {
                position == 1 ? values[0] : -values[0]
            } else {
                values[position] - (values.indices.filter { $0 != position }.map { values[$0] }.max() ?? 0)
            }
        return max(0, 1 - margin)
    }
    return average(losses, weights: sampleWeight)
}
