package import Estimators

/// The distinct labels in ascending order, of which there must be at most two.
func binaryClasses<Label: ClassLabel>(of yTrue: [Label]) throws -> [Label] {
    let classes = try Label.classes(in: yTrue, argument: "yTrue")
    try Check.require(
        classes.count <= 2, "yTrue",
        "must contain at most two classes, but contains \(classes.count) (\(listed(classes)))")
    return classes
}

/// The positive class of a curve: the given one; otherwise 1 if the labels are 0 and 1 or −1 and 1, or `true`.
///
/// - Throws: `EstimatorError.invalidParameter` if it is neither given nor known by this convention.
func positiveLabel<Label: ClassLabel>(_ posLabel: Label?, among classes: [Label]) throws -> Label {
    if let posLabel { return posLabel }
    let numbers = classes.map { $0 as? Int ?? ($0 as? Bool).map { $0 ? 1 : 0 } }
    let conventional: [[Int?]] = [[0, 1], [-1, 1], [0], [-1], [1]]
    guard conventional.contains(numbers), let positive = conventionalPositive(Label.self) else {
        throw EstimatorError.invalidParameter(
            name: "posLabel", value: "nil",
            allowed: "one of the labels (\(listed(classes))) unless these are 0 and 1 or -1 and 1")
    }
    return positive
}

/// The positive class of at most two: the given one, or the one known by convention.
///
/// - Throws: `EstimatorError` for more than two classes, and for a positive class that is neither given nor known.
package func positiveClass<Label: ClassLabel>(_ posLabel: Label?, of yTrue: [Label]) throws -> Label {
    try positiveLabel(posLabel, among: binaryClasses(of: yTrue))
}

/// The label that scikit-learn calls 1: the number, or `true`; nil for other types.
func conventionalPositive<Label: ClassLabel>(_: Label.Type = Label.self) -> Label? {
    1 as? Label ?? true as? Label
}
