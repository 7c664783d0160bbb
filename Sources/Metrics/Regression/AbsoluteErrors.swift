public import Estimators

// MARK: - Mean

/// The mean of the absolute differences between true and predicted targets.
///
/// Formula: Σ wᵢ |yᵢ − ŷᵢ| / Σ wᵢ.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - multioutput: how the errors of several outputs become one: `.uniformAverage`, a list of one weight per output,
///     or, in the other overload, `.rawValues`.
/// - Returns: a number of at least 0, in the targets' unit.
/// - Throws: `EstimatorError` when there are no samples, when numbers of samples or outputs differ, for targets that
///   are not finite, for sample weights that are negative, not finite, or sum to 0, and for weights of outputs that
///   are not finite, sum to 0, or are not one for each of several outputs.
/// - Complexity: O(n · outputs).
public func meanAbsoluteError<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: MultiOutput = .uniformAverage
) throws -> Double {
    try multioutput.combine(meanAbsoluteError(yTrue, yPred, sampleWeight: sampleWeight, multioutput: .rawValues))
}

/// The mean of the absolute differences between true and predicted targets, for each output.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - multioutput: always `.rawValues`.
/// - Returns: a number of at least 0 for each output, in the targets' unit.
/// - Throws: `EstimatorError` as the overload that averages.
public func meanAbsoluteError<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: RawValues
) throws -> [Double] {
    try PairedOutputs(yTrue, yPred, sampleWeight: sampleWeight).meanErrors { abs($0 - $1) }
}

// MARK: - Percentage

/// The mean of the absolute differences between true and predicted targets, each relative to the true one.
///
/// Formula: Σ wᵢ |yᵢ − ŷᵢ| / max(|yᵢ|, ε) / Σ wᵢ with ε = 2⁻⁵², so that a true value of 0 causes a large but finite
/// error. The result is a fraction, not a percentage: 1 means 100 %.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - multioutput: how the errors of several outputs become one: `.uniformAverage`, a list of one weight per output,
///     or, in the other overload, `.rawValues`.
/// - Returns: a number of at least 0, without unit.
/// - Throws: `EstimatorError` when there are no samples, when numbers of samples or outputs differ, for targets that
///   are not finite, for sample weights that are negative, not finite, or sum to 0, and for weights of outputs that
///   are not finite, sum to 0, or are not one for each of several outputs.
/// - Complexity: O(n · outputs).
public func meanAbsolutePercentageError<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: MultiOutput = .uniformAverage
) throws -> Double {
    try multioutput.combine(
        meanAbsolutePercentageError(yTrue, yPred, sampleWeight: sampleWeight, multioutput: .rawValues))
}

/// The mean of the absolute differences between true and predicted targets, each relative to the true one, for each
/// output.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - multioutput: always `.rawValues`.
/// - Returns: a number of at least 0 for each output, without unit.
/// - Throws: `EstimatorError` as the overload that averages.
public func meanAbsolutePercentageError<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: RawValues
) throws -> [Double] {
    try PairedOutputs(yTrue, yPred, sampleWeight: sampleWeight).meanErrors {
        abs($0 - $1) / max(abs($0), Double.ulpOfOne)
    }
}

// MARK: - Maximum

/// The greatest absolute difference between a true and a predicted target.
///
/// - Parameters:
///   - yTrue: the true targets, one number per sample.
///   - yPred: the predicted targets, one per sample.
/// - Returns: a number of at least 0, in the targets' unit.
/// - Throws: `EstimatorError.invalidInput` when there are no samples, when numbers of samples differ, for targets
///   that are not finite, and for several outputs.
/// - Complexity: O(n).
public func maxError<Target: RegressionTarget>(_ yTrue: [Target], _ yPred: [Target]) throws -> Double {
    let (truth, prediction) = try PairedOutputs(yTrue, yPred, sampleWeight: nil).single(of: "maxError")
    return zip(truth, prediction).reduce(0) { max($0, abs($1.0 - $1.1)) }
}
