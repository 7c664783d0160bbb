public import Estimators
public import Metrics

/// Returns the scores of an estimator for several values of one parameter, on the training and the test samples of
/// every split.
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
///   - param: the key path of the parameter: `\.alpha`, or in a pipeline `\.last.alpha`.
///   - range: the values of the parameter, at least one.
///   - groups: the group of each sample, for cross-validators that use it.
///   - cv: the splits: a cross-validator, or a number of folds.
///   - scoring: the scorer; nil for the estimator's own score.
///   - nJobs: the number of fits that run at the same time; nil for one, -1 for as many as there are cores.
///   - errorScore: what to do if a fit throws: continue with this score, or throw the error.
/// - Returns: the scores on the training samples and on the test samples, each values × splits.
/// - Throws: `EstimatorError` for inconsistent arguments; with `.raise`, what the estimator throws; and
///   `CancellationError` if the calling task is canceled.
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
