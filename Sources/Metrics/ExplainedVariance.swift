public import Estimators

// MARK: - R²

/// The coefficient of determination R², the share of the targets' variance that the prediction explains.
///
/// Formula: 1 − Σ wᵢ (yᵢ − ŷᵢ)² / Σ wᵢ (yᵢ − ȳ)². Targets that are all the same have no variance, also where
/// scikit-learn divides by the rounding error of their mean.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, as many.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - multioutput: how the scores of several outputs become one: `.uniformAverage`, `.varianceWeighted`, a list of one
///     weight per output, or, in the other overload, `.rawValues`.
///   - forceFinite: whether an output whose true targets are all the same scores 1 for a perfect prediction and 0 for
///     others; `false` leaves it at NaN and −∞.
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
    let explained = try PairedOutputs(yTrue, yPred, sampleWeight: sampleWeight).explained(centred: false)
    return try multioutput.combine(explained.scores(forceFinite: forceFinite), variances: explained.variances)
}

/// The coefficient of determination R², the share of the targets' variance that the prediction explains, for each
/// output.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, as many.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - multioutput: always `.rawValues`.
///   - forceFinite: whether an output whose true targets are all the same scores 1 for a perfect prediction and 0 for
///     others; `false` leaves it at NaN and −∞.
/// - Returns: at most 1; 0 for a prediction no better than the mean, negative for a worse one; NaN for a single
///   sample, which has no variance, for each output.
/// - Throws: `EstimatorError` as the overload that averages.
public func r2Score<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: RawValues,
    forceFinite: Bool = true
) throws -> [Double] {
    try PairedOutputs(yTrue, yPred, sampleWeight: sampleWeight).explained(centred: false)
        .scores(forceFinite: forceFinite)
}

// MARK: - Explained variance

/// The share of the targets' variance that the prediction explains, a constant error apart.
///
/// Formula: 1 − Var(y − ŷ) / Var(y), with weighted means. Numbers that are all the same have no variance, also where
/// scikit-learn divides by the rounding error of their mean.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, as many.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - multioutput: how the scores of several outputs become one: `.uniformAverage`, `.varianceWeighted`, a list of one
///     weight per output, or, in the other overload, `.rawValues`.
///   - forceFinite: whether an output whose true targets are all the same scores 1 for a perfect prediction and 0 for
///     others; `false` leaves it at NaN and −∞.
/// - Returns: at most 1; equal to `r2Score` where the mean error is 0, otherwise greater.
/// - Throws: `EstimatorError` when there are no samples, when numbers of samples or outputs differ, for targets that
///   are not finite, for sample weights that are negative, not finite, or sum to 0, and for weights of outputs that
///   are not finite, sum to 0, or are not one for each of several outputs.
/// - Complexity: O(n · outputs).
public func explainedVarianceScore<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: MultiOutput = .uniformAverage,
    forceFinite: Bool = true
) throws -> Double {
    let explained = try PairedOutputs(yTrue, yPred, sampleWeight: sampleWeight).explained(centred: true)
    return try multioutput.combine(explained.scores(forceFinite: forceFinite), variances: explained.variances)
}

/// The share of the targets' variance that the prediction explains, a constant error apart, for each output.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, as many.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - multioutput: always `.rawValues`.
///   - forceFinite: whether an output whose true targets are all the same scores 1 for a perfect prediction and 0 for
///     others; `false` leaves it at NaN and −∞.
/// - Returns: at most 1; equal to `r2Score` where the mean error is 0, otherwise greater, for each output.
/// - Throws: `EstimatorError` as the overload that averages.
public func explainedVarianceScore<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, multioutput: RawValues,
    forceFinite: Bool = true
) throws -> [Double] {
    try PairedOutputs(yTrue, yPred, sampleWeight: sampleWeight).explained(centred: true)
        .scores(forceFinite: forceFinite)
}

// MARK: - Shares of variance

/// For each output what is left of the targets' variance once the prediction is known, and that variance.
private struct ExplainedVariance {
    let residuals: [Double]
    let variances: [Double]
    let isSingleSample: Bool

    func scores(forceFinite: Bool) -> [Double] {
        zip(residuals, variances).map { residual, variance in
            if isSingleSample { return .nan }
            if forceFinite && variance == 0 { return residual == 0 ? 1 : 0 }
            return 1 - residual / variance
        }
    }
}

extension PairedOutputs {
    /// - Parameter centred: whether the mean error is taken out of the residuals.
    fileprivate func explained(centred: Bool) -> ExplainedVariance {
        ExplainedVariance(
            residuals: perOutput { truth, prediction in
                let errors = zip(truth, prediction).map { $0 - $1 }
                return centred ? variance(errors) : average(errors.map { $0 * $0 }, weights: sampleWeight)
            },
            variances: perOutput { truth, _ in variance(truth) },
            isSingleSample: !centred && truth.rows < 2)
    }

    /// Exactly 0 for equal numbers, of which the mean can be off by a rounding.
    private func variance(_ values: [Double]) -> Double {
        let counted = sampleWeight.map { weights in zip(values, weights).filter { $1 > 0 }.map(\.0) } ?? values
        guard counted.contains(where: { $0 != counted[0] }) else { return 0 }
        let mean = average(values, weights: sampleWeight)
        return average(values.map { ($0 - mean) * ($0 - mean) }, weights: sampleWeight)
    }
}
