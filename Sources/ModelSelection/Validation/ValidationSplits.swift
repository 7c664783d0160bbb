import Estimators

/// The splits of a cross-validation of `Model` on targets `y`.
///
/// - Throws: `EstimatorError` when features, targets and groups do not pair up, what the cross-validator throws, and
///   `EstimatorError.invalidInput` for splits that name samples that there are not.
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
        // Who wrote `cv: 1` has written no `nSplits`.
        throw EstimatorError.invalidParameter(name: "cv", value: value, allowed: allowed)
    }
    let all = 0..<rows
    guard !splits.isEmpty, splits.allSatisfy({ ($0.train + $0.test).allSatisfy(all.contains) }) else {
        throw EstimatorError.invalidInput(
            argument: "cv", problem: "must make at least one split, of samples 0 to \(rows - 1), but does not")
    }
    return splits
}
