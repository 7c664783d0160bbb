public import Estimators
public import Metrics

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The parameters that all searches have.
///
/// Each is a property of the search too: `search.nJobs = 2`.
public struct SearchSettings<Model: Estimator>: Sendable {
    /// The scorers; nil for the estimator's own score.
    public var scoring: [Scorer<Model>]?

    /// How many fits run at the same time; nil for one, -1 for as many as there are cores. Results do not depend on it.
    public var nJobs: Int?

    /// The name of the scorer that chooses the best candidate, the `refit` of several scorers; nil for the first.
    public var refitScorer: String?

    /// Whether to fit the best candidate on all samples at the end. Default `true`.
    public var refit: Bool

    /// The splits: a cross-validator, or a number of folds. Default 5.
    public var cv: any CrossValidator

    /// Whether to show progress on standard error: a bar on a terminal, a line for each candidate elsewhere. Default
    /// `false`.
    public var verbose: Bool

    /// The score of a candidate that throws, or the request to rethrow. Default `.nan`.
    public var errorScore: ErrorScore

    /// Whether to score on the training sides too. Default `false`, in a halving search `true`.
    public var returnTrainScore: Bool

    /// Whether estimators validate their epochs on the test side of each split, for early stopping. Candidates then keep
    /// their whole training side; since they are stopped and scored on the same samples, their scores are a little too
    /// good. Only for a ``/Estimators/ValidatingEstimator``. The best candidate, fitted on all samples, has no validation
    /// set. Default `false`.
    public var validatesOnTestSide = false

    /// The file in which to note each result as it comes, from which an interrupted search resumes; nil for none.
    ///
    /// Candidates and splits that are drawn without a seed differ every time; such a search cannot resume.
    public var journal: URL?

    /// Where to note each result, instead of a journal: with `.postgres(_:study:)` of the module `PostgresStore`, processes
    /// on any number of machines share the trials of one search. Default nil, for none.
    ///
    /// `nJobs`, `verbose` and `refit` may differ from process to process. Candidates, splits and the samples of a halving
    /// search must be drawn with seeds.
    public var store: SearchStore?

    /// The scorer that chooses the best candidate; nil for the estimator's own score.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for no scorer, scorers of one name, or a choice that is none of them.
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
