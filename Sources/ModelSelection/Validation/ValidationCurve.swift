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
///   - estimator: the estimator, of which a copy is fitted each time.
///   - x: the features of all samples.
///   - y: one target per sample.
///   - param: where the parameter is: `\.alpha`, or in a pipeline `\.last.alpha`.
///   - range: its values, at least one.
///   - groups: the group of each sample, for cross-validators that use it.
///   - cv: the splits: a cross-validator, or a number of folds.
///   - scoring: the scorer; nil for the estimator's own score.
///   - nJobs: how many fits run at the same time; nil for one, -1 for as many as there are cores.
///   - errorScore: the score of a fit that throws, or the request to rethrow.
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
    let scorer = scoring ?? .score
    let task = ValidationTask(
        x: x, y: y, scoring: [scorer], errorScore: errorScore, returnTrainScore: true)
    let scores = try CurveScores(
        values: candidates.count, splits: splits.count, scorer: scorer.name, nJobs: nJobs
    ) { candidate, split in
        try task.run(candidates[candidate].applied(to: estimator), splits[split]).outcome
    }
    return (scores.trainScores, scores.testScores)
}
