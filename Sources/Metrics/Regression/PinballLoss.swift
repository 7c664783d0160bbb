public import Estimators

/// The mean pinball loss: the loss of a predicted quantile.
///
/// Formula: the mean of α·max(y − ŷ, 0) + (1 − α)·max(ŷ − y, 0).
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted quantiles, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - alpha: the level of the quantile, in 0 ... 1.
///   - multioutput: how the losses of several outputs become one: `.uniformAverage`, a list of one weight per output, or,
///     in the other overload, `.rawValues`.
/// - Returns: a number of at least 0, in the targets' unit.
/// - Throws: `EstimatorError` for what `meanSquaredError` rejects, and an `alpha` out of
///   range.
/// - Complexity: O(n · outputs).
public func meanPinballLoss<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, alpha: Double = 0.5,
    multioutput: MultiOutput = .uniformAverage
) throws -> Double {
    try multioutput.combine(
        meanPinballLoss(yTrue, yPred, sampleWeight: sampleWeight, alpha: alpha, multioutput: .rawValues))
}

/// The mean pinball loss of each output.
///
/// - Throws: `EstimatorError` as the overload that averages.
public func meanPinballLoss<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, alpha: Double = 0.5, multioutput: RawValues
) throws -> [Double] {
    try checkLevel(alpha)
    return try PairedOutputs(yTrue, yPred, sampleWeight: sampleWeight).meanErrors { pinball($0 - $1, alpha) }
}

private func pinball(_ difference: Double, _ alpha: Double) -> Double {
    difference >= 0 ? alpha * difference : -(1 - alpha) * difference
}

private func checkLevel(_ alpha: Double) throws {
    try Check.require((0...1).contains(alpha), parameter: "alpha", alpha, allowed: "a number in [0, 1]")
}

// MARK: - D²

/// The fraction of the pinball loss that predicted quantiles explain, compared with the quantile of the targets.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted quantiles, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - alpha: the level of the quantile, in 0 ... 1.
///   - multioutput: how the scores of several outputs become one: `.uniformAverage`, a list of one weight per output, or,
///     in the other overload, `.rawValues`.
/// - Returns: at most 1; 0 for a prediction no better than the targets' quantile; NaN for a single sample.
/// - Throws: `EstimatorError` for what `meanPinballLoss` rejects.
/// - Complexity: O(n · log n · outputs).
public func d2PinballScore<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, alpha: Double = 0.5,
    multioutput: MultiOutput = .uniformAverage
) throws -> Double {
    try multioutput.combine(
        d2PinballScore(yTrue, yPred, sampleWeight: sampleWeight, alpha: alpha, multioutput: .rawValues))
}

/// The fraction of the pinball loss that predicted quantiles explain, for each output.
///
/// - Throws: `EstimatorError` as the overload that averages.
public func d2PinballScore<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, alpha: Double = 0.5, multioutput: RawValues
) throws -> [Double] {
    try checkLevel(alpha)
    let outputs = try PairedOutputs(yTrue, yPred, sampleWeight: sampleWeight)
    let isDefined = hasDeviance(outputs.truth.rows)
    return outputs.perOutput { truth, prediction in
        let quantile = weightedQuantile(
            truth, weights: sampleWeight ?? Array(repeating: 1, count: truth.count), level: alpha)
        func loss(_ errors: [Double]) -> Double {
            average(errors.map { pinball($0, alpha) }, weights: sampleWeight)
        }
        return isDefined
            ? explained(loss(zip(truth, prediction).map { $0 - $1 }), of: loss(truth.map { $0 - quantile })) : .nan
    }
}

/// The fraction of the absolute errors that predictions explain, compared with the median of the targets.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - multioutput: how the scores of several outputs become one: `.uniformAverage`, a list of one weight per output, or,
///     in the other overload, `.rawValues`.
/// - Returns: at most 1; 0 for a prediction no better than the median; NaN for a single sample.
/// - Throws: `EstimatorError` for what `meanSquaredError` rejects.
public func d2AbsoluteErrorScore<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: MultiOutput = .uniformAverage
) throws -> Double {
    try d2PinballScore(yTrue, yPred, sampleWeight: sampleWeight, multioutput: multioutput)
}

/// The fraction of the absolute errors that predictions explain, for each output.
///
/// - Throws: `EstimatorError` as the overload that averages.
public func d2AbsoluteErrorScore<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: RawValues
) throws -> [Double] {
    try d2PinballScore(yTrue, yPred, sampleWeight: sampleWeight, multioutput: multioutput)
}

/// 1 − loss / loss of the best constant: 1 for no loss, and 0 where only the constant has none.
private func explained(_ loss: Double, of constant: Double) -> Double {
    if loss == 0 { return 1 }
    return constant == 0 ? 0 : 1 - loss / constant
}

/// Whether there are enough samples for a D² score; else a warning says that it is NaN.
func hasDeviance(_ count: Int) -> Bool {
    if count == 1 { FitWarnings.warn("D² is nan for a single sample, which has no deviance.") }
    return count != 1
}
