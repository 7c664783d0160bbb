public import Estimators

/// The median of the absolute differences between true and predicted targets.
///
/// With weights, the smallest difference at which the cumulated weight reaches half of the total. If it is exactly
/// half, the mean of that difference and the next one with a positive weight.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
///   - multioutput: how the errors of several outputs become one: `.uniformAverage`, a list of one weight per output,
///     or, in the other overload, `.rawValues`.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
/// - Returns: a number of at least 0, in the targets' unit.
/// - Throws: `EstimatorError` when there are no samples, when numbers of samples or outputs differ, for targets that
///   are not finite, for sample weights that are negative, not finite, or sum to 0, and for weights of outputs that
///   are not finite, sum to 0, or are not one for each of several outputs.
/// - Complexity: O(n log n · outputs).
public func medianAbsoluteError<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], multioutput: MultiOutput = .uniformAverage, sampleWeight: [Double]? = nil
) throws -> Double {
    try multioutput.combine(medianAbsoluteError(yTrue, yPred, multioutput: .rawValues, sampleWeight: sampleWeight))
}

/// The median of the absolute differences between true and predicted targets, for each output.
///
/// - Parameters:
///   - yTrue: the true targets, one number or row of numbers per sample.
///   - yPred: the predicted targets, one per sample.
///   - multioutput: always `.rawValues`.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
/// - Returns: a number of at least 0 for each output, in the targets' unit.
/// - Throws: `EstimatorError` as the overload that averages.
public func medianAbsoluteError<Target: RegressionTarget>(
    _ yTrue: [Target], _ yPred: [Target], multioutput: RawValues, sampleWeight: [Double]? = nil
) throws -> [Double] {
    try PairedOutputs(yTrue, yPred, sampleWeight: sampleWeight).perOutput { truth, prediction in
        let errors = zip(truth, prediction).map { abs($0 - $1) }
        return sampleWeight.map { weightedQuantile(errors, weights: $0, level: 0.5) } ?? median(errors)
    }
}

private func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let upper = sorted[sorted.count / 2]
    return sorted.count % 2 == 1 ? upper : (sorted[sorted.count / 2 - 1] + upper) / 2
}

/// The weighted quantile: Hyndman and Fan's averaged inverted distribution function, "Sample quantiles in statistical
/// packages", 1996.
func weightedQuantile(_ values: [Double], weights: [Double], level: Double) -> Double {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var reached: [Double] = []
    for index in order { reached.append((reached.last ?? 0) + weights[index]) }
    // Values without weight before the first one with a weight do not count.
    let share = max(level * (reached.last ?? 0), .leastNonzeroMagnitude)
    guard let position = reached.firstIndex(where: { $0 >= share }) else { return .nan }
    let value = values[order[position]]
    // Up to rounding, exactly this share of the weight is at or below this value. The rest starts at the next value with
    // a positive weight.
    guard reached[position] - share <= Double.ulpOfOne else { return value }
    let next = reached.firstIndex { $0 > reached[position] } ?? position
    return (value + values[order[next]]) / 2
}
