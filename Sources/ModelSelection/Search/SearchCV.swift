public import Estimators
public import LinearAlgebra
public import Metrics

/// A search for the parameters with which an estimator has the best score in a cross-validation.
///
/// A search is itself an estimator. It predicts with the best candidate, which it fits on all samples.
@dynamicMemberLookup
public protocol SearchCV<Model>: Estimator where Target == Model.Target, Features == Model.Features {
    /// The type of the estimator.
    associatedtype Model: Estimator

    /// The estimator whose parameters vary; the search does not change it.
    var estimator: Model { get }

    /// The parameters that all searches have. Each is also a property of the search.
    var settings: SearchSettings<Model> { get set }

    /// The results of the search; nil before `fit`.
    var found: SearchResult<Model>? { get }

    /// Searches in the same way as `fit` without groups, with a cross-validator that uses the group of each sample.
    ///
    /// ```swift
    /// var search = GridSearchCV(MLPClassifier(), paramGrid: [.init(\.alpha, [1e-4, 1])], cv: GroupKFold(nSplits: 3))
    /// try search.fit(x, y, groups: patients)
    /// ```
    ///
    /// - Parameters:
    ///   - x: the features of all samples.
    ///   - y: one target per sample.
    ///   - groups: the group of each sample.
    ///   - sampleWeight: one non-negative weight per sample, for fitting and scoring; nil for 1 each.
    /// - Throws: `EstimatorError` unless there is one group per sample, and what `fit` without groups throws.
    mutating func fit<Group: ClassLabel>(
        _ x: Model.Features, _ y: [Model.Target], groups: [Group], sampleWeight: [Double]?) throws
}

/// The results of a search.
public struct SearchResult<Model: Estimator>: Sendable {
    /// Scores, ranks and times of every candidate.
    public let cvResults: CVResults<Model>

    /// The number of the best candidate.
    public let bestIndex: Int

    /// The best candidate, fitted on all samples; nil if `refit` is false.
    public let bestEstimator: Model?

    /// The seconds to fit the best candidate on all samples; nil if `refit` is false.
    public let refitTime: Double?

    /// The number of splits.
    public let nSplits: Int

    /// The scorer that chose the best candidate; nil for the estimator's own score.
    public let scorer: Scorer<Model>?
}

extension SearchCV {
    /// Accesses a parameter by its name in ``SearchSettings``.
    public subscript<Value>(dynamicMember member: WritableKeyPath<SearchSettings<Model>, Value>) -> Value {
        get { settings[keyPath: member] }
        set { settings[keyPath: member] = newValue }
    }

    /// Scores, ranks and times of every candidate; empty before `fit`.
    public var cvResults: CVResults<Model> { found?.cvResults ?? CVResults() }

    /// The number of the best candidate; nil before `fit`. This is the first candidate with the greatest mean score; in
    /// a halving search, only candidates of the last round count.
    public var bestIndex: Int? { found?.bestIndex }

    /// The best candidate's mean score; nil before `fit`.
    public var bestScore: Double? { found.map { $0.cvResults.meanTestScore[$0.bestIndex] } }

    /// The best candidate's parameters; nil before `fit`.
    public var bestParams: ParameterSet<Model>? { found.map { $0.cvResults.params[$0.bestIndex] } }

    /// The best candidate, fitted on all samples; nil before `fit` and if `refit` is false.
    public var bestEstimator: Model? { found?.bestEstimator }

    /// Returns the best candidate's predictions.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `.invalidParameter` where `refit` is false; what the estimator
    ///   throws.
    public func predict(_ x: Model.Features) throws -> [Model.Target] { try best.predict(x) }

    /// Searches with a cross-validator that uses the group of each sample. All samples have the same weight.
    ///
    /// - Throws: what ``fit(_:_:groups:sampleWeight:)`` throws.
    public mutating func fit<Group: ClassLabel>(
        _ x: Model.Features, _ y: [Model.Target], groups: [Group]
    ) throws {
        try fit(x, y, groups: groups, sampleWeight: nil)
    }

    /// Returns the best candidate's score, by the scorer that chose it.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `.invalidParameter` where `refit` is false; what estimator and
    ///   scorer throw.
    public func score(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws -> Double {
        try (found?.scorer ?? .score)(best, x, y, sampleWeight: sampleWeight)
    }

    /// The estimator's classes.
    public static func classNumbers(of y: [Model.Target]) -> [Int]? { Model.classNumbers(of: y) }

    /// The best candidate.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `.invalidParameter` where `refit` is false.
    package var best: Model {
        get throws {
            if let bestEstimator { return bestEstimator }
            guard found != nil else { throw EstimatorError.notFitted(estimator: "search") }
            throw EstimatorError.invalidParameter(
                name: "refit", value: "false", allowed: "true in fit, so that the best candidate can predict")
        }
    }
}

extension SearchCV where Model: ProbabilisticClassifier {
    /// The best candidate's classes in ascending order; empty before `fit` and where `refit` is false.
    public var classes: [Model.Target.Label] { bestEstimator?.classes ?? [] }

    /// Returns the probability of each class for each row of `x`, by the best candidate: samples × classes.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `.invalidParameter` where `refit` is false; what the estimator
    ///   throws.
    public func predictProba(_ x: Model.Features) throws -> Matrix<Model.Scalar> { try best.predictProba(x) }
}
