import Estimators
import LinearAlgebra

/// One-vs-rest scores of classes: of the second class if there are two, otherwise of each class.
struct OneVsRest<Label: ClassLabel> {
    /// A class with the samples' scores for it, and its name if there are several classes.
    struct Column {
        let label: Label
        let scores: [Double]
        let name: String?
    }

    let y: [Label]
    let columns: [Column]
    /// The name of the positive class; nil if there are several columns.
    let posLabel: String?

    /// - Throws: `EstimatorError` for an unknown class, for a wrong number of names, and for a class that no sample or
    ///   every sample belongs to.
    init<Scalar: MatrixScalar>(
        _ y: [Label], _ probabilities: Matrix<Scalar>, classes: [Label], posLabel: Label? = nil,
        displayLabels: [String]?
    ) throws {
        try Check.sameCount(y.count, argument: "y", as: probabilities.rows, of: "x")
        let names = try classNames(displayLabels, of: classes)
        var chosen = classes.count == 2 ? [1] : Array(classes.indices)
        if let posLabel {
            guard let number = classes.firstIndex(of: posLabel) else {
                throw EstimatorError.invalidParameter(
                    name: "posLabel", value: "\(posLabel)", allowed: "one of the classes of the estimator, \(classes)")
            }
            chosen = [number]
        }
        let present = Set(y)
        for number in chosen where !present.contains(classes[number]) || present.count < 2 {
            throw EstimatorError.invalidInput(
                argument: "y", problem: "must contain samples of class \(classes[number]) and of others, but does not")
        }
        let isSingle = chosen.count == 1
        self.y = y
        self.posLabel = isSingle ? names[chosen[0]] : nil
        columns = chosen.map { number in
            Column(
                label: classes[number], scores: probabilities.column(number).map(Double.init),
                name: isSingle ? nil : names[number])
        }
    }
}

/// Returns a name for each class: the given names, or the labels themselves.
///
/// - Throws: `EstimatorError.invalidInput` if the number of names is wrong.
func classNames<Label>(_ displayLabels: [String]?, of classes: [Label]) throws -> [String] {
    guard let displayLabels else { return classes.map { "\($0)" } }
    try Check.require(
        displayLabels.count == classes.count, "displayLabels",
        "must have a name for each of the \(classes.count) classes, but has \(displayLabels.count)")
    return displayLabels
}

/// Returns the name of the positive class of a curve: the given class, or the conventional one.
func positiveName<Label: ClassLabel>(_ posLabel: Label?) -> String {
    if let posLabel { return "\(posLabel)" }
    return Label.self == Bool.self ? "true" : "1"
}

/// Throws if a rate is outside 0 ... 1.
func checkRates(_ rates: [Double], argument: String) throws {
    try Check.notEmpty(rates.count, argument: argument)
    guard let bad = rates.firstIndex(where: { !(0...1).contains($0) }) else { return }
    throw EstimatorError.invalidInput(
        argument: argument, problem: "must consist of numbers in [0, 1], but \(argument)[\(bad)] is \(rates[bad])")
}
