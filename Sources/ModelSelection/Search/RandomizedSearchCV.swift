public import Estimators
public import Metrics

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Tries parameters that are drawn at random.
///
/// ```swift
/// var search = RandomizedSearchCV(
///     MLPClassifier(maxIter: 40, randomState: 1),
///     paramDistributions: [
///         .init(\.alpha, .logUniform(1e-5, 1e-1)), .init(\.hiddenLayerSizes, .choice([[5], [20], [20, 20]])),
///     ],
///     nIter: 10, randomState: 0)
/// try search.fit(x, y)
/// ```
///
/// Where every distribution is a choice, the candidates are different combinations of the grid that the choices make.
public struct RandomizedSearchCV<Model: Estimator>: SearchCV {
    /// The estimator whose parameters are varied; it is not changed.
    public var estimator: Model

    /// The parameters and what they are drawn from.
    public var paramDistributions: [ParameterDistribution<Model>]

    /// The number of candidates, 1 to a million. Default 10.
    public var nIter: Int

    /// The seed of the draws; nil for other candidates every time.
    public var randomState: UInt32?

    /// The other parameters, all in one value.
    public var settings: SearchSettings<Model>

    /// What the search found; nil before `fit`.
    public private(set) var found: SearchResult<Model>?

    /// A search with one scorer.
    ///
    /// Parameters, their order and their defaults are scikit-learn's; ``SearchSettings`` says what the common ones mean.
    public init(
        _ estimator: Model, paramDistributions: [ParameterDistribution<Model>], nIter: Int = 10,
        scoring: Scorer<Model>? = nil, nJobs: Int? = nil,
        refit: Bool = true, cv: any CrossValidator = 5, verbose: Bool = false, randomState: UInt32? = nil,
        errorScore: ErrorScore = .nan,
        returnTrainScore: Bool = false, journal: URL? = nil
    ) {
        self.estimator = estimator
        self.paramDistributions = paramDistributions
        self.nIter = nIter
        self.randomState = randomState
        self.settings = SearchSettings(
            scoring: scoring.map { [$0] }, nJobs: nJobs, refit: refit, cv: cv, verbose: verbose, errorScore: errorScore,
            returnTrainScore: returnTrainScore, journal: journal)
    }

    /// A search with several scorers, of which the one named `refit` chooses the best candidate.
    ///
    /// Parameters, their order and their defaults are scikit-learn's; ``SearchSettings`` says what the common ones mean.
    public init(
        _ estimator: Model, paramDistributions: [ParameterDistribution<Model>], nIter: Int = 10,
        scoring: [Scorer<Model>], nJobs: Int? = nil,
        refit: String, cv: any CrossValidator = 5, verbose: Bool = false, randomState: UInt32? = nil,
        errorScore: ErrorScore = .nan,
        returnTrainScore: Bool = false, journal: URL? = nil
    ) {
        self.estimator = estimator
        self.paramDistributions = paramDistributions
        self.nIter = nIter
        self.randomState = randomState
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
        try Check.notEmpty(paramDistributions.count, argument: "paramDistributions")
        let candidates = try ParameterSampler(paramDistributions, nIter: nIter, randomState: randomState).candidates()
        found = try settings.search(estimator, among: candidates, x, y, sampleWeight: sampleWeight)
    }
}

extension RandomizedSearchCV: ProbabilisticClassifier where Model: ProbabilisticClassifier {}

extension RandomizedSearchCV: NamedParameters {
    /// The parameters of the estimator, as `estimator.alpha`.
    public static var parameterNames: [PartialKeyPath<RandomizedSearchCV>: String] {
        nestedParameterNames(\RandomizedSearchCV.estimator, "estimator")
    }
}

extension RandomizedSearchCV: MatrixEstimator where Model: MatrixEstimator {
    /// The precision of the features is the estimator's.
    public typealias Scalar = Model.Scalar
}
