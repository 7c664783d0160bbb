import Estimators

/// The splits of a cross-validation of `Model` on targets `y`.
///
/// - Throws: `EstimatorError` when features, targets and groups differ in number, what the cross-validator throws, and
///   `EstimatorError.invalidInput` for splits that name samples that do not exist.
func splits<Model: Estimator, Group: ClassLabel>(
    _ cv: any CrossValidator, for model: Model.Type, rows: Int, _ y: [Model.Target], groups: [Group]?
) throws -> [SplitIndices] {
    try Check.notEmpty(rows, argument: "x")
    try Check.sameCount(y.count, argument: "y", as: rows, of: "x")
    if let groups { try Check.sameCount(groups.count, argument: "groups", as: rows, of: "x") }
    let samples = SplitSamples(count: rows, classes: Model.classNumbers(of: y), groups: groups.map(Group.numbers(of:)))
    let splits: [SplitIndices]
    do {
        splits = try cv.splits(of: samples)
    } catch EstimatorError.invalidParameter(name: "nSplits", let value, let allowed) where cv is Int {
        // The caller wrote `cv: 1` and no `nSplits`.
        throw EstimatorError.invalidParameter(name: "cv", value: value, allowed: allowed)
    }
    let all = 0..<rows
    try Check.require(
        !splits.isEmpty && splits.allSatisfy { ($0.train + $0.test).allSatisfy(all.contains) }, "cv",
        "must make at least one split, of samples 0 to \(rows - 1), but does not")
    try checkSides(of: splits) { "cv (\(cv))" }
    if groups != nil, cv is any IgnoringGroups {
        FitWarnings.warn(
            "groups has no effect on cv (\(cv)): samples of one group can be on both sides of a split. GroupKFold keeps "
                + "groups together.", kind: "groups has no effect")
    }
    return splits
}

/// Rejects splits without test samples, which have no score, or without training samples.
///
/// - Parameter rule: the argument that made them.
func checkSides(of splits: [SplitIndices], madeBy rule: () -> String) throws {
    for (number, split) in splits.enumerated() {
        for (side, samples) in [("test", split.test), ("training", split.train)] {
            try Check.require(
                !samples.isEmpty, rule(),
                "must have samples on both sides of every split, but the \(side) side of split \(number) is empty")
        }
    }
}
