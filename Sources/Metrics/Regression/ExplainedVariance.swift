public import Estimators
import LinearAlgebra

// MARK: - R²

/// The coefficient of determination R², the share of the targets' variance that the prediction explains.
///
/// Formula: 1 − Σ wᵢ (yᵢ − ŷᵢ)² / Σ wᵢ (yᵢ − ȳ)². Of targets that are all the same the mean can have a rounding error, as
/// that of 0.1, 0.1, 0.1 is: then the score is, as scikit-learn's, an arbitrarily large number.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
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
///   - yPred: the predicted targets, one per sample.
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

/// The share of the targets' variance that the prediction explains, ignoring a constant error.
///
/// Formula: 1 − Var(y − ŷ) / Var(y), with weighted means. Of targets that are all the same the mean can be off by a
/// rounding, as that of 0.1, 0.1, 0.1 is: then the score is, as scikit-learn's, an arbitrarily large number.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
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

/// The share of the targets' variance that the prediction explains, ignoring a constant error, for each output.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
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

/// The variance of the residuals and of the targets, for each output.
private struct ExplainedVariance {
    let residuals: [Double]
    let variances: [Double]
    let isSingleSample: Bool

    func scores(forceFinite: Bool) -> [Double] {
        zip(residuals, variances).map { residual, variance in
            if isSingleSample { return .nan }
            if forceFinite && residual == 0 { return 1 }
            return forceFinite && variance == 0 ? 0 : 1 - residual / variance
        }
    }
}

// The steps and the order of additions are NumPy's: for equal targets, rounding errors are the whole variance.
extension PairedOutputs {
    /// - Parameter centred: whether to subtract the mean error from the residuals.
    fileprivate func explained(centred: Bool) -> ExplainedVariance {
        ExplainedVariance(
            residuals: perOutput { truth, prediction in
                let errors = zip(truth, prediction).map { $0 - $1 }
                return centred ? mean(squares(errors, around: mean(errors))) : weightedSum(squares(errors, around: 0))
            },
            variances: perOutput { truth, _ in
                let squares = squares(truth, around: mean(truth))
                return centred ? mean(squares) : weightedSum(squares)
            },
            isSingleSample: !centred && truth.rows < 2)
    }

    private func squares(_ values: [Double], around centre: Double) -> [Double] {
        values.map { ($0 - centre) * ($0 - centre) }
    }

    private func mean(_ values: [Double]) -> Double {
        weightedSum(values) / (sampleWeight.map(pairwiseSum) ?? Double(values.count))
    }

    /// Σ wᵢ·vᵢ of one output. NumPy adds several outputs row by row.
    private func weightedSum(_ values: [Double]) -> Double {
        let terms = sampleWeight.map { zip($0, values).map { $0 * $1 } } ?? values
        return truth.columns == 1 ? pairwiseSum(terms) : terms.reduce(0, +)
    }
}
