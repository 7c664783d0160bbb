public import Estimators
import LinearAlgebra

/// A search for the parameters with which an estimator has the best score in a cross-validation.
///
/// Its source determines which candidates it tries. Programs use the names ``GridSearchCV``, ``RandomizedSearchCV``,
/// ``HalvingGridSearchCV`` and ``HalvingRandomSearchCV``. Each property of the source is also a property of the search:
/// `search.paramGrid`.
public struct ParameterSearch<Source: CandidateSource>: SearchCV {
    /// The type of the estimator.
    public typealias Model = Source.Model

    /// The estimator whose parameters vary; the search does not change it.
    public var estimator: Model

    /// Where the candidates come from.
    public var source: Source

    /// The parameters that all searches have, in one value.
    public var settings: SearchSettings<Model>

    /// The results of the search; nil before `fit`.
    public private(set) var found: SearchResult<Model>?

    /// Accesses a parameter by its name in the source of the candidates.
    public subscript<Value>(dynamicMember member: WritableKeyPath<Source, Value>) -> Value {
        get { source[keyPath: member] }
        set { source[keyPath: member] = newValue }
    }

    /// Scores every candidate on every split, and fits the best one on all samples.
    ///
    /// A halving search scores its candidates in rounds, and chooses the best one of the last round. If candidates
    /// throw or have a score of NaN, one line of the log has their number and the first reason.
    ///
    /// - Parameters:
    ///   - x: the features of all samples.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample, for fitting and scoring; nil for 1 each.
    /// - Throws: `EstimatorError` for inconsistent arguments and for invalid resources; `EstimatorError` with the
    ///   reason if no candidate has a mean score other than NaN; ``FailedCandidate`` with `errorScore: .raise`; what
    ///   the estimator throws for the best candidate; ``SearchJournalError``; ``SearchStoreError``; and
    ///   `CancellationError` if the calling task is canceled. In all these cases, the search keeps its earlier results.
    /// - Complexity: that of candidates × splits fits, in a halving search summed over the rounds.
    public mutating func fit(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws {
        found = try search(x, y, groups: [Int]?.none, sampleWeight)
    }

    /// Searches as ``fit(_:_:sampleWeight:)`` does, with a cross-validator that uses the group of each sample.
    ///
    /// - Throws: `EstimatorError` unless there is one group per sample, and what ``fit(_:_:sampleWeight:)`` throws.
    public mutating func fit<Group: ClassLabel>(
        _ x: Model.Features, _ y: [Model.Target], groups: [Group], sampleWeight: [Double]?
    ) throws {
        found = try search(x, y, groups: groups, sampleWeight)
    }

    private func search<Group: ClassLabel>(
        _ x: Model.Features, _ y: [Model.Target], groups: [Group]?, _ sampleWeight: [Double]?
    ) throws -> SearchResult<Model> {
        let splits = try splits(settings.cv, for: Model.self, rows: x.sampleCount, y, groups: groups)
        let candidates = try source.candidates(splits: splits.count, y)
        let run = try SearchRun(settings, estimator, candidates, source.schedule, splits, x, y, sampleWeight)
        if let schedule = source.schedule { return try schedule.search(among: candidates, run, y) }
        return try FitWarnings.summarized {
            let results = try run.results(of: candidates, run.trials(of: candidates, on: splits))
            return try run.finished(results, bestIndex: results.best(of: candidates.indices))
        }
    }
}

extension ParameterSearch: HalvingSearchCV where Source: HalvingCandidateSource {
    /// The parameters that all halving searches have, in one value.
    public var halving: HalvingSettings<Model> {
        get { source.halving }
        set { source.halving = newValue }
    }
}

extension ParameterSearch: ProbabilisticClassifier where Model: ProbabilisticClassifier {}

extension ParameterSearch: MatrixEstimator where Model: MatrixEstimator {
    /// The precision of the features is the estimator's.
    public typealias Scalar = Model.Scalar
}

extension ParameterSearch: NamedParameters {
    /// The names of the estimator's parameters, such as `estimator.alpha`.
    public static var parameterNames: [PartialKeyPath<ParameterSearch>: String] {
        nestedParameterNames(\ParameterSearch.estimator, "estimator")
    }
}

extension ParameterSearch: CustomStringConvertible {
    /// The call that makes the search, without distributions:
    /// `GridSearchCV(MLPClassifier(), paramGrid: [alpha: [0.1, 1.0]])`.
    public var description: String {
        "\(Source.searchName)(\(([literal(estimator)] + source.arguments).joined(separator: ", ")))"
    }
}
