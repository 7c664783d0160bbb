public import Estimators
public import Metrics

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Tries all combinations of given values for some parameters.
///
/// ```swift
/// var search = GridSearchCV(
///     MLPClassifier(maxIter: 40, randomState: 1),
///     paramGrid: [.init(\.activation, [.relu, .tanh]), .init(\.alpha, [1e-4, 1.0])],
///     nJobs: 2, cv: 4)
/// try search.fit(x, y)
/// search.bestParams        // {activation: tanh, alpha: 0.0001}
/// print(search.cvResults)  // a table
/// ```
///
/// Candidates are tried in the order of the axes, the last of which changes fastest.
public struct GridSearchCV<Model: Estimator>: SearchCV {
    /// The estimator whose parameters are varied; it is not changed.
    public var estimator: Model

    /// The parameters and their values.
    public var paramGrid: [ParameterAxis<Model>]

    /// More grids, whose combinations are tried after those of `paramGrid`: for parameters that go with some values of
    /// others only.
    public var furtherGrids: [[ParameterAxis<Model>]] = []

    /// The other parameters, all in one value.
    public var settings: SearchSettings<Model>

    /// What the search found; nil before `fit`.
    public private(set) var found: SearchResult<Model>?

    /// A search with one scorer.
    ///
    /// Parameters, their order and their defaults are scikit-learn's; ``SearchSettings`` says what the common ones mean.
    public init(
        _ estimator: Model, paramGrid: [ParameterAxis<Model>], scoring: Scorer<Model>? = nil, nJobs: Int? = nil,
        refit: Bool = true, cv: any CrossValidator = 5, verbose: Bool = false, errorScore: ErrorScore = .nan,
        returnTrainScore: Bool = false, journal: URL? = nil
    ) {
        self.estimator = estimator
        self.paramGrid = paramGrid
        self.settings = SearchSettings(
            scoring: scoring.map { [$0] }, nJobs: nJobs, refit: refit, cv: cv, verbose: verbose, errorScore: errorScore,
            returnTrainScore: returnTrainScore, journal: journal)
    }

    /// A search with several scorers, of which the one named `refit` chooses the best candidate.
    ///
    /// Parameters, their order and their defaults are scikit-learn's; ``SearchSettings`` says what the common ones mean.
    public init(
        _ estimator: Model, paramGrid: [ParameterAxis<Model>], scoring: [Scorer<Model>], nJobs: Int? = nil,
        refit: String, cv: any CrossValidator = 5, verbose: Bool = false, errorScore: ErrorScore = .nan,
        returnTrainScore: Bool = false, journal: URL? = nil
    ) {
        self.estimator = estimator
        self.paramGrid = paramGrid
        self.settings = SearchSettings(
            scoring: scoring, nJobs: nJobs, refitScorer: refit, refit: true, cv: cv, verbose: verbose,
            errorScore: errorScore, returnTrainScore: returnTrainScore, journal: journal)
    }

    /// Judges every candidate on every split, and fits the best on all samples.
    ///
    /// - Parameters:
    ///   - x: the features of all samples.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample, for fitting and scoring; nil for 1 each.
    /// - Throws: `EstimatorError` for arguments that do not fit together, ``FailedCandidate`` with
    ///   `errorScore: .raise`, what the estimator throws for the best candidate, ``SearchJournalError``, and
    ///   `CancellationError` when the calling task is cancelled. The search keeps what it had before.
    /// - Complexity: that of candidates × splits fits.
    public mutating func fit(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws {
        let candidates = try gridCandidates([paramGrid] + furtherGrids)
        found = try settings.search(estimator, among: candidates, x, y, sampleWeight: sampleWeight)
    }
}

extension GridSearchCV: ProbabilisticClassifier where Model: ProbabilisticClassifier {}

extension GridSearchCV: NamedParameters {
    /// The parameters of the estimator, as `estimator.alpha`.
    public static var parameterNames: [PartialKeyPath<GridSearchCV>: String] {
        nestedParameterNames(\GridSearchCV.estimator, "estimator")
    }
}

extension GridSearchCV: MatrixEstimator where Model: MatrixEstimator {
    /// The precision of the features is the estimator's.
    public typealias Scalar = Model.Scalar
}
