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
    let given = try checkedProbabilities(yProba, of: yTrue.count, sampleWeight: sampleWeight)
    let (truth, values): (Matrix<Double>, Matrix<Double>)
    if given.columns == 1 {
        let classes = try binaryClasses(of: yTrue)
        // Where numbers follow neither convention, the last one is positive.
        let fallback = conventionalPositive(Label.self) == nil ? nil : classes.last
        let positive =
            try posLabel ?? (try? positiveLabel(nil, among: classes)) ?? fallback
            ?? positiveLabel(nil, among: classes)
        truth = Matrix(rows: yTrue.count, columns: 1, elements: yTrue.map { $0 == positive ? 1 : 0 }).withComplement
        values = given.withComplement
    } else {
        let probabilities = try Probabilities(yTrue, yProba, labels: labels, sampleWeight: sampleWeight)
        (truth, values) = (probabilities.truth, probabilities.values)
    }
    let distances = (0..<yTrue.count).map { sample in
        zip(truth.rowSlice(sample), values.rowSlice(sample)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    return average(distances, weights: sampleWeight) * (scaleByHalf ?? (values.columns < 3) ? 0.5 : 1)
}
