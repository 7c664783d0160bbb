public import Estimators
import RealModule

// MARK: - Mean squared error

/// The mean of the squared differences between true and predicted targets.
///
/// Formula: Σ wᵢ (yᵢ − ŷᵢ)² / Σ wᵢ.
///
/// ```swift
/// try meanSquaredError([3, -0.5, 2, 7], [2.5, 0.0, 2, 8])   // 0.375
/// ```
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - multioutput: how the errors of several outputs become one: `.uniformAverage`, a list of one weight per output,
///     or, in the other overload, `.rawValues`.
/// - Returns: a number of at least 0, in the square of the targets' unit.
/// - Throws: `EstimatorError` when there are no samples, when numbers of samples or outputs differ, for targets that
///   are not finite, for sample weights that are negative, not finite, or sum to 0, and for weights of outputs that
///   are not finite, sum to 0, or are not one for each of several outputs.
/// - Complexity: O(n · outputs).
public func meanSquaredError<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: MultiOutput = .uniformAverage
) throws -> Double {
    try multioutput.combine(meanSquaredError(yTrue, yPred, sampleWeight: sampleWeight, multioutput: .rawValues))
}

/// The mean of the squared differences between true and predicted targets, for each output.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - multioutput: always `.rawValues`.
/// - Returns: a number of at least 0 for each output, in the square of the targets' unit.
/// - Throws: `EstimatorError` as the overload that averages.
public func meanSquaredError<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: RawValues
) throws -> [Double] {
    try PairedOutputs(yTrue, yPred, sampleWeight: sampleWeight).meanErrors { ($0 - $1) * ($0 - $1) }
}

// MARK: - Root

/// The square root of the mean of the squared differences between true and predicted targets.
///
/// Formula: √(Σ wᵢ (yᵢ − ŷᵢ)² / Σ wᵢ), for several outputs the mean of their roots.
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
public func rootMeanSquaredError<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: MultiOutput = .uniformAverage
) throws -> Double {
    try multioutput.combine(rootMeanSquaredError(yTrue, yPred, sampleWeight: sampleWeight, multioutput: .rawValues))
}

/// The square root of the mean of the squared differences between true and predicted targets, for each output.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - multioutput: always `.rawValues`.
/// - Returns: a number of at least 0 for each output, in the targets' unit.
/// - Throws: `EstimatorError` as the overload that averages.
public func rootMeanSquaredError<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: RawValues
) throws -> [Double] {
    let outputs = try PairedOutputs(yTrue, yPred, sampleWeight: sampleWeight)
    return outputs.perOutput { truth, prediction in
        outputs.scaled(zip(truth, prediction).map { $0 - $1 }) { errors in
            average(errors.map { $0 * $0 }, weights: sampleWeight).squareRoot()
        }
    }
}

// MARK: - Logarithms

/// The mean of the squared differences between the logarithms of true and predicted targets, 1 added to each.
///
/// Formula: Σ wᵢ (ln(1 + yᵢ) − ln(1 + ŷᵢ))² / Σ wᵢ.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - multioutput: how the errors of several outputs become one: `.uniformAverage`, a list of one weight per output,
///     or, in the other overload, `.rawValues`.
/// - Returns: a number of at least 0, without unit.
/// - Throws: `EstimatorError` when there are no samples, when numbers of samples or outputs differ, for targets that
///   are not finite or not above −1, for sample weights that are negative, not finite, or sum to 0, and for weights
///   of outputs that are not finite, sum to 0, or are not one for each of several outputs.
/// - Complexity: O(n · outputs).
public func meanSquaredLogError<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: MultiOutput = .uniformAverage
) throws -> Double {
    try multioutput.combine(meanSquaredLogError(yTrue, yPred, sampleWeight: sampleWeight, multioutput: .rawValues))
}

/// The mean of the squared differences between the logarithms of true and predicted targets, 1 added to each, for
/// each output.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - multioutput: always `.rawValues`.
/// - Returns: a number of at least 0 for each output, without unit.
/// - Throws: `EstimatorError` as the overload that averages.
public func meanSquaredLogError<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: RawValues
) throws -> [Double] {
    let outputs = try PairedOutputs(yTrue, yPred, sampleWeight: sampleWeight)
    for (argument, values) in [("yTrue", outputs.truth), ("yPred", outputs.prediction)] {
        let bad = values.elements.first { $0 <= -1 }
        try Check.require(bad == nil, argument, "must contain numbers above -1 only, but contains \(bad ?? -1)")
    }
    return outputs.meanErrors { truth, prediction in
        let difference = Double.log(onePlus: truth) - Double.log(onePlus: prediction)
        return difference * difference
    }
}

/// The square root of the mean of the squared differences between the logarithms of true and predicted targets, 1 added
/// to each.
///
/// Formula: √(Σ wᵢ (ln(1 + yᵢ) − ln(1 + ŷᵢ))² / Σ wᵢ); the errors of several outputs are averaged after the root.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - multioutput: how the errors of several outputs become one: `.uniformAverage`, a list of one weight per output,
///     or, in the other overload, `.rawValues`.
/// - Returns: a number of at least 0, without unit.
/// - Throws: `EstimatorError` for what `meanSquaredLogError` rejects.
/// - Complexity: O(n · outputs).
public func rootMeanSquaredLogError<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: MultiOutput = .uniformAverage
) throws -> Double {
    try multioutput.combine(
        rootMeanSquaredLogError(yTrue, yPred, sampleWeight: sampleWeight, multioutput: .rawValues))
}

/// The square root of the mean of the squared differences between the logarithms of true and predicted targets, 1 added
/// to each, for each output.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - multioutput: always `.rawValues`.
/// - Returns: a number of at least 0 for each output, without unit.
/// - Throws: `EstimatorError` as the overload that averages.
public func rootMeanSquaredLogError<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: RawValues
) throws -> [Double] {
    try meanSquaredLogError(yTrue, yPred, sampleWeight: sampleWeight, multioutput: .rawValues).map { $0.squareRoot() }
}
