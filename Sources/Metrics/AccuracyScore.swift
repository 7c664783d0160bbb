public import Estimators

/// The share of samples whose predicted target equals the true one.
///
/// A multilabel target (`[Int]`) counts as right when all of its indicators are.
///
/// ```swift
/// try accuracyScore([0, 1, 2, 3], [0, 2, 1, 3])   // 0.5
/// ```
///
/// - Parameters:
///   - yTrue: the true targets, one per sample.
///   - yPred: the predicted targets, as many.
///   - normalize: whether to divide by the number (or weight) of all samples; `false` returns what was right.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
/// - Returns: a number in 0 ... 1, or with `normalize: false` the number (or weight) of right samples.
/// - Throws: `EstimatorError.invalidInput` when there are no samples, when the numbers of samples differ, for rows of
///   indicators that differ in length or hold anything but 0 and 1, or for weights that are negative, not finite, or sum
///   to 0.
/// - Complexity: O(n).
public func accuracyScore<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], normalize: Bool = true, sampleWeight: [Double]? = nil
) throws -> Double {
    try Check.notEmpty(yTrue.count, argument: "yTrue")
    try Check.sameCount(yPred.count, argument: "yPred", as: yTrue.count, of: "yTrue")
    try Check.sampleWeight(sampleWeight, count: yTrue.count, of: "yTrue")
    if Target.isMultilabel {
        let labels = try Target.classes(in: yTrue, argument: "yTrue")
        let predicted = try Target.classes(in: yPred, argument: "yPred")
        guard predicted == labels else {
            throw EstimatorError.invalidInput(
                argument: "yPred",
                problem: "must have rows of \(labels.count) indicators, as yTrue, but has \(predicted.count)")
        }
    }
    let right = zip(yTrue, yPred).map { $0 == $1 ? 1.0 : 0.0 }
    if normalize { return average(right, weights: sampleWeight) }
    return zip(right, sampleWeight ?? Array(repeating: 1, count: right.count)).reduce(0) { $0 + $1.0 * $1.1 }
}
