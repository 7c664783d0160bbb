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
    return splits
}
