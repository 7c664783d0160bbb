public import Estimators

/// The fraction of samples whose predicted target equals the true one.
///
/// A multilabel prediction (`[Int]`) is correct if all of its indicators are.
///
/// ```swift
/// try accuracyScore([0, 1, 2, 3], [0, 2, 1, 3])   // 0.5
/// ```
///
/// - Parameters:
///   - yTrue: the true targets, one per sample.
///   - yPred: the predicted targets, one per sample.
///   - normalize: whether to divide by the number (or weight) of all samples; `false` returns the number of correct
///     predictions.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
/// - Returns: a number in 0 ... 1, or with `normalize: false` the number (or weight) of correct predictions.
/// - Throws: `EstimatorError.invalidInput` when there are no samples, when the numbers of samples differ, for rows of
///   indicators that differ in length or hold anything but 0 and 1, or for weights that are negative, not finite, or
///   sum to 0.
/// - Complexity: O(n).
@_specialize(where Target == Int)
@_specialize(where Target == String)
public func accuracyScore<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], normalize: Bool = true, sampleWeight: [Double]? = nil
) throws -> Double {
    try checkPair(yTrue, yPred, sampleWeight: sampleWeight)
    guard let sampleWeight else {
        let right = yTrue.indices.reduce(0) { $0 + (yTrue[$1] == yPred[$1] ? 1 : 0) }
        return normalize ? Double(right) / Double(yTrue.count) : Double(right)
    }
    let right = zip(yTrue, yPred).map { $0 == $1 ? 1.0 : 0.0 }
    return total(right, weights: sampleWeight, normalize: normalize)
}

/// The fraction of samples whose predicted target differs from the true one: 1 −
/// ``accuracyScore(_:_:normalize:sampleWeight:)``.
///
/// - Parameters:
///   - yTrue: the true targets, one per sample.
///   - yPred: the predicted targets, one per sample.
///   - normalize: whether to divide by the number (or weight) of all samples; `false` returns the number of wrong
///     predictions.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
/// - Returns: a number in 0 ... 1, or with `normalize: false` the number (or weight) of wrong predictions.
/// - Throws: `EstimatorError.invalidInput` for what ``accuracyScore(_:_:normalize:sampleWeight:)`` rejects.
public func zeroOneLoss<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], normalize: Bool = true, sampleWeight: [Double]? = nil
) throws -> Double {
    let right = try accuracyScore(yTrue, yPred, normalize: normalize, sampleWeight: sampleWeight)
    return (normalize ? 1 : sampleWeight?.reduce(0, +) ?? Double(yTrue.count)) - right
}

/// The fraction of wrong labels: ``zeroOneLoss(_:_:normalize:sampleWeight:)`` for samples with one label each, the
/// fraction of wrong indicators for multilabel targets.
///
/// - Parameters:
///   - yTrue: the true targets, one per sample.
///   - yPred: the predicted targets, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
/// - Returns: a number in 0 ... 1.
/// - Throws: `EstimatorError.invalidInput` for what ``accuracyScore(_:_:normalize:sampleWeight:)`` rejects.
public func hammingLoss<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil
) throws -> Double {
    let pair = try TargetPair(yTrue, yPred, sampleWeight: sampleWeight)
    switch pair.codes {
    case .classes(let truth, let prediction):
        return average(zip(truth, prediction).map { $0 == $1 ? 0 : 1 }, weights: sampleWeight)
    case .indicators(let truth, let prediction):
        let wrong = zip(truth, prediction).map { Double(zip($0, $1).filter { $0 != $1 }.count) }
        return average(wrong, weights: sampleWeight) / Double(pair.labels.count)
    }
}
