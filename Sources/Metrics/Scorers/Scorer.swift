public import Estimators

/// A score of a fitted estimator on given samples. Greater is better.
///
/// Scorers are values. scikit-learn's scorers are static members. Make your own from any function of estimator,
/// features and targets:
///
/// ```swift
/// try crossValScore(MLPRegressor(), x, y, scoring: .negMeanSquaredError)
/// try crossValScore(MLPRegressor(), x, y, scoring: Scorer("worst") { model, x, y in
///     -(try maxError(y, model.predict(x)))
/// })
/// ```
public struct Scorer<Model: Estimator>: Sendable {
    /// The name in results.
    public let name: String

    /// The positive class that the scorer was made with; nil if it has none or goes by convention.
    package private(set) var posLabel: (any Sendable)?

    /// Whether the score depends on the features only through the model's predictions and scores of all of them.
    package private(set) var readsPredictionsOnly = false

    private let score: @Sendable (Model, Model.Features, [Model.Target], [Double]?) throws -> Double

    /// A scorer that calls `score` with the fitted estimator, the features and the true targets, and ignores weights.
    public init(
        _ name: String, _ score: @escaping @Sendable (Model, Model.Features, [Model.Target]) throws -> Double
    ) {
        self.init(name) { model, x, y, _ in try score(model, x, y) }
    }

    /// A scorer that calls `score` with the fitted estimator, the features, the true targets, and one weight per sample
    /// (nil for 1 each).
    public init(
        _ name: String,
        _ score: @escaping @Sendable (Model, Model.Features, [Model.Target], _ sampleWeight: [Double]?) throws -> Double
    ) {
        self.name = name
        self.score = score
    }

    /// A scorer that reads the features only through the model's predictions and scores of all of them.
    init(
        _ name: String,
        readingPredictions score:
            @escaping @Sendable (Model, Model.Features, [Model.Target], _ sampleWeight: [Double]?) throws -> Double
    ) {
        self.init(name, score)
        readsPredictionsOnly = true
    }

    /// The scorer, which says that it was made with a positive class.
    func of(positive: (any Sendable)?) -> Scorer { changed(self) { $0.posLabel = positive } }

    /// The score of a fitted estimator, with one weight per sample, nil for 1 each.
    ///
    /// - Throws: what the estimator or the metric throws.
    public func callAsFunction(
        _ model: Model, _ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]? = nil
    ) throws -> Double {
        try score(model, x, y, sampleWeight)
    }

    /// The estimator's own `score`: accuracy or R².
    public static var score: Scorer {
        Scorer("score", readingPredictions: { try $0.score($1, $2, sampleWeight: $3) })
    }
}

extension Scorer {
    /// A scorer of predictions, named after the member that calls this.
    static func of(
        _ name: String = #function,
        by metric: @escaping @Sendable ([Model.Target], [Model.Target], [Double]?) throws -> Double
    ) -> Scorer {
        Scorer(name, readingPredictions: { model, x, y, sampleWeight in try metric(y, model.predict(x), sampleWeight) })
    }
}
