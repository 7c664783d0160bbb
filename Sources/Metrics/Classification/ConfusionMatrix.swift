public import Estimators
public import LinearAlgebra

/// The divisor of the counts of a confusion matrix.
public enum ConfusionNormalization: String, Sendable, Codable, CaseIterable {
    /// Divides by the row's sum: fractions of the samples of a true class.
    case `true`
    /// Divides by the column's sum: fractions of the predictions of a class.
    case pred
    /// Divides by the sum of all counts.
    case all
}

/// Counts the samples by true and predicted class: row i, column j has the samples of class i that are predicted as
/// class j.
///
/// ```swift
/// try confusionMatrix(["a", "a", "b"], ["a", "b", "b"])   // [[1, 1], [0, 1]]
/// ```
///
/// - Parameters:
///   - yTrue: the true labels, one per sample.
///   - yPred: the predicted labels, one per sample.
///   - labels: the classes of the rows and columns, in their order; other samples are left out. nil for all that occur,
///     in ascending order.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - normalize: the divisor; nil for counts. A row or column of zeros stays zero.
/// - Returns: classes × classes.
/// - Throws: `EstimatorError` when there are no samples, when the numbers of samples differ, for weights that are
///   negative, not finite, or sum to 0, and for `labels` that are empty or none of which is in `yTrue`.
/// - Complexity: O(n + classes²).
public func confusionMatrix<Label: ClassLabel>(
    _ yTrue: [Label], _ yPred: [Label], labels: [Label]? = nil, sampleWeight: [Double]? = nil,
    normalize: ConfusionNormalization? = nil
) throws -> Matrix<Double> {
    let pair = try TargetPair(yTrue, yPred, sampleWeight: sampleWeight)
    var matrix = try confusion(yTrue, yPred, labels: labels ?? pair.labels, pair: pair, truthName: "yTrue")
    let (rowSums, columnSums) = margins(of: matrix)
    let sum = pairwiseSum(matrix.elements)
    if matrix.rows == 1 {
        FitWarnings.warn("The confusion matrix has a single class: name all classes in labels for its full shape.")
    }
    for row in 0..<matrix.rows {
        for column in 0..<matrix.columns where matrix[row, column] != 0 {
            switch normalize {
            case .true: matrix[row, column] /= rowSums[row]
            case .pred: matrix[row, column] /= columnSums[column]
            case .all: matrix[row, column] /= sum
            case nil: break
            }
        }
    }
    return matrix
}

/// For each class a 2 × 2 confusion matrix of the class against the rest: [[true negatives, false positives],
/// [false negatives, true positives]].
///
/// - Parameters:
///   - yTrue: the true targets, one per sample.
///   - yPred: the predicted targets, one per sample.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - labels: the classes (or columns of indicators) to count, in their order; nil for all that occur, in ascending
///     order. A class that does not occur is included too.
///   - samplewise: whether to return a matrix for each sample instead, of its indicators; for multilabel targets only.
/// - Returns: one matrix for each class or sample.
/// - Throws: `EstimatorError` for what ``accuracyScore(_:_:normalize:sampleWeight:)`` rejects, for `labels` that are no
///   columns of a multilabel target, and for `samplewise` without multilabel targets.
/// - Complexity: O(n · classes) for multilabel targets, otherwise O(n + classes).
public func multilabelConfusionMatrix<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]? = nil, labels: [Target.Label]? = nil,
    samplewise: Bool = false
) throws -> [Matrix<Double>] {
    let pair = try TargetPair(yTrue, yPred, sampleWeight: sampleWeight)
    let counts =
        try samplewise
        ? ClassCounts(perSampleOf: pair, labels: labels) : ClassCounts(perClassOf: pair, labels: labels)
    return counts.total.indices.map { position in
        let right = counts.truePositives[position]
        let falsePositives = counts.predicted[position] - right
        let falseNegatives = counts.actual[position] - right
        let trueNegatives = counts.total[position] - right - falsePositives - falseNegatives
        return [[trueNegatives, falsePositives], [falseNegatives, right]]
    }
}

/// The weights of the samples of each pair of classes that are both among `labels`.
func confusion<Label: ClassLabel>(
    _ yTrue: [Label], _ yPred: [Label], labels: [Label], pair: TargetPair<Label>, truthName: String
) throws -> Matrix<Double> {
    let number = Dictionary(zip(labels, 0...), uniquingKeysWith: { _, last in last })
    try Check.require(
        yTrue.contains { number[$0] != nil }, parameter: "labels", "[\(listed(labels))]",
        allowed: "a list with at least one label of \(truthName)")
    var matrix = Matrix<Double>(rows: labels.count, columns: labels.count, repeating: 0)
    for sample in yTrue.indices {
        guard let row = number[yTrue[sample]], let column = number[yPred[sample]] else { continue }
        matrix[row, column] += pair.weight(sample)
    }
    return matrix
}

/// The sums of the rows and of the columns, in NumPy's order of additions.
func margins(of matrix: Matrix<Double>) -> (rows: [Double], columns: [Double]) {
    (
        (0..<matrix.rows).map { pairwiseSum(Array(matrix.row($0))) },
        (0..<matrix.columns).map { matrix.column($0).reduce(0, +) }
    )
}
