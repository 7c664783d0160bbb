public import Estimators
public import Metrics

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The parameters that all searches have.
///
/// Each is also a property of the search: `search.nJobs = 2`.
public struct SearchSettings<Model: Estimator>: Sendable {
    /// The scorers; nil for the estimator's own score.
    public var scoring: [Scorer<Model>]?

    /// The number of fits that run at the same time; nil for one, -1 for as many as there are cores. Results do not
    /// depend on it. On a GPU, small networks train together for every value,
    /// except in a search that is divided among processes.
    public var nJobs: Int?

    /// The name of the scorer that chooses the best candidate; nil for the first scorer. With several scorers, this is
    /// the argument `refit` of the initializers.
    public var refitScorer: String?

    /// Whether to fit the best candidate on all samples at the end. Default `true`.
    public var refit: Bool

    /// The splits: a cross-validator, or a number of folds. Default 5.
    public var cv: any CrossValidator

    /// Whether to show progress on standard error: a bar on a terminal, a line for each candidate elsewhere. Default
    /// `false`.
    public var verbose: Bool

    /// What to do if a candidate throws: continue with this score, or throw the error. Default `.nan`.
    public var errorScore: ErrorScore

    /// Whether to compute scores on the training samples of each split too. Default `false`, in a halving search
    /// `true`.
    public var returnTrainScore: Bool

    /// Whether the test samples of each split are the validation set of the estimator, for early stopping. Candidates
    /// are then fitted to all training samples of the split. Their scores are a little too high, because the same
    /// samples decide when training stops. The estimator must be a ``/Estimators/ValidatingEstimator``. The best
    /// candidate, which is fitted on all samples, has no validation set. Default `false`.
    public var validatesOnTestSide = false

    /// The file in which to record each result at once, and from which an interrupted search resumes; nil for none.
    ///
    /// A search can resume only if its candidates and splits are drawn with seeds, because they are otherwise different
    /// each time.
    public var journal: URL?

    /// The store in which to record each result, instead of a journal. With `.postgres(_:study:)` of the module
    /// `PostgresStore`, processes on any number of machines share the trials of one search. Default nil, for none.
    ///
    /// `nJobs`, `verbose` and `refit` may differ between the processes. Candidates, splits and the samples of a halving
    /// search must be drawn with seeds.
    public var store: SearchStore?

    /// The scorer that chooses the best candidate; nil for the estimator's own score.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for no scorer, for two scorers of the same name, and if no scorer
    ///   has the chosen name.
    func mainScorer() throws -> Scorer<Model>? {
        guard let scoring else { return nil }
        try check(scoring)
        guard let refitScorer else { return scoring[0] }
        let chosen = scoring.first { $0.name == refitScorer }
        try Check.require(
            chosen != nil, parameter: "refit", refitScorer,
            allowed: "the name of one of the scorers (\(scoring.map(\.name).joined(separator: ", ")))")
        return chosen
    }
}
