public import Estimators

/// The source of the candidates of a search: a grid, or random draws.
public protocol CandidateSource<Model>: Sendable {
    /// The estimator that is searched.
    associatedtype Model: Estimator

    /// The name of the search: `GridSearchCV`.
    static var searchName: String { get }

    /// The source's part of the call that makes the search: `paramGrid: [alpha: [0.1, 1.0]]`.
    var arguments: [String] { get }

    /// The parameters of the halving; nil for a search with a single round.
    var schedule: HalvingSettings<Model>? { get }

    /// Returns the candidates of the first round.
    ///
    /// - Parameters:
    ///   - splits: the number of splits on which each candidate is scored.
    ///   - y: one target per sample.
    /// - Throws: `EstimatorError` for parameters out of range, and for more than a million candidates.
    func candidates(splits: Int, _ y: [Model.Target]) throws -> [ParameterSet<Model>]
}

extension CandidateSource {
    /// Nil, because the search has a single round.
    public var schedule: HalvingSettings<Model>? { nil }
}

/// A source of candidates for a halving search.
public protocol HalvingCandidateSource<Model>: CandidateSource {
    /// The parameters that all halving searches have, in one value.
    var halving: HalvingSettings<Model> { get set }
}

extension HalvingCandidateSource {
    /// The halving of the candidates.
    public var schedule: HalvingSettings<Model>? { halving }
}
