public import Estimators
import LinearAlgebra

/// Which predictions a partial dependence has.
public enum PartialDependenceKind: String, Sendable, Codable, CaseIterable {
    /// The mean over the samples.
    case average
    /// The predictions for every sample.
    case individual
    /// Both.
    case both
}

/// How a model's predictions depend on one or more features: the result of
/// `partialDependence`.
public struct PartialDependence: Sendable, Equatable {
    /// The names of the features; `x0`, `x1`, … for the columns of a matrix.
    public let featureNames: [String]

    /// The values of every feature. For a column of strings they are 0, 1, …, the indices of its ``categories``.
    public let gridValues: [[Double]]

    /// The categories of every feature; nil for a numeric one.
    public let categories: [[String]?]

    /// The mean predictions: outputs × points of the grid; empty for `.individual`.
    ///
    /// Points are all combinations of ``gridValues``, those of the last feature fastest. A regressor has one output per
    /// target; a classifier of two classes the probability of the second, any other classifier that of every class.
    public let average: [[Double]]

    /// The predictions for every sample: outputs × samples × points of the grid; empty for `.average`.
    public let individual: [[[Double]]]

    /// What the outputs are called: `probability of yes`; empty for a regressor.
    public let outputNames: [String]
}

/// How the predictions of a fitted model depend on one or more features, all others being as they are in `x`.
///
/// Every sample is predicted with every value of the feature in turn. The mean over the samples says how the feature acts
/// on the whole, the individual curves whether it acts on all samples alike.
///
/// ```swift
/// let curve = try partialDependence(model, x, features: [0])
/// let surface = try partialDependence(model, x, features: [0, 2], gridResolution: 20)
/// let trades = try partialDependence(tableModel, people, features: ["trade"])
/// ```
///
/// The results are those of scikit-learn's `method="brute"`.
///
/// - Parameters:
///   - model: a fitted regressor, or a classifier that predicts probabilities.
///   - x: the features of the samples.
///   - features: the columns, by index for a matrix and by name for a table. Several make a grid of all combinations.
///   - sampleWeight: one non-negative weight per sample, for the mean; nil for 1 each.
///   - categoricalFeatures: the columns whose values are categories, which all become points of the grid. A table's columns
///     of strings are always categorical.
///   - percentiles: the share of samples below the first and the last value of a numeric feature, in [0, 1].
///   - gridResolution: the number of values of a numeric feature, at least 2. A feature with fewer different values has
///     these.
///   - customValues: the values of numeric features, in place of those computed from `x`.
///   - kind: which predictions the result has.
///   - nJobs: how many points are predicted at the same time; nil for one, -1 for as many as there are cores. Results do
///     not depend on it.
/// - Throws: `EstimatorError` for arguments that do not fit together, for percentiles between which a feature has a single
///   value, and for a model without numeric outputs; what the estimator throws; and `CancellationError` when the calling
///   task is cancelled.
/// - Complexity: that of a prediction of all samples for every point of the grid.
public func partialDependence<Model: Estimator>(
    _ model: Model, _ x: Model.Features, features: [Model.Features.FeatureKey], sampleWeight: [Double]? = nil,
    categoricalFeatures: [Model.Features.FeatureKey] = [], percentiles: (Double, Double) = (0.05, 0.95),
    gridResolution: Int = 100, customValues: [Model.Features.FeatureKey: [Double]] = [:],
    kind: PartialDependenceKind = .average, nJobs: Int? = -1
) throws -> PartialDependence where Model.Features: FeatureColumns {
    try Check.notEmpty(features.count, argument: "features")
    try Check.shape(rows: x.sampleCount, columns: x.featureCount)
    try Check.sampleWeight(sampleWeight, count: x.sampleCount)
    let indices = try features.map { try x.featureIndex($0, argument: "features") }
    try Check.require(Set(indices).count == indices.count, "features", "must be different columns, but are \(features)")
    let categorical = Set(try categoricalFeatures.map { try x.featureIndex($0, argument: "categoricalFeatures") })
    let rule = try GridRule(percentiles: percentiles, resolution: gridResolution)
    let names = x.knownFeatureNames ?? (0..<x.featureCount).map { "x\($0)" }
    let axes = try zip(features, indices).map { key, index in
        try rule.axis(
            x.featureColumn(index), isCategorical: categorical.contains(index), custom: customValues[key],
            name: names[index])
    }
    let points = combinations(of: axes.map(\.values))
    let response = try Response(model)
    let changes = indices.count == 1 ? try changedPredictions(model, of: x) : nil

    let jobs = try jobs(nJobs)
    // Some ten points a part: their predictions stay in the cache.
    let parts = min(points.count, max(2 * jobs, points.count / 10))
    let predictions = try parallelFits(count: parts, jobs: jobs) { part in
        let points = points[part * points.count / parts..<(part + 1) * points.count / parts]
        let models = changes?(indices[0], points.map { change(to: $0[0]) })
        // A copy of the samples, in which one point is set after the other.
        var changed = x
        return try points.enumerated().map { place, point in
            let outputs: Matrix<Double>
            if let knowing = models?[place] {
                // The predictions of the changed samples, which need not exist.
                outputs = try Response(knowing(x)).outputs(x)
            } else {
                for (index, value) in zip(indices, point) { changed.setFeature(index, to: value) }
                outputs = try response.outputs(changed)
            }
            return (
                mean: kind == .individual ? [] : columnMeans(outputs, weights: sampleWeight),
                all: kind == .average ? nil : outputs
            )
        }
    }.flatMap(\.self)

    let outputs = predictions.first.map { $0.all?.columns ?? $0.mean.count } ?? 0
    return PartialDependence(
        featureNames: indices.map { names[$0] }, gridValues: axes.map(\.positions), categories: axes.map(\.categories),
        average: kind == .individual ? [] : (0..<outputs).map { output in predictions.map { $0.mean[output] } },
        individual: kind == .average
            ? []
            : (0..<outputs).map { output in
                (0..<x.sampleCount).map { sample in predictions.map { $0.all?[sample, output] ?? .nan } }
            },
        outputNames: response.names)
}

/// The change of a column to one value; NaN, which no model knows, for a string.
private func change(to value: FeatureValue) -> ColumnChange {
    if case .number(let number) = value { .value(number) } else { .value(.nan) }
}

/// The weighted mean of every column.
private func columnMeans(_ outputs: Matrix<Double>, weights: [Double]?) -> [Double] {
    let sums = outputs.withUnsafeElements { elements in
        (0..<outputs.columns).map { column in
            pairwiseSum(count: outputs.rows) { rows, terms in
                for row in rows {
                    terms[row &- rows.lowerBound] =
                        (weights?[row] ?? 1) * elements[row &* outputs.columns &+ column]
                }
            }
        }
    }
    let total = weights?.reduce(0, +) ?? Double(outputs.rows)
    return sums.map { $0 / total }
}

/// All combinations of the values, those of the last axis fastest.
private func combinations(of axes: [[FeatureValue]]) -> [[FeatureValue]] {
    axes.reduce([[]]) { points, values in points.flatMap { point in values.map { point + [$0] } } }
}
