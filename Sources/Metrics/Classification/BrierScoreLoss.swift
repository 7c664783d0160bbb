public import Estimators
import LinearAlgebra

/// The mean squared distance between predicted probabilities and the truth.
///
/// Formula: Σ wᵢ Σₖ (yᵢₖ − pᵢₖ)² / Σ wᵢ over the classes k; half of it for two classes.
///
/// - Parameters:
///   - yTrue: the true labels, one per sample.
///   - yProba: the predicted probabilities: of the positive class, or a column per class in ascending order.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - posLabel: the class whose probabilities a single column holds; nil for 1 or `true`, or for the greater of other
///     numbers.
///   - labels: the classes of several columns, needed if `yTrue` does not contain all of them.
///   - scaleByHalf: whether to halve the sum, so that it is in 0 ... 1; nil for fewer than three classes only.
/// - Returns: a number in 0 ... 2, 0 being best.
/// - Throws: `EstimatorError` for what ``logLoss(_:_:normalize:sampleWeight:labels:)`` rejects, and with a single
///   column for more than two classes, or where `posLabel` is nil and the labels are no numbers.
/// - Complexity: O(n · classes).
public func brierScoreLoss<Label: ClassLabel, Scores: ScoreTable>(
    _ yTrue: [Label], _ yProba: Scores, sampleWeight: [Double]? = nil, posLabel: Label? = nil, labels: [Label]? = nil,
    scaleByHalf: Bool? = nil
) throws -> Double {
    let (truth, values) = try brierTables(yTrue, yProba, sampleWeight, posLabel, labels)
    return meanDistance(truth, values, sampleWeight) * (scaleByHalf ?? (values.columns < 3) ? 0.5 : 1)
}

/// The fraction of the Brier score that probabilities explain, compared with the frequencies of the classes.
///
/// - Parameters:
///   - yTrue: the true labels, one per sample.
///   - yProba: the predicted probabilities: of the positive class, or a column per class in ascending order.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - posLabel: the class whose probabilities a single column holds; nil for 1 or `true`, or for the greater of other
///     numbers.
///   - labels: the classes of several columns, needed if `yTrue` does not contain all of them.
/// - Returns: at most 1; 0 for probabilities no better than the frequencies; NaN for a single sample.
/// - Throws: `EstimatorError` for what ``brierScoreLoss(_:_:sampleWeight:posLabel:labels:scaleByHalf:)`` rejects.
public func d2BrierScore<Label: ClassLabel, Scores: ScoreTable>(
    _ yTrue: [Label], _ yProba: Scores, sampleWeight: [Double]? = nil, posLabel: Label? = nil, labels: [Label]? = nil
) throws -> Double {
    guard hasDeviance(yTrue.count) else { return .nan }
    let (truth, values) = try brierTables(yTrue, yProba, sampleWeight, posLabel, labels)
    return 1 - meanDistance(truth, values, sampleWeight)
        / meanDistance(truth, truth.repeatingMean(weights: sampleWeight), sampleWeight)
}

/// Indicators of the classes, and the probabilities of all of them.
private func brierTables<Label: ClassLabel, Scores: ScoreTable>(
    _ yTrue: [Label], _ yProba: Scores, _ sampleWeight: [Double]?, _ posLabel: Label?, _ labels: [Label]?
) throws -> (truth: Matrix<Double>, values: Matrix<Double>) {
    let given = try checkedProbabilities(yProba, of: yTrue.count, sampleWeight: sampleWeight)
    if given.columns == 1 {
        let classes = try binaryClasses(of: yTrue)
        // Where numbers follow neither convention, the last one is positive.
        let fallback = conventionalPositive(Label.self) == nil ? nil : classes.last
        let positive =
            try posLabel ?? (try? positiveLabel(nil, among: classes)) ?? fallback
            ?? positiveLabel(nil, among: classes)
        let truth = Matrix<Double>(rows: yTrue.count, columns: 1, elements: yTrue.map { $0 == positive ? 1 : 0 })
        return (truth.withComplement(), given.withComplement())
    }
    let probabilities = try Probabilities(yTrue, yProba, labels: labels, sampleWeight: sampleWeight)
    return (probabilities.truth, probabilities.values)
}

/// The mean over the rows of their squared distance.
private func meanDistance(_ truth: Matrix<Double>, _ values: Matrix<Double>, _ weights: [Double]?) -> Double {
    let distances = (0..<truth.rows).map { sample in
        zip(truth.rowSlice(sample), values.rowSlice(sample)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    return average(distances, weights: weights)
}
