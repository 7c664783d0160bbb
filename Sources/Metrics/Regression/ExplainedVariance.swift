public import Estimators
import LinearAlgebra

// MARK: - R²

/// The coefficient of determination R²: the fraction of the targets' variance that the predictions explain.
///
/// Formula: 1 − Σ wᵢ (yᵢ − ŷᵢ)² / Σ wᵢ (yᵢ − ȳ)². If all targets are equal, their mean can have a rounding error, as
/// for 0.1, 0.1, 0.1. The score is then an arbitrarily large number, as in scikit-learn.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - multioutput: how the scores of several outputs become one: `.uniformAverage`, `.varianceWeighted`, a list of one
///     weight per output, or, in the other overload, `.rawValues`.
///   - forceFinite: whether an output whose true targets are all equal scores 1 for a perfect prediction and 0 for any
///     other one. With `false` these scores are NaN and −∞.
/// - Returns: at most 1; 0 for a prediction no better than the mean, negative for a worse one; NaN for a single
///   sample, which has no variance.
/// - Throws: `EstimatorError` when there are no samples, when numbers of samples or outputs differ, for targets that
///   are not finite, for sample weights that are negative, not finite, or sum to 0, and for weights of outputs that
///   are not finite, sum to 0, or are not one for each of several outputs.
/// - Complexity: O(n · outputs).
public func r2Score<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: MultiOutput = .uniformAverage,
    forceFinite: Bool = true
) throws -> Double {
    let explained = try PairedOutputs(yTrue, yPred, sampleWeight: sampleWeight).explained(centered: false)
    if yTrue.count < 2 { FitWarnings.warn("R² is nan for a single sample, which has no variance.") }
    return try multioutput.combine(explained.scores(forceFinite: forceFinite), variances: explained.weights)
}

/// The coefficient of determination R²: the fraction of the targets' variance that the predictions explain, for each
/// output.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - multioutput: always `.rawValues`.
///   - forceFinite: whether an output whose true targets are all equal scores 1 for a perfect prediction and 0 for any
///     other one. With `false` these scores are NaN and −∞.
/// - Returns: at most 1; 0 for a prediction no better than the mean, negative for a worse one; NaN for a single
///   sample, which has no variance, for each output.
/// - Throws: `EstimatorError` as the overload that averages.
public func r2Score<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: RawValues,
    forceFinite: Bool = true
) throws -> [Double] {
    let explained = try PairedOutputs(yTrue, yPred, sampleWeight: sampleWeight).explained(centered: false)
    if yTrue.count < 2 { FitWarnings.warn("R² is nan for a single sample, which has no variance.") }
    return explained.scores(forceFinite: forceFinite)
}

// MARK: - Explained variance

/// The fraction of the targets' variance that the predictions explain, ignoring a constant error.
///
/// Formula: 1 − Var(y − ŷ) / Var(y), with weighted means. If all targets are equal, their mean can have a rounding
/// error, as for 0.1, 0.1, 0.1. The score is then an arbitrarily large number, as in scikit-learn.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - multioutput: how the scores of several outputs become one: `.uniformAverage`, `.varianceWeighted`, a list of one
///     weight per output, or, in the other overload, `.rawValues`.
///   - forceFinite: whether an output whose true targets are all equal scores 1 for a perfect prediction and 0 for any
///     other one. With `false` these scores are NaN and −∞.
/// - Returns: at most 1; equal to `r2Score` if the mean error is 0, otherwise greater.
/// - Throws: `EstimatorError` when there are no samples, when numbers of samples or outputs differ, for targets that
///   are not finite, for sample weights that are negative, not finite, or sum to 0, and for weights of outputs that
///   are not finite, sum to 0, or are not one for each of several outputs.
/// - Complexity: O(n · outputs).
public func explainedVarianceScore<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: MultiOutput = .uniformAverage,
    forceFinite: Bool = true
) throws -> Double {
    let explained = try PairedOutputs(yTrue, yPred, sampleWeight: sampleWeight).explained(centered: true)
    return try multioutput.combine(explained.scores(forceFinite: forceFinite), variances: explained.weights)
}

/// The fraction of the targets' variance that the predictions explain, ignoring a constant error, for each output.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - multioutput: always `.rawValues`.
///   - forceFinite: whether an output whose true targets are all equal scores 1 for a perfect prediction and 0 for any
///     other one. With `false` these scores are NaN and −∞.
/// - Returns: at most 1; equal to `r2Score` if the mean error is 0, otherwise greater, for each output.
/// - Throws: `EstimatorError` as the overload that averages.
public func explainedVarianceScore<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: RawValues,
    forceFinite: Bool = true
) throws -> [Double] {
    try PairedOutputs(yTrue, yPred, sampleWeight: sampleWeight).explained(centered: true)
        .scores(forceFinite: forceFinite)
}

// MARK: - Shares of variance

/// The variance of the residuals and of the targets, for each output.
private struct ExplainedVariance {
    let residuals: [Double]
    let variances: [Double]
    /// What the targets of each output were divided by.
    let units: [Double]
    let isSingleSample: Bool

    /// The variances of all outputs in one unit, as weights of the outputs.
    var weights: [Double] {
        let greatest = units.max() ?? 1
        return zip(variances, units).map { $0 * ($1 / greatest) * ($1 / greatest) }
    }

    func scores(forceFinite: Bool) -> [Double] {
        zip(residuals, variances).map { residual, variance in
            if isSingleSample { return .nan }
            if forceFinite && residual == 0 { return 1 }
            return forceFinite && variance == 0 ? 0 : 1 - residual / variance
        }
    }
}

// The steps and the order of additions are NumPy's, because for equal targets the variance consists of rounding errors
// only.
extension PairedOutputs {
    /// - Parameter centered: whether to subtract the mean error from the residuals.
    fileprivate func explained(centered: Bool) -> ExplainedVariance {
        let outputs = perOutput { truth, prediction in
            let sums = squares(truth, prediction, centered: centered)
            // Nothing has overflowed or underflowed then.
            let isExact = [sums.residual, sums.variance].allSatisfy((0x1p-900...0x1p900).contains)
            let unit = isExact ? 1 : unit(of: truth + prediction)
            if unit == 1 { return (sums: sums, unit: unit) }
            return (squares(truth.map { $0 / unit }, prediction.map { $0 / unit }, centered: centered), unit)
        }
        return ExplainedVariance(
            residuals: outputs.map(\.sums.residual), variances: outputs.map(\.sums.variance),
            units: outputs.map(\.unit), isSingleSample: !centered && truth.rows < 2)
    }

    /// The squares of errors and of deviations from the mean target: their means if `centered`, else their sums.
    private func squares(
        _ truth: [Double], _ prediction: [Double], centered: Bool
    ) -> (residual: Double, variance: Double) {
        let totalWeight = sampleWeight.map(pairwiseSum) ?? Double(truth.count)
        return truth.withUnsafeBufferPointer { truth in
            prediction.withUnsafeBufferPointer { prediction in
                let meanError = centered ? weightedSum { truth[$0] - prediction[$0] } / totalWeight : 0
                let residual = weightedSum { sample in
                    let error = (truth[sample] - prediction[sample]) - meanError
                    return error * error
                }
                let mean = weightedSum { truth[$0] } / totalWeight
                let variance = weightedSum { (truth[$0] - mean) * (truth[$0] - mean) }
                return centered ? (residual / totalWeight, variance / totalWeight) : (residual, variance)
            }
        }
    }

    /// Σ wᵢ·vᵢ of one output. NumPy adds several outputs row by row.
    @inline(__always)
    private func weightedSum(_ value: (_ sample: Int) -> Double) -> Double {
        func term(_ sample: Int) -> Double {
            guard let sampleWeight else { return value(sample) }
            return sampleWeight[sample] * value(sample)
        }
        guard truth.columns == 1 else { return (0..<truth.rows).reduce(0) { $0 + term($1) } }
        return pairwiseSum(count: truth.rows) { samples, terms in
            for sample in samples { terms[sample - samples.lowerBound] = term(sample) }
        }
    }
}
