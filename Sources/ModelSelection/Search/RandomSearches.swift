public import Estimators

/// A search over parameters that are drawn at random.
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
/// If every distribution is a choice, the candidates are distinct combinations of the given values.
public typealias RandomizedSearchCV<Model: Estimator> = ParameterSearch<RandomCandidates<Model>>

/// A given number of candidates that are drawn at random.
public struct RandomCandidates<Model: Estimator>: CandidateSource {
    /// The parameters and the distributions from which they are drawn.
    public var paramDistributions: [ParameterDistribution<Model>]

    /// The number of candidates, 1 to a million. Default 10.
    public var nIter: Int

    /// The seed of the draws; nil for different candidates each time.
    public var randomState: UInt32?

    /// The name of the search.
    public static var searchName: String { "RandomizedSearchCV" }

    /// The names of the parameters, and the number of candidates.
    public var arguments: [String] { [text(of: paramDistributions), "nIter: \(nIter)"] }

    /// The candidates, in the order in which they are drawn.
    ///
    /// - Throws: `EstimatorError` without a distribution, and what ``ParameterSampler/candidates()`` throws.
    public func candidates(splits: Int, _ y: [Model.Target]) throws -> [ParameterSet<Model>] {
        try Check.notEmpty(paramDistributions.count, argument: "paramDistributions")
        return try ParameterSampler(paramDistributions, nIter: nIter, randomState: randomState).candidates()
    }
}

/// The names of the parameters: `paramDistributions: [alpha]`.
func text<Model>(of distributions: [ParameterDistribution<Model>]) -> String {
    "paramDistributions: [\(distributions.map(\.name).joined(separator: ", "))]"
}

// MARK: - In rounds

/// A search in rounds: it tries randomly drawn parameters with few resources, and the better ones again with more.
///
/// ```swift
/// var search = HalvingRandomSearchCV(
///     MLPClassifier(randomState: 1), paramDistributions: [.init(\.alpha, .logUniform(1e-5, 1e-1))], nCandidates: 27,
///     resource: .parameter(\.maxIter), maxResources: 270, randomState: 0)
/// try search.fit(x, y)
/// ```
///
/// The rounds are those of ``HalvingGridSearchCV``. If every distribution is a choice, the candidates are distinct
/// combinations of the given values.
public typealias HalvingRandomSearchCV<Model: Estimator> = ParameterSearch<HalvingRandomCandidates<Model>>

/// Candidates that are drawn at random, for a halving search. Its seed draws them.
public struct HalvingRandomCandidates<Model: Estimator>: HalvingCandidateSource {
    /// The parameters and the distributions from which they are drawn.
    public var paramDistributions: [ParameterDistribution<Model>]

    /// The number of candidates of the first round, at most a million. Default `.exhaust`, which cannot be combined with
    /// `minResources: .exhaust`.
    public var nCandidates: HalvingCandidates

    /// The parameters that all halving searches have, in one value.
    public var halving: HalvingSettings<Model>

    /// The name of the search.
    public static var searchName: String { "HalvingRandomSearchCV" }

    /// The names of the parameters.
    public var arguments: [String] { [text(of: paramDistributions)] }

    /// The candidates, in the order in which they are drawn.
    ///
    /// - Throws: `EstimatorError` if there is no distribution, and for invalid numbers of candidates or resources; what
    ///   ``ParameterSampler/candidates()`` throws.
    public func candidates(splits: Int, _ y: [Model.Target]) throws -> [ParameterSet<Model>] {
        try Check.notEmpty(paramDistributions.count, argument: "paramDistributions")
        let count = try candidateCount(splits: splits, y)
        return try ParameterSampler(paramDistributions, nIter: count, randomState: halving.randomState).candidates()
    }

    private func candidateCount(splits: Int, _ y: [Model.Target]) throws -> Int {
        if case .count(let count) = nCandidates {
            try checkTrials(count, name: "nCandidates")
            return count
        }
        try Check.require(
            halving.minResources != .exhaust, parameter: "nCandidates", "exhaust",
            allowed: "a number where minResources is .exhaust")
        let limits = try halving.limits(splits: splits, y)
        let count = limits.upperBound / limits.lowerBound
        try checkTrials(count, name: "the number of candidates, maxResources / minResources,")
        return count
    }
}
