public import Estimators
import LinearAlgebra
import Metrics
public import ModelFiles

/// How ``ConformalRegressor`` makes intervals from the models of several folds.
public enum ConformalMethod: String, Sendable, Codable, CaseIterable {
    /// Intervals around the prediction of one model that is fitted on all samples. They are narrow, but have no
    /// guarantee.
    case base
    /// Intervals around the predictions of the models of all folds: jackknife+ and CV+. The guaranteed probability is 1
    /// − 2α; in practice, it is mostly 1 − α.
    case plus
    /// Intervals around the least and the greatest prediction of the models. The guaranteed probability is 1 − α, but
    /// the intervals are wide.
    case minmax
}

/// How the predictions of the models of several folds become one prediction.
public enum PredictionAggregation: String, Sendable, Codable, CaseIterable {
    /// The mean of the predictions. The weight of a model is the number of samples that it was not fitted on.
    case mean
    /// The median of the predictions. The weight of a model is the number of samples that it was not fitted on.
    case median
}

/// A regressor with prediction intervals that contain the target with a chosen probability, whatever the regressor and
/// the distribution of the data.
///
/// The width of an interval comes from prediction errors on samples that the model was not fitted on:
///
/// ```swift
/// let model = try ConformalRegressor(MLPRegressor(randomState: 0), confidenceLevel: 0.9, cv: 5).fitted(x, y)
/// let (prediction, lower, upper) = try model.predictInterval(xNew)
/// ```
///
/// | `cv` | what it is called |
/// |---|---|
/// | a number of folds, or a rule that tests every sample once | cross-conformal, CV+ |
/// | `LeaveOneOut()` | jackknife+ |
/// | a rule with one split, `ShuffleSplit(nSplits: 1, testSize: 0.2)` | split conformal |
/// | `.prefit` | split conformal, of a model that is already fitted; `x` and `y` are samples that it was not fitted on |
///
/// Its numbers are those of the Python package MAPIE 1.6, with absolute residuals as conformity scores.
public struct ConformalRegressor<Model: Estimator>: CrossFittedEstimator
where Model.Target: RegressionTarget & BinaryFloatingPoint {
    /// The type of the features.
    public typealias Features = Model.Features
    /// The type of one sample's target.
    public typealias Target = Model.Target

    package struct Fitted: Sendable {
        /// The model of all samples, or of the training side of the only split; nil if nothing needs it.
        let single: Model?
        /// The model of each fold; empty for split conformal.
        let members: [Model]
        /// The number of the model that was not fitted on the sample of each score.
        let folds: [Int]
        /// The absolute errors.
        let scores: [Double]
    }

    /// The regressor; `fit` does not change it.
    public var estimator: Model
    /// The probability with which an interval is to contain the target, in (0, 1). Default 0.9.
    public var confidenceLevel: Double
    /// How intervals are made from the models of several folds. Default `.plus`.
    public var method: ConformalMethod
    /// The splits: a cross-validator that tests each sample once or has a single split, a number of folds, or
    /// `.prefit`. Default 5.
    public var cv: any CrossValidator {
        get { _cv.rule }
        set { _cv.rule = newValue }
    }
    var _cv: StoredCrossValidator
    /// The number of fits that run at the same time; nil for one, -1 for as many as there are cores. Results do not
    /// depend on it.
    public var nJobs: Int?
    /// How the predictions of the models of several folds become one prediction; nil for the prediction of one model
    /// that is fitted on all samples. `.base` always uses that model. Default `.mean`.
    public var aggregatePointPredictions: PredictionAggregation?

    package private(set) var fitted: Fitted?

    private enum CodingKeys: String, CodingKey {
        case estimator, confidenceLevel, method, _cv = "cv", nJobs, aggregatePointPredictions, fitted
    }

    /// A fitted model; nil before `fit`.
    package var fittedEstimator: Model? { fitted?.single ?? fitted?.members.first }

    /// A regressor with MAPIE's defaults.
    public init(
        _ estimator: Model, confidenceLevel: Double = 0.9, method: ConformalMethod = .plus, cv: any CrossValidator = 5,
        nJobs: Int? = nil, aggregatePointPredictions: PredictionAggregation? = .mean
    ) {
        (self.estimator, self.confidenceLevel, self.method) = (estimator, confidenceLevel, method)
        (_cv, self.nJobs, self.aggregatePointPredictions) = (StoredCrossValidator(cv), nJobs, aggregatePointPredictions)
    }

    package var standard: Self { Self(estimator) }

    /// The names of the regressor's parameters, such as `estimator.alpha`.
    public static var parameterNames: [PartialKeyPath<Self>: String] {
        nestedParameterNames(\Self.estimator, "estimator", and: [\Self.cv: "cv"])
    }

    /// The absolute errors of the predictions, each by a model that was not fitted on the sample, in the order of the
    /// samples; empty before `fit`.
    public var conformityScores: [Double] { fitted?.scores ?? [] }

    /// Fits the regressor and measures its errors.
    ///
    /// - Parameters:
    ///   - x: the features of all samples.
    ///   - y: one finite target per sample.
    ///   - sampleWeight: one non-negative weight per sample, for fitting; nil for 1 each.
    /// - Throws: `EstimatorError` for inconsistent data, and for a `cv` of several splits that does not test each
    ///   sample once; what the regressor throws.
    /// - Complexity: that of one fit per split.
    public mutating func fit(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws {
        try fit(x, y, groups: [Int]?.none, sampleWeight: sampleWeight)
    }

    /// Fits with a cross-validator that uses the group of each sample.
    ///
    /// - Throws: what `fit` without groups throws, and `EstimatorError` unless there is one group per sample.
    public mutating func fit<Group: ClassLabel>(
        _ x: Model.Features, _ y: [Model.Target], groups: [Group]?, sampleWeight: [Double]? = nil
    ) throws {
        _ = try miscoverage(of: confidenceLevel)
        try Check.sameCount(y.count, argument: "y", as: x.sampleCount, of: "x")
        try Check.sampleWeight(sampleWeight, count: x.sampleCount)
        let targets = try Target._outputs(of: y, argument: "y").elements
        let heldOut = try heldOutModels(estimator, cv, x, y, groups: groups, sampleWeight: sampleWeight, nJobs: nJobs)
        var (scores, folds) = ([Double](repeating: 0, count: x.sampleCount), [Int](repeating: 0, count: x.sampleCount))
        for (number, (model, test)) in heldOut.enumerated() {
            let predictions = try model.predict(x.selectingSamples(test))
            for (sample, prediction) in zip(test, predictions) {
                (scores[sample], folds[sample]) = (abs(targets[sample] - Double(prediction)), number)
            }
        }
        if heldOut.count == 1 {
            let (model, test) = heldOut[0]
            fitted = Fitted(single: model, members: [], folds: [], scores: scores.selectingSamples(test))
        } else {
            let needsSingle = method == .base || aggregatePointPredictions == nil
            fitted = Fitted(
                single: needsSingle ? try estimator.fitted(x, y, sampleWeight: sampleWeight) : nil,
                members: heldOut.map(\.model), folds: folds, scores: scores)
        }
    }

    /// Returns the prediction for each sample, which ``aggregatePointPredictions`` determines.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidParameter` if
    ///   ``aggregatePointPredictions`` requires a model that `fit` has not fitted; what the regressor throws.
    public func predict(_ x: Model.Features) throws -> [Model.Target] {
        try points(x, try Predictions(learned, x)).map { Target($0) }
    }

    /// Returns the prediction and the bounds of an interval for each sample.
    ///
    /// - Parameters:
    ///   - x: the features of the samples.
    ///   - confidenceLevel: the probability with which an interval is to contain the target; nil for the property of
    ///     the same name. A different level does not require another `fit`.
    ///   - allowInfiniteBounds: whether to return infinite bounds if there are too few samples for the level. If false,
    ///     the call throws in this case.
    /// - Returns: the predictions, the lower bounds and the upper bounds, one of each per sample.
    /// - Throws: `EstimatorError` for a level outside of (0, 1), or one for which there are too few samples, and what
    ///   ``predict(_:)`` throws.
    /// - Complexity: that of one prediction per fold, and O(n log n) per sample for n scores with `.plus`.
    public func predictInterval(
        _ x: Model.Features, confidenceLevel: Double? = nil, allowInfiniteBounds: Bool = false
    ) throws -> (prediction: [Double], lower: [Double], upper: [Double]) {
        let fitted = try learned
        let alpha = try miscoverage(of: confidenceLevel ?? self.confidenceLevel)
        let predictions = try Predictions(fitted, x)
        let points = try points(x, predictions)
        func quantile(_ scores: [Double], _ level: Double = 1 - alpha) throws -> Double {
            try conformalQuantile(scores, level: level, isInfiniteAllowed: allowInfiniteBounds)
        }
        if method == .plus, !fitted.members.isEmpty {
            // MAPIE computes the level of the lower bounds with another rounding.
            let lowerLevel = (1 - 2 * alpha) + alpha
            let bounds = try points.indices.map { row in
                let outOfFold = predictions.outOfFold(row)
                return (
                    lower: -(try quantile(zip(outOfFold, fitted.scores).map { $1 - $0 }, lowerLevel)),
                    upper: try quantile(zip(outOfFold, fitted.scores).map { $0 + $1 })
                )
            }
            return (points, bounds.map(\.lower), bounds.map(\.upper))
        }
        let width = try quantile(fitted.scores)
        if method == .minmax, !fitted.members.isEmpty {
            let extremes = points.indices.map(predictions.extremes)
            return (points, extremes.map { $0.0 - width }, extremes.map { $0.1 + width })
        }
        return (points, predictions.single.map { $0 - width }, predictions.single.map { $0 + width })
    }

    /// The predictions of all models for some samples.
    private struct Predictions {
        let single: [Double]
        let members: [[Double]]
        let folds: [Int]

        init(_ fitted: Fitted, _ x: Model.Features) throws {
            single = try fitted.single?.predict(x).map { Double($0) } ?? []
            members = try fitted.members.map { try $0.predict(x).map { Double($0) } }
            folds = fitted.folds
        }

        /// For each sample that was learned from, the prediction of the model that was not fitted on it.
        func outOfFold(_ row: Int) -> [Double] { folds.map { members[$0][row] } }

        func extremes(_ row: Int) -> (Double, Double) {
            members.reduce((Double.infinity, -Double.infinity)) { (min($0.0, $1[row]), max($0.1, $1[row])) }
        }
    }

    private func points(_ x: Model.Features, _ predictions: Predictions) throws -> [Double] {
        guard let aggregation = aggregatePointPredictions, method != .base, !predictions.members.isEmpty else {
            try Check.require(
                !predictions.single.isEmpty || x.sampleCount == 0, parameter: "aggregatePointPredictions", "nil",
                allowed: "nil before fit, so that fit also fits one model on all samples")
            return predictions.single
        }
        return (0..<x.sampleCount).map { row in
            let values = predictions.outOfFold(row)
            switch aggregation {
            case .mean: return mean(of: values)
            case .median:
                let sorted = values.sorted()
                let middle = sorted.count / 2
                return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
            }
        }
    }
}

extension ConformalRegressor: MatrixEstimator where Model: MatrixEstimator {
    /// The precision of the features.
    public typealias Scalar = Model.Scalar
}

// MARK: - Files

extension ConformalRegressor.Fitted: Encodable where Model: Encodable {}
extension ConformalRegressor.Fitted: Decodable where Model: Decodable {}

extension ConformalRegressor.Fitted: CheckedPart {
    package var fault: String? {
        let isValid =
            members.isEmpty
            ? single != nil : folds.count == scores.count && folds.allSatisfy(members.indices.contains)
        return isValid && !scores.isEmpty ? nil : "has scores that do not fit its models"
    }
}

extension ConformalRegressor: Encodable where Model: Encodable {}
extension ConformalRegressor: Decodable where Model: Decodable {}

extension ConformalRegressor: Storable where Model: Storable {
    /// `ConformalRegressor` with the name of the regressor.
    public static var storedTypeName: String { ModelFiles.storedTypeName("ConformalRegressor", Model.self) }
}
