public import Estimators
public import Metrics

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The parameters that all searches have in common.
///
/// Each is a property of the search too: `search.nJobs = 2`.
public struct SearchSettings<Model: Estimator>: Sendable {
    /// The scorers; nil for the estimator's own score.
    public var scoring: [Scorer<Model>]?

    /// How many fits to work on side by side; nil for one, -1 for as many as there are cores. Results do not depend on it.
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

    /// What to do when a candidate throws. Default `.nan`.
    public var errorScore: ErrorScore

    /// Whether to score on the training sides too. Default `false`, in a halving search `true`.
    public var returnTrainScore: Bool

    /// Whether estimators judge their passes on the test side of each split, as early stopping does: candidates are then
    /// stopped and scored on the same samples, so that their scores are a little too good, while none of the training side
    /// is lost. Only for a ``/Estimators/ValidatingEstimator``; the best candidate, fitted on all samples, has no validation
    /// set. Default `false`.
    public var validatesOnTestSide = false

    /// Where to note each result as it comes, so that a search that was ended goes on where it stopped; nil for nowhere.
    ///
    /// Candidates and splits that are drawn without a seed are others every time, so that their search cannot go on.
    public var journal: URL?

    /// The scorer that chooses the best candidate; nil for the estimator's own score.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for no scorer, scorers of one name, or a choice that is none of them.
    func mainScorer() throws -> Scorer<Model>? {
        guard let scoring else { return nil }
        try check(scoring)
        guard let refitScorer else { return scoring[0] }
        guard let chosen = scoring.first(where: { $0.name == refitScorer }) else {
            throw EstimatorError.invalidParameter(
                name: "refit", value: refitScorer,
                allowed: "the name of one of the scorers (\(scoring.map(\.name).joined(separator: ", ")))")
        }
        return chosen
    }
}
