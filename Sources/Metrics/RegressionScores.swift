public import Estimators
import LinearAlgebra

/// The mean of the squared differences between true and predicted targets.
///
/// Formula: Σ wᵢ (yᵢ − ŷᵢ)² / Σ wᵢ; for several outputs the mean over the outputs.
///
/// ```swift
/// try meanSquaredError([3, -0.5, 2, 7], [2.5, 0.0, 2, 8])   // 0.375
/// ```
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, as many.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
/// - Returns: a number of at least 0, in the square of the targets' unit.
/// - Throws: `EstimatorError.invalidInput` when there are no samples, when numbers of samples or outputs differ, for
///   targets that are not finite, or for weights that are negative, not finite, or sum to 0.
/// - Complexity: O(n · outputs).
public func meanSquaredError<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil
) throws -> Double {
    let (truth, prediction) = try pairedOutputs(yTrue, yPred, sampleWeight)
    let errors = (0..<truth.columns).map { output in
        average(
            zip(truth.column(output), prediction.column(output)).map { ($0 - $1) * ($0 - $1) }, weights: sampleWeight)
    }
    return average(errors, weights: nil)
}

/// The coefficient of determination R², the share of the targets' variance that the prediction explains.
///
/// Formula: 1 − Σ wᵢ (yᵢ − ŷᵢ)² / Σ wᵢ (yᵢ − ȳ)²; for several outputs the mean over the outputs. Where the true targets
/// of an output are all the same, it counts as 1 when the prediction is exact and as 0 otherwise.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, as many.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
/// - Returns: at most 1; 0 for a prediction no better than the mean, negative for a worse one; NaN for a single sample,
///   which has no variance.
/// - Throws: `EstimatorError.invalidInput` when there are no samples, when numbers of samples or outputs differ, for
///   targets that are not finite, or for weights that are negative, not finite, or sum to 0.
/// - Complexity: O(n · outputs).
public func r2Score<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil
) throws -> Double {
    let (truth, prediction) = try pairedOutputs(yTrue, yPred, sampleWeight)
    guard truth.rows >= 2 else { return .nan }
    let scores = (0..<truth.columns).map { output in
        let actual = truth.column(output)
        // Of equal targets the mean, and so the variance, can be off by a rounding.
        let counted = sampleWeight.map { weights in zip(actual, weights).filter { $1 > 0 }.map(\.0) } ?? actual
        let isConstant = counted.allSatisfy { $0 == counted[0] }
        let mean = average(actual, weights: sampleWeight)
        let residual = average(
            zip(actual, prediction.column(output)).map { ($0 - $1) * ($0 - $1) }, weights: sampleWeight)
        let variance = average(actual.map { ($0 - mean) * ($0 - mean) }, weights: sampleWeight)
        if isConstant || variance == 0 { return residual == 0 ? 1.0 : 0.0 }
        return 1 - residual / variance
    }
    return average(scores, weights: nil)
}

/// True and predicted targets as samples × outputs of one shape, checked together with their weights.
private func pairedOutputs<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], _ sampleWeight: [Double]?
) throws -> (truth: Matrix<Double>, prediction: Matrix<Double>) {
    try Check.notEmpty(yTrue.count, argument: "yTrue")
    try Check.sameCount(yPred.count, argument: "yPred", as: yTrue.count, of: "yTrue")
    try Check.sampleWeight(sampleWeight, count: yTrue.count, of: "yTrue")
    let truth = try Target.outputs(of: yTrue, argument: "yTrue")
    let prediction = try Target.outputs(of: yPred, argument: "yPred")
    guard truth.columns == prediction.columns else {
        throw EstimatorError.invalidInput(
            argument: "yPred",
            problem: "must have \(truth.columns) outputs per sample, as yTrue, but has \(prediction.columns)")
    }
    return (truth, prediction)
}
