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
    let changes = indices.count == 1 ? try ChangedPredictions(model, of: x) : nil

    let jobs = try jobs(nJobs)
    // A part has one copy of the samples, in which it sets one point after the other.
    let parts = min(points.count, 4 * jobs)
    let predictions = try parallelFits(count: parts, jobs: jobs) { part in
        var changed = x
        let part = points[part * points.count / parts..<(part + 1) * points.count / parts]
        let models = changes?.models(changing: indices[0], count: part.count) {
            part.map { point in
                guard case .number(let value) = point[0] else { return [] }
                return Array(repeating: value, count: x.sampleCount)
            }
        }
        return try part.enumerated().map { variant, point in
            for (index, value) in zip(indices, point) { changed.setFeature(index, to: value) }
            let response = try models.map { try Response($0[variant](changed)) } ?? response
            let outputs = try response.outputs(changed)
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

/// The weighted mean of every column.
private func columnMeans(_ outputs: Matrix<Double>, weights: [Double]?) -> [Double] {
    var sums = [Double](repeating: 0, count: outputs.columns)
    outputs.withUnsafeElements { elements in
        for row in 0..<outputs.rows {
            let weight = weights?[row] ?? 1
            for column in sums.indices { sums[column] += weight * elements[row &* outputs.columns &+ column] }
        }
    }
    let total = weights?.reduce(0, +) ?? Double(outputs.rows)
    return sums.map { $0 / total }
}

/// All combinations of the values, those of the last axis fastest.
private func combinations(of axes: [[FeatureValue]]) -> [[FeatureValue]] {
    axes.reduce([[]]) { points, values in points.flatMap { point in values.map { point + [$0] } } }
}
