public import Estimators
import LinearAlgebra
import Metrics
public import ModelFiles

/// Quantiles of the target, moved so that they contain it with a chosen probability: intervals that are wider where the
/// target varies more.
///
/// The regressor predicts several quantiles: the first output is the lower one, the last output the upper one, and with
/// three or more outputs the middle one the prediction.
///
/// ```swift
/// let quantiles = MLPRegressor<[Double], Double>(loss: .quantiles([0.05, 0.5, 0.95]), randomState: 0)
/// let model = try ConformalizedQuantileRegressor(quantiles, confidenceLevel: 0.9).fitted(x, y.map { [$0] })
/// let (prediction, lower, upper) = try model.predictInterval(xNew)
/// ```
///
/// Its numbers are those of the Python package MAPIE 1.6.
public struct ConformalizedQuantileRegressor<Model: Estimator>: Estimator where Model.Target == [Double] {
    /// The type of the features.
    public typealias Features = Model.Features
    /// The target of one sample: a single number; a prediction has one for each quantile.
    public typealias Target = [Double]

    struct Fitted: Sendable {
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
    /// A rule whose first split says which samples are learned from and on which ones the quantiles are corrected; or
    /// `.prefit` for a regressor that is fitted already. Default: a fifth of the samples at random corrects.
    public var cv: any CrossValidator
    /// Whether both bounds are moved by the same distance. Default `false`.
    public var symmetricCorrection: Bool

    var fitted: Fitted?

    /// A model that was fitted; nil before `fit`.
    package var fittedEstimator: Model? { fitted?.model }

    /// A regressor with MAPIE's defaults.
    public init(
        _ estimator: Model, confidenceLevel: Double = 0.9,
        cv: any CrossValidator = ShuffleSplit(nSplits: 1, testSize: 0.2, randomState: 0),
        symmetricCorrection: Bool = false
    ) {
        (self.estimator, self.confidenceLevel, self.cv) = (estimator, confidenceLevel, cv)
        self.symmetricCorrection = symmetricCorrection
    }

    /// How much each correcting sample's target lies below the lower and above the upper quantile; empty before `fit`.
    public var conformityScores: (lower: [Double], upper: [Double]) {
        (fitted?.lowerScores ?? [], fitted?.upperScores ?? [])
    }

    /// Fits the regressor and corrects its quantiles.
    ///
    /// - Parameters:
    ///   - x: the features of all samples.
    ///   - y: one finite number per sample, each in an array.
    ///   - sampleWeight: one non-negative weight per sample, for fitting; nil for 1 each.
    /// - Throws: `EstimatorError` for data that do not fit together, targets of several numbers, and a regressor with
    ///   fewer than two outputs; what the regressor throws.
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
            try model.fit(
                x.selectingSamples(split.train), y.selectingSamples(split.train),
                sampleWeight: sampleWeight?.selectingSamples(split.train))
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

    private var known: Fitted {
        get throws {
            guard let fitted else { throw EstimatorError.notFitted(estimator: "ConformalizedQuantileRegressor") }
            return fitted
        }
    }

    /// The regressor's quantiles for every sample, not corrected.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`, and what the regressor throws.
    public func predict(_ x: Model.Features) throws -> [[Double]] { try known.model.predict(x) }

    /// The prediction and the bounds of an interval for every sample.
    ///
    /// - Parameters:
    ///   - x: the features of the samples.
    ///   - allowInfiniteBounds: whether bounds are infinite where there are too few samples for the level.
    /// - Returns: the predictions, of two quantiles their mean, and the lower and the upper bounds, one of each per
    ///   sample.
    /// - Throws: `EstimatorError` for a level for which there are too few samples, and what ``predict(_:)`` throws.
    public func predictInterval(
        _ x: Model.Features, allowInfiniteBounds: Bool = false
    ) throws -> (prediction: [Double], lower: [Double], upper: [Double]) {
        let fitted = try known
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

    /// The regressor's score.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`, and what the regressor throws.
    public func score(_ x: Model.Features, _ y: [[Double]], sampleWeight: [Double]?) throws -> Double {
        try known.model.score(x, y, sampleWeight: sampleWeight)
    }
}

extension ConformalizedQuantileRegressor: MatrixEstimator where Model: MatrixEstimator {
    /// The precision of the features.
    public typealias Scalar = Model.Scalar
}

extension ConformalizedQuantileRegressor: CustomStringConvertible {
    /// The call of the initializer: `ConformalizedQuantileRegressor(MLPRegressor(loss: …))`.
    public var description: String {
        written(
            Self.self,
            [literal(estimator)]
                + changedParameters(self, from: Self(estimator), omitting: ["estimator", "fitted"]))
    }
}

// MARK: - Files

extension ConformalizedQuantileRegressor.Fitted: Encodable where Model: Encodable {}
extension ConformalizedQuantileRegressor.Fitted: Decodable where Model: Decodable {}

private enum QuantileKeys: String, CodingKey { case estimator, confidenceLevel, cv, symmetricCorrection, fitted }

extension ConformalizedQuantileRegressor: Encodable where Model: Encodable {
    /// Encodes the regressor.
    ///
    /// - Throws: `EncodingError`, also for a `cv` that is not of this package.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: QuantileKeys.self)
        try container.encode(estimator, forKey: .estimator)
        try container.encode(confidenceLevel, forKey: .confidenceLevel)
        try container.encode(StoredCrossValidator(cv), forKey: .cv)
        try container.encode(symmetricCorrection, forKey: .symmetricCorrection)
        try container.encodeIfPresent(fitted, forKey: .fitted)
    }
}

extension ConformalizedQuantileRegressor: Decodable where Model: Decodable {
    /// Decodes a regressor.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: QuantileKeys.self)
        self.init(
            try container.decode(Model.self, forKey: .estimator),
            confidenceLevel: try container.decode(Double.self, forKey: .confidenceLevel),
            cv: try container.decode(StoredCrossValidator.self, forKey: .cv).rule,
            symmetricCorrection: try container.decode(Bool.self, forKey: .symmetricCorrection))
        fitted = try container.decodeIfPresent(Fitted.self, forKey: .fitted)
        if let fitted { try container.requireCount(fitted.upperScores.count, fitted.lowerScores.count, .fitted) }
    }
}

extension ConformalizedQuantileRegressor: Storable where Model: Storable {
    /// `ConformalizedQuantileRegressor` with the name of the regressor.
    public static var storedTypeName: String {
        ModelFiles.storedTypeName("ConformalizedQuantileRegressor", Model.self)
    }
}
