public import Estimators
public import Metrics

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Tries all combinations of given values with few resources, and the better of them with more, round after round.
///
/// ```swift
/// var search = HalvingGridSearchCV(
///     MLPClassifier(randomState: 1), paramGrid: [.init(\.alpha, [1e-4, 1e-2, 1, 10])], resource: .parameter(\.maxIter),
///     maxResources: 200)
/// try search.fit(x, y)
/// ```
///
/// Of n candidates ⌈n / factor⌉ come into the next round, which has `factor` times the resources. The best candidate is the
/// best of the last round. Source: K. Jamieson, A. Talwalkar, "Non-stochastic best arm identification and hyperparameter
/// optimization", AISTATS 2016.
public struct HalvingGridSearchCV<Model: Estimator>: HalvingSearchCV {
    /// The estimator whose parameters are varied; it is not changed.
    public var estimator: Model

    /// The parameters and their values.
    public var paramGrid: [ParameterAxis<Model>]

    /// More grids, whose combinations are tried beside those of `paramGrid`.
    public var furtherGrids: [[ParameterAxis<Model>]] = []

    /// How candidates become fewer and resources more, all in one value.
    public var halving: HalvingSettings<Model>

    /// The other parameters, all in one value.
    public var settings: SearchSettings<Model>

    /// What the search found; nil before `fit`.
    public private(set) var found: SearchResult<Model>?

    /// A search with one scorer.
    ///
    /// Parameters, their order and their defaults are scikit-learn's; ``HalvingSettings`` and ``SearchSettings`` say what the
    /// common ones mean.
    public init(
        _ estimator: Model, paramGrid: [ParameterAxis<Model>], factor: Double = 3,
        resource: HalvingResource<Model> = .nSamples, maxResources: Int? = nil, minResources: MinResources = .exhaust,
        aggressiveElimination: Bool = false, cv: any CrossValidator = 5, scoring: Scorer<Model>? = nil,
        refit: Bool = true, errorScore: ErrorScore = .nan, returnTrainScore: Bool = true, randomState: UInt32? = nil,
        nJobs: Int? = nil, verbose: Bool = false, journal: URL? = nil
    ) {
        self.estimator = estimator
        self.paramGrid = paramGrid
        self.halving = HalvingSettings(
            factor: factor, resource: resource, maxResources: maxResources, minResources: minResources,
            aggressiveElimination: aggressiveElimination, randomState: randomState)
        self.settings = SearchSettings(
            scoring: scoring.map { [$0] }, nJobs: nJobs, refit: refit, cv: cv, verbose: verbose, errorScore: errorScore,
            returnTrainScore: returnTrainScore, journal: journal)
    }

    /// Judges the candidates in rounds, and fits the best of the last on all samples.
    ///
    /// - Parameters:
    ///   - x: the features of all samples.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample, for fitting and scoring; nil for 1 each.
    /// - Throws: what ``GridSearchCV/fit(_:_:sampleWeight:)`` throws, and `EstimatorError` for resources that make no sense.
    ///   The search keeps what it had before.
    /// - Complexity: that of the rounds' candidates × splits fits.
    public mutating func fit(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws {
        let candidates = try gridCandidates([paramGrid] + furtherGrids)
        found = try halving.search(estimator, among: candidates, settings, x, y, sampleWeight: sampleWeight)
    }
}

extension HalvingGridSearchCV: ProbabilisticClassifier where Model: ProbabilisticClassifier {}

extension HalvingGridSearchCV: NamedParameters {
    /// The parameters of the estimator, as `estimator.alpha`.
    public static var parameterNames: [PartialKeyPath<HalvingGridSearchCV>: String] {
        nestedParameterNames(\HalvingGridSearchCV.estimator, "estimator")
    }
}

extension HalvingGridSearchCV: MatrixEstimator where Model: MatrixEstimator {
    /// The precision of the features is the estimator's.
    public typealias Scalar = Model.Scalar
}
