public import Estimators
public import Metrics

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Tries parameters that are drawn at random with few resources, and the better of them with more, round after round.
///
/// ```swift
/// var search = HalvingRandomSearchCV(
///     MLPClassifier(randomState: 1), paramDistributions: [.init(\.alpha, .logUniform(1e-5, 1e-1))], nCandidates: 27,
///     resource: .parameter(\.maxIter), maxResources: 270, randomState: 0)
/// try search.fit(x, y)
/// ```
///
/// The rounds are those of ``HalvingGridSearchCV``. Where every distribution is a choice, the candidates are different
/// combinations of the grid that the choices make.
public struct HalvingRandomSearchCV<Model: Estimator>: HalvingSearchCV {
    /// The estimator whose parameters are varied; it is not changed.
    public var estimator: Model

    /// The parameters and what they are drawn from.
    public var paramDistributions: [ParameterDistribution<Model>]

    /// How many candidates the first round has, at most a million. Default `.exhaust`, which does not go with
    /// `minResources: .exhaust`.
    public var nCandidates: HalvingCandidates

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
        _ estimator: Model, paramDistributions: [ParameterDistribution<Model>],
        nCandidates: HalvingCandidates = .exhaust,
        factor: Double = 3, resource: HalvingResource<Model> = .nSamples, maxResources: Int? = nil,
        minResources: MinResources = .smallest, aggressiveElimination: Bool = false, cv: any CrossValidator = 5,
        scoring: Scorer<Model>? = nil, refit: Bool = true, errorScore: ErrorScore = .nan, returnTrainScore: Bool = true,
        randomState: UInt32? = nil, nJobs: Int? = nil, verbose: Bool = false, journal: URL? = nil
    ) {
        self.estimator = estimator
        self.paramDistributions = paramDistributions
        self.nCandidates = nCandidates
        self.halving = HalvingSettings(
            factor: factor, resource: resource, maxResources: maxResources, minResources: minResources,
            aggressiveElimination: aggressiveElimination, randomState: randomState)
        self.settings = SearchSettings(
            scoring: scoring.map { [$0] }, nJobs: nJobs, refit: refit, cv: cv, verbose: verbose, errorScore: errorScore,
            returnTrainScore: returnTrainScore, journal: journal)
    }

    /// Draws the candidates, judges them in rounds, and fits the best of the last on all samples.
    ///
    /// - Parameters:
    ///   - x: the features of all samples.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample, for fitting and scoring; nil for 1 each.
    /// - Throws: what ``RandomizedSearchCV/fit(_:_:sampleWeight:)`` throws, and `EstimatorError` for resources that make no
    ///   sense. The search keeps what it had before.
    /// - Complexity: that of the rounds' candidates × splits fits.
    public mutating func fit(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws {
        try Check.notEmpty(paramDistributions.count, argument: "paramDistributions")
        let count = try candidateCount(x, y)
        let candidates = try ParameterSampler(paramDistributions, nIter: count, randomState: halving.randomState)
            .candidates()
        found = try halving.search(estimator, among: candidates, settings, x, y, sampleWeight: sampleWeight)
    }

    private func candidateCount(_ x: Model.Features, _ y: [Model.Target]) throws -> Int {
        switch nCandidates {
        case .count(let count):
            try checkTrials(count, name: "nCandidates")
            return count
        case .exhaust:
            guard halving.minResources != .exhaust else {
                throw EstimatorError.invalidParameter(
                    name: "nCandidates", value: "exhaust", allowed: "a number where minResources is .exhaust")
            }
            let splits = try splits(settings.cv, for: Model.self, rows: x.sampleCount, y, groups: [Int]?.none)
            let limits = try halving.limits(splits: splits.count, y)
            let count = limits.upperBound / limits.lowerBound
            try checkTrials(count, name: "the number of candidates, maxResources / minResources,")
            return count
        }
    }
}

extension HalvingRandomSearchCV: ProbabilisticClassifier where Model: ProbabilisticClassifier {}

extension HalvingRandomSearchCV: NamedParameters {
    /// The parameters of the estimator, as `estimator.alpha`.
    public static var parameterNames: [PartialKeyPath<HalvingRandomSearchCV>: String] {
        nestedParameterNames(\HalvingRandomSearchCV.estimator, "estimator")
    }
}

extension HalvingRandomSearchCV: MatrixEstimator where Model: MatrixEstimator {
    /// The precision of the features is the estimator's.
    public typealias Scalar = Model.Scalar
}
