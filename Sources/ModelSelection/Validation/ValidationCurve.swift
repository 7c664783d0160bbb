public import Estimators
public import Metrics

/// The scores of an estimator for each of some values of one parameter, on both sides of every split.
///
/// ```swift
/// let (trainScores, testScores) = try validationCurve(
///     MLPRegressor(randomState: 1), x, y, param: \.alpha, range: [1e-5, 1e-3, 1e-1])
/// ```
///
/// - Parameters:
///   - estimator: what is fitted, a copy each time; it is not changed.
///   - x: the features of all samples.
///   - y: one target per sample.
///   - param: where the parameter is: `\.alpha`, or in a pipeline `\.last.alpha`.
///   - range: its values, at least one.
///   - groups: the group of each sample, for cross-validators that look at it.
///   - cv: the splits: a cross-validator, or a number of folds.
///   - scoring: the scorer; nil for the estimator's own score.
///   - nJobs: how many fits to work on side by side; nil for one, -1 for as many as there are cores.
///   - errorScore: what to do when a fit throws.
/// - Returns: values × splits, of the training and of the test sides.
/// - Throws: `EstimatorError` for arguments that do not fit together, what the estimator throws with `.raise`, and
///   `CancellationError` when the calling task is cancelled.
public func validationCurve<Model: Estimator, Value: Sendable, Group: ClassLabel>(
    _ estimator: Model, _ x: Model.Features, _ y: [Model.Target], param: WritableKeyPath<Model, Value> & Sendable,
    range: [Value], groups: [Group]? = [Int]?.none, cv: any CrossValidator = 5, scoring: Scorer<Model>? = nil,
    nJobs: Int? = nil, errorScore: ErrorScore = .nan
) throws -> (trainScores: [[Double]], testScores: [[Double]]) {
    let splits = try splits(cv, for: Model.self, rows: x.sampleCount, y, groups: groups)
    try Check.notEmpty(range.count, argument: "range")
    let candidates = try ParameterGrid([ParameterAxis(param, range)])
    let task = ValidationTask(
        x: x, y: y, scoring: [scoring ?? .score], errorScore: errorScore, returnTrainScore: true)
    let outcomes = try parallelFits(count: candidates.count * splits.count, jobs: jobs(nJobs)) { number in
        let (candidate, split) = number.quotientAndRemainder(dividingBy: splits.count)
        var outcome = try task.run(
            candidates[candidate].applied(to: estimator), train: splits[split].train, test: splits[split].test)
        outcome.model = nil
        return outcome
    }
    try refuseIfAllFailed(outcomes.map(\.error), didFit: outcomes.map(\.didFit))
    func rows(_ value: (ValidationTask<Model>.Outcome) -> Double) -> [[Double]] {
        candidates.indices.map { candidate in
            outcomes[(candidate * splits.count)..<((candidate + 1) * splits.count)].map(value)
        }
    }
    return (rows { $0.trainScores[0] }, rows { $0.testScores[0] })
}
