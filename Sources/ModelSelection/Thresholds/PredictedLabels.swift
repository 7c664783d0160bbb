public import Estimators
public import Metrics

/// A model whose features are predicted labels, and which returns them as its predictions.
///
/// A scorer of ``TunedThresholdClassifierCV`` judges predicted labels. Such a scorer is a scorer of this model.
public struct PredictedLabels<Label: ClassLabel>: Estimator {
    /// A model that predicts the labels that it is given.
    public init() {}

    /// Does nothing.
    public mutating func fit(_ x: [Label], _ y: [Label], sampleWeight: [Double]?) throws {}

    /// The given labels.
    public func predict(_ x: [Label]) throws -> [Label] { x }

    /// The accuracy of the labels.
    ///
    /// - Throws: `EstimatorError` for labels or weights that differ in number.
    public func score(_ x: [Label], _ y: [Label], sampleWeight: [Double]?) throws -> Double {
        try accuracyScore(y, x, sampleWeight: sampleWeight)
    }
}

/// A score of predicted labels by which ``TunedThresholdClassifierCV`` chooses a threshold: `.f1`, `.balancedAccuracy`,
/// `.negCost(…)`, or your own.
///
/// ```swift
/// let profit = ThresholdScorer<Int>("profit") { model, predicted, y in
///     zip(y, predicted).reduce(0) { $0 + ($1.1 == 1 ? ($1.0 == 1 ? 50 : -5) : 0) }
/// }
/// ```
public typealias ThresholdScorer<Label: ClassLabel> = Scorer<PredictedLabels<Label>>
