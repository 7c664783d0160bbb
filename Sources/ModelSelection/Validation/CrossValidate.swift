public import Estimators
public import Metrics

/// The scores of an estimator on every split of a cross-validation.
public struct CrossValidationResult<Model: Estimator>: Sendable {
    /// The scores on the test samples, one per split, by the names of the scorers.
    public let testScores: [String: [Double]]

    /// The scores on the training samples, one per split, by the names of the scorers; empty unless `returnTrainScore`
    /// is true.
    public let trainScores: [String: [Double]]

    /// Seconds to fit, one per split.
    public let fitTime: [Double]

    /// Seconds to score, one per split.
    public let scoreTime: [Double]

    /// The fitted estimators, one per split, nil where the fit threw; empty unless `returnEstimator` is true.
    public let estimators: [Model?]

    /// The splits.
    public let indices: [SplitIndices]

    /// The errors of fits and scorers, by the number of the split; empty if none threw.
    public let errors: [Int: String]

    /// The scores on the test samples if there is a single scorer or the estimator's own score; otherwise empty.
    public var testScore: [Double] { testScores.count == 1 ? testScores.values.first ?? [] : [] }
}

/// Fits and scores an estimator on every split of a cross-validation.
///
/// If splits throw or have a score of NaN, one line of the log has their number and the first reason.
///
/// - Parameters:
///   - estimator: the estimator, of which a copy is fitted for each split.
///   - x: the features of all samples.
///   - y: one target per sample.
///   - groups: the group of each sample, for cross-validators that use it.
///   - scoring: the scorers; nil for the estimator's own score.
///   - cv: the splits: a cross-validator, or a number of folds.
///   - nJobs: the number of fits that run at the same time; nil for one, -1 for as many as there are cores. Results do
///     not depend on it. On a GPU, small networks train together for every value.
///   - returnTrainScore: whether to compute scores on the training samples too.
///   - returnEstimator: whether to keep the fitted estimators.
///   - errorScore: what to do if a split throws: continue with this score, or throw the error.
///   - sampleWeight: one non-negative weight per sample, for fitting but not for scoring; nil for 1 each. scikit-learn
///     takes it in `params`.
/// - Throws: `EstimatorError` for inconsistent arguments and for a split without test or training samples;
///   `EstimatorError` with the reason if every fit throws, or if some throw and every score is NaN; with `.raise`, what
///   the estimator throws; and `CancellationError` if the calling task is canceled.
/// - Complexity: that of one fit per split.
public func crossValidate<Model: Estimator, Group: ClassLabel>(
    _ estimator: Model, _ x: Model.Features, _ y: [Model.Target], groups: [Group]? = [Int]?.none,
    scoring: [Scorer<Model>]? = nil, cv: any CrossValidator = 5, nJobs: Int? = nil, returnTrainScore: Bool = false,
    returnEstimator: Bool = false, errorScore: ErrorScore = .nan, sampleWeight: [Double]? = nil
) throws -> CrossValidationResult<Model> {
    let splits = try splits(cv, for: Model.self, rows: x.sampleCount, y, groups: groups)
    let scoring = scoring ?? [.score]
    try check(scoring)
    try Check.sampleWeight(sampleWeight, count: x.sampleCount)
    let task = ValidationTask(
        x: x, y: y, sampleWeight: sampleWeight, scoring: scoring, errorScore: errorScore,
        returnTrainScore: returnTrainScore)
    let fits = try parallelFits(count: splits.count, jobs: jobs(nJobs)) { split in
        let (outcome, model) = try task.run(estimator, splits[split])
        return (outcome, returnEstimator ? model : nil)
    }
    let outcomes = fits.map(\.0)
    try checkAnyScored(outcomes, by: scoring.map(\.name))
    warnOfFailures(outcomes, "splits")

    func byName(_ scores: KeyPath<ValidationOutcome, [Double]>) -> [String: [Double]] {
        Dictionary(
            uniqueKeysWithValues: scoring.enumerated().map { number, scorer in
                (scorer.name, outcomes.map { $0[keyPath: scores][number] })
            })
    }
    return CrossValidationResult(
        testScores: byName(\.testScores), trainScores: returnTrainScore ? byName(\.trainScores) : [:],
        fitTime: outcomes.map(\.fitTime), scoreTime: outcomes.map(\.scoreTime),
        estimators: returnEstimator ? fits.map(\.1) : [], indices: splits,
        errors: Dictionary(
            uniqueKeysWithValues: outcomes.enumerated().compactMap { number, outcome in
                outcome.error.map { (number, $0) }
            }))
}

/// Returns the score of an estimator on every split of a cross-validation.
///
/// ```swift
/// let scores = try crossValScore(MLPRegressor(maxIter: 60, randomState: 1), x, y, cv: 5)
/// ```
///
/// Parameters and errors are those of
/// ``crossValidate(_:_:_:groups:scoring:cv:nJobs:returnTrainScore:returnEstimator:errorScore:sampleWeight:)``.
///
/// - Returns: one score per split.
public func crossValScore<Model: Estimator, Group: ClassLabel>(
    _ estimator: Model, _ x: Model.Features, _ y: [Model.Target], groups: [Group]? = [Int]?.none,
    scoring: Scorer<Model>? = nil, cv: any CrossValidator = 5, nJobs: Int? = nil, errorScore: ErrorScore = .nan,
    sampleWeight: [Double]? = nil
) throws -> [Double] {
    try crossValidate(
        estimator, x, y, groups: groups, scoring: scoring.map { [$0] }, cv: cv, nJobs: nJobs, errorScore: errorScore,
        sampleWeight: sampleWeight
    ).testScore
}
