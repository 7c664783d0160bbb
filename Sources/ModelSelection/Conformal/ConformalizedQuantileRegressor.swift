public import Estimators
import LinearAlgebra
import Metrics
public import ModelFiles

/// Predicts intervals that contain the target with a chosen probability, from quantiles that are moved until they do.
/// The intervals are wider where the target varies more.
///
/// The estimator predicts several quantiles. The first output is the lower quantile, and the last output is the upper
/// one. With three or more outputs, the middle output is the prediction.
///
/// ```swift
/// let quantiles = MLPRegressor<[Double], Double>(loss: .quantiles([0.05, 0.5, 0.95]), randomState: 0)
/// let model = try ConformalizedQuantileRegressor(quantiles, confidenceLevel: 0.9).fitted(x, y.map { [$0] })
/// let (prediction, lower, upper) = try model.predictInterval(xNew)
/// ```
///
/// Its numbers are those of the Python package MAPIE 1.6.
public struct ConformalizedQuantileRegressor<Model: Estimator>: CrossFittedEstimator where Model.Target == [Double] {
    /// The type of the features.
    public typealias Features = Model.Features
    /// The target of one sample: a single number; a prediction has one for each quantile.
    public typealias Target = [Double]

    package struct Fitted: Sendable {
        let model: Model
        /// How much each sample's target lies below the lower quantile.
        let lowerScores: [Double]
        /// How much each sample's target lies above the upper quantile.
        let upperScores: [Double]
    }

    /// The regressor of the quantiles; `fit` does not change it.
    public var estimator: Model
    /// The probability with which an interval is to contain the target, in (0, 1). Default 0.9.
    public var confidenceLevel: Double
    /// A rule whose first split determines which samples the regressor is fitted on and which ones correct the
    /// quantiles; or `.prefit` for a regressor that is already fitted. By default, a random fifth of the samples
    /// corrects.
    public var cv: any CrossValidator {
        get { _cv.rule }
        set { _cv.rule = newValue }
    }
    var _cv: StoredCrossValidator
    /// Whether to move both bounds by the same distance. Default `false`.
    public var symmetricCorrection: Bool

    package private(set) var fitted: Fitted?

    private enum CodingKeys: String, CodingKey {
        case estimator, confidenceLevel, _cv = "cv", symmetricCorrection, fitted
    }

    /// A fitted model; nil before `fit`.
    package var fittedEstimator: Model? { fitted?.model }

    /// A regressor with MAPIE's defaults.
    public init(
        _ estimator: Model, confidenceLevel: Double = 0.9,
        cv: any CrossValidator = ShuffleSplit(nSplits: 1, testSize: 0.2, randomState: 0),
        symmetricCorrection: Bool = false
    ) {
        (self.estimator, self.confidenceLevel) = (estimator, confidenceLevel)
        (_cv, self.symmetricCorrection) = (StoredCrossValidator(cv), symmetricCorrection)
    }

    package var standard: Self { Self(estimator) }

    /// The names of the regressor's parameters, such as `estimator.alpha`.
    public static var parameterNames: [PartialKeyPath<Self>: String] {
        nestedParameterNames(\Self.estimator, "estimator", and: [\Self.cv: "cv"])
    }

    /// For each sample that corrects the quantiles, how far its target lies below the lower quantile and above the
    /// upper one; empty before `fit`.
    public var conformityScores: (lower: [Double], upper: [Double]) {
        (fitted?.lowerScores ?? [], fitted?.upperScores ?? [])
    }

    /// Fits the regressor and corrects its quantiles.
    ///
    /// - Parameters:
    ///   - x: the features of all samples.
    ///   - y: one finite number per sample, each in an array.
    ///   - sampleWeight: one non-negative weight per sample, for fitting; nil for 1 each.
    /// - Throws: `EstimatorError` for inconsistent data, targets of several numbers, and a regressor with fewer than
    ///   two outputs; what the regressor throws.
    public mutating func fit(_ x: Model.Features, _ y: [[Double]], sampleWeight: [Double]?) throws {
        _ = try miscoverage(of: confidenceLevel)
        try Check.sameCount(y.count, argument: "y", as: x.sampleCount, of: "x")
        try Check.sampleWeight(sampleWeight, count: x.sampleCount)
        let targets = try [Double]._outputs(of: y, argument: "y")
        try Check.require(
            targets.columns == 1, "y", "must have one number per sample, but has \(targets.columns)")
        var (model, test) = (estimator, Array(0..<x.sampleCount))
        if !(cv is Prefit) {
            let split = try splits(cv, for: Model.self, rows: x.sampleCount, y, groups: [Int]?.none)[0]
            model = try model.fitted(x, y, sampleWeight: sampleWeight, on: split.train)
            test = split.test
        }
        let predictions = try Self.outputs(of: model, x.selectingSamples(test))
        let truth = test.map { targets.elements[$0] }
        fitted = Fitted(
            model: model, lowerScores: zip(predictions.column(0), truth).map { $0 - $1 },
            upperScores: zip(truth, predictions.column(predictions.columns - 1)).map { $0 - $1 })
    }

    private static func outputs(of model: Model, _ x: Model.Features) throws -> Matrix<Double> {
        let outputs = try [Double]._outputs(of: model.predict(x), argument: "prediction")
        try Check.require(
            outputs.columns > 1, "estimator",
            "must predict at least two quantiles, but predicts \(outputs.columns); use loss: .quantiles([0.05, 0.5, 0.95])"
        )
        return outputs
    }

    /// Returns the regressor's uncorrected quantiles for each sample.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`, and what the regressor throws.
    public func predict(_ x: Model.Features) throws -> [[Double]] { try learned.model.predict(x) }

    /// Returns the prediction and the bounds of an interval for each sample.
    ///
    /// - Parameters:
    ///   - x: the features of the samples.
    ///   - allowInfiniteBounds: whether to return infinite bounds if there are too few samples for the level. If false,
    ///     the call throws in this case.
    /// - Returns: the predictions, the lower bounds and the upper bounds, one of each per sample. With two quantiles,
    ///   the prediction is their mean.
    /// - Throws: `EstimatorError` if there are too few samples for the level, and what ``predict(_:)`` throws.
    public func predictInterval(
        _ x: Model.Features, allowInfiniteBounds: Bool = false
    ) throws -> (prediction: [Double], lower: [Double], upper: [Double]) {
        let fitted = try learned
        let alpha = try miscoverage(of: confidenceLevel)
        let outputs = try Self.outputs(of: fitted.model, x)
        let (first, last) = (outputs.column(0), outputs.column(outputs.columns - 1))
        func quantile(_ scores: [Double], _ level: Double) throws -> Double {
            try conformalQuantile(scores, level: level, isInfiniteAllowed: allowInfiniteBounds)
        }
        let (below, above): (Double, Double)
        if symmetricCorrection {
            below = try quantile(zip(fitted.lowerScores, fitted.upperScores).map { max($0, $1) }, 1 - alpha)
            above = below
        } else {
            below = try quantile(fitted.lowerScores, 1 - alpha / 2)
            above = try quantile(fitted.upperScores, 1 - alpha / 2)
        }
        return (
            outputs.columns > 2 ? outputs.column(outputs.columns / 2) : zip(first, last).map { ($0 + $1) / 2 },
            first.map { $0 - below }, last.map { $0 + above }
        )
    }

    /// Returns the regressor's score.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`, and what the regressor throws.
    public func score(_ x: Model.Features, _ y: [[Double]], sampleWeight: [Double]?) throws -> Double {
        try learned.model.score(x, y, sampleWeight: sampleWeight)
    }
}

extension ConformalizedQuantileRegressor: MatrixEstimator where Model: MatrixEstimator {
    /// The precision of the features.
    public typealias Scalar = Model.Scalar
}

// MARK: - Files

extension ConformalizedQuantileRegressor.Fitted: Encodable where Model: Encodable {}
extension ConformalizedQuantileRegressor.Fitted: Decodable where Model: Decodable {}

extension ConformalizedQuantileRegressor.Fitted: CheckedPart {
    package var fault: String? {
        let (found, expected) = (upperScores.count, lowerScores.count)
        return found == expected ? nil : "must have \(expected) elements, but has \(found)"
    }
}

extension ConformalizedQuantileRegressor: Encodable where Model: Encodable {}
extension ConformalizedQuantileRegressor: Decodable where Model: Decodable {}

extension ConformalizedQuantileRegressor: Storable where Model: Storable {
    /// `ConformalizedQuantileRegressor` with the name of the regressor.
    public static var storedTypeName: String {
        ModelFiles.storedTypeName("ConformalizedQuantileRegressor", Model.self)
    }
}
