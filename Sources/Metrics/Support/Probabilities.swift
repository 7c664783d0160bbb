import Estimators
import LinearAlgebra

/// Predicted probabilities of classes beside the truth, checked together.
struct Probabilities {
    /// Samples × classes.
    let values: Matrix<Double>
    /// 1 if a sample belongs to a class, otherwise 0; samples × classes.
    let truth: Matrix<Double>

    /// A single column has the probabilities of the second of two classes.
    ///
    /// - Throws: `EstimatorError` for different numbers of samples or weights, for probabilities outside of 0 ... 1,
    ///   and for classes that are not those of the columns.
    init<Target: ClassificationTarget, Scores: ScoreTable>(
        _ yTrue: [Target], _ yProba: Scores, labels: [Target.Label]?, sampleWeight: [Double]?
    ) throws {
        let given = try checkedProbabilities(yProba, of: yTrue.count, sampleWeight: sampleWeight)
        let isMultilabel = try Target.isMultilabel && Target.classes(in: yTrue, argument: "yTrue").count > 1
        let classes: [Target.Label]
        if isMultilabel {
            try Check.require(
                labels == nil, parameter: "labels", "[\(listed(labels ?? []))]", allowed: "nil for multilabel targets")
            classes = try Target.classes(in: yTrue, argument: "yTrue")
            truth = try Target.encode(yTrue, classes: classes, argument: "yTrue").widened(to: classes.count)
        } else {
            let single = singleLabels(yTrue)
            classes = Set(labels ?? single).sorted(by: Target.Label.precedes)
            try Check.require(
                classes.count >= 2 && (labels == nil || labels?.count == classes.count), parameter: "labels",
                labels.map { "[\(listed($0))]" } ?? "nil",
                allowed: "a list of at least two different labels\(labels == nil ? ", since yTrue has only one" : "")")
            if let labels, labels != classes {
                FitWarnings.warn(
                    "labels [\(listed(labels))] are not in ascending order, but the columns of yProba are taken to be: "
                        + "[\(listed(classes))]. Sort both.", kind: "labels are not in ascending order")
            }
            truth = try Target.Label.encode(single, classes: classes, argument: "yTrue").widened(to: classes.count)
        }
        values = given.columns == 1 ? given.withComplement() : given
        try Check.require(
            values.columns == classes.count, "yProba",
            "must have one column for each of the \(classes.count) classes (\(listed(classes))), but has "
                + "\(values.columns); if yTrue does not contain all classes, name them in labels")
        if !isMultilabel { warnUnlessDistributions(values, resolution: Scores.scoreResolution) }
    }
}

/// Probabilities in 0 ... 1 as columns, as many as there are samples.
func checkedProbabilities(_ yProba: some ScoreTable, of count: Int, sampleWeight: [Double]?) throws -> Matrix<Double> {
    let values = try checkedScores(yProba, of: count, sampleWeight: sampleWeight, argument: "yProba")
    let bad = values.elements.firstIndex { $0 < 0 || $0 > 1 } ?? -1
    try Check.require(
        bad < 0, "yProba",
        "must consist of probabilities in 0 ... 1, but row \(bad / values.columns) contains \(values.elements[bad])")
    return values
}

/// Warns of rows of probabilities that do not sum to 1, within the root of their precision as in scikit-learn.
private func warnUnlessDistributions(_ values: Matrix<Double>, resolution: Double) {
    let tolerance = resolution.squareRoot()
    for row in 0..<values.rows {
        let sum = values.rowSlice(row).reduce(0, +)
        guard abs(sum - 1) > tolerance else { continue }
        return FitWarnings.warn(
            "yProba has rows that do not sum to 1, such as row \(row) with \(sum): pass probabilities.",
            kind: "yProba has rows that do not sum to 1")
    }
}

extension Matrix<Double> {
    /// Indicators of all classes; a single column of two classes is expanded to two.
    fileprivate func widened(to classes: Int) -> Matrix { columns == 1 && classes == 2 ? withComplement() : self }
}
