public import Estimators
public import LinearAlgebra
import Metrics
public import ModelFiles
public import ModelSelection

/// Several regressors of one type whose predictions are the features of a last regressor.
///
/// The last one learns from predictions for samples that the others were not fitted on, by cross-validation. A network
/// without hidden layers is a good one: it is a linear regression.
///
/// ```swift
/// let networks = [20, 50].map { MLPRegressor(hiddenLayerSizes: [$0], randomState: 0) }
/// let last = MLPRegressor(hiddenLayerSizes: [], solver: .lbfgs)
/// let model = try StackingRegressor(networks, finalEstimator: last).fitted(x, y)
/// ```
public struct StackingRegressor<Model: Estimator, Final: MatrixEstimator>: Estimator
where Model.Target: RegressionTarget, Final.Target == Model.Target, Final.Scalar == Double {
    /// The type of the features.
    public typealias Features = Model.Features
    /// The type of one sample's target.
    public typealias Target = Model.Target

    struct Fitted: Sendable {
        let estimators: [Model]
        let final: Final
    }

    /// The regressors; `fit` does not change them.
    public var estimators: [Model]
    /// The regressor of their predictions; `fit` does not change it.
    public var finalEstimator: Final
    /// The splits: a cross-validator that tests every sample once, a number of folds, or `.prefit` for regressors that are
    /// fitted already. Default 5.
    public var cv: any CrossValidator
    /// How many fits run at the same time; nil for one, -1 for as many as there are cores. Results do not depend on it.
    public var nJobs: Int?
    /// Whether the last regressor also gets the features, which must be a `Matrix<Double>` then. Default `false`.
    public var passthrough: Bool

    var fitted: Fitted?

    /// Stacked regressors, with scikit-learn's defaults. scikit-learn's `final_estimator` has a default, which is no network.
    public init(
        _ estimators: [Model], finalEstimator: Final, cv: any CrossValidator = 5, nJobs: Int? = nil,
        passthrough: Bool = false
    ) {
        (self.estimators, self.finalEstimator, self.cv) = (estimators, finalEstimator, cv)
        (self.nJobs, self.passthrough) = (nJobs, passthrough)
    }

    /// The regressors fitted on all samples, scikit-learn's `estimators_`; empty before `fit`.
    public var fittedEstimators: [Model] { fitted?.estimators ?? [] }
    /// The fitted last regressor, scikit-learn's `final_estimator_`; nil before `fit`.
    public var fittedFinalEstimator: Final? { fitted?.final }

    /// Fits all regressors.
    ///
    /// - Parameters:
    ///   - x: the features of all samples.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample, for all regressors; nil for 1 each.
    /// - Throws: `EstimatorError` for data that do not fit together, no regressor, and a `cv` that does not test every sample
    ///   once; what the regressors throw.
    /// - Complexity: that of one fit per split and regressor, one more of each, and one of the last.
    public mutating func fit(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws {
        try Check.require(!estimators.isEmpty, "estimators", "must have at least one estimator, but is empty")
        try Check.sameCount(y.count, argument: "y", as: x.sampleCount, of: "x")
        try Check.sampleWeight(sampleWeight, count: x.sampleCount)
        let isPrefit = cv is Prefit
        let models =
            isPrefit
            ? estimators : try fits(estimators, x, y, sampleWeight: sampleWeight, weights: nil, nJobs: nJobs)
        let predictions: [[Model.Target]]
        if isPrefit {
            predictions = try models.map { try $0.predict(x) }
        } else {
            let splits = GivenSplits(try cv.split(nSamples: y.count))
            predictions = try estimators.map { model in
                try crossValPredict(model, x, y, cv: splits, nJobs: nJobs, sampleWeight: sampleWeight)
            }
        }
        let features = try features(predictions, x)
        fitted = Fitted(
            estimators: models, final: try finalEstimator.fitted(features, y, sampleWeight: sampleWeight))
    }

    private func features(_ predictions: [[Model.Target]], _ x: Model.Features) throws -> Matrix<Double> {
        try stacked(predictions.map { try Target._outputs(of: $0, argument: "prediction") }, passthrough ? x : nil)
    }

    /// The predictions of the regressors side by side, which the last one gets.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`, and what the regressors throw.
    public func transform(_ x: Model.Features) throws -> Matrix<Double> {
        guard let fitted else { throw EstimatorError.notFitted(estimator: "StackingRegressor") }
        return try features(fitted.estimators.map { try $0.predict(x) }, x)
    }

    /// The last regressor's predictions.
    ///
    /// - Throws: what ``transform(_:)`` and the last regressor throw.
    public func predict(_ x: Model.Features) throws -> [Model.Target] {
        let features = try transform(x)
        return try fitted?.final.predict(features) ?? []
    }

    /// The coefficient of determination R² of the predictions for `x`.
    ///
    /// - Throws: what ``predict(_:)`` throws, and an error when `y` or the weights do not fit `x`.
    public func score(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws -> Double {
        try r2Score(y, predict(x), sampleWeight: sampleWeight)
    }
}

extension StackingRegressor: CustomStringConvertible {
    /// The call of the initializer: `StackingRegressor([MLPRegressor()], finalEstimator: MLPRegressor())`.
    public var description: String {
        written(
            Self.self,
            [literal(estimators), "finalEstimator: \(literal(finalEstimator))"]
                + changedParameters(
                    self, from: Self(estimators, finalEstimator: finalEstimator),
                    omitting: ["estimators", "finalEstimator", "fitted"]))
    }
}

// MARK: - Files

extension StackingRegressor.Fitted: Encodable where Model: Encodable, Final: Encodable {}
extension StackingRegressor.Fitted: Decodable where Model: Decodable, Final: Decodable {}

private enum StackingKeys: String, CodingKey { case estimators, finalEstimator, cv, nJobs, passthrough, fitted }

extension StackingRegressor: Encodable where Model: Encodable, Final: Encodable {
    /// Encodes the regressor.
    ///
    /// - Throws: `EncodingError`, also for a `cv` that is not of this package.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: StackingKeys.self)
        try container.encode(estimators, forKey: .estimators)
        try container.encode(finalEstimator, forKey: .finalEstimator)
        try container.encode(StoredCrossValidator(cv), forKey: .cv)
        try container.encodeIfPresent(nJobs, forKey: .nJobs)
        try container.encode(passthrough, forKey: .passthrough)
        try container.encodeIfPresent(fitted, forKey: .fitted)
    }
}

extension StackingRegressor: Decodable where Model: Decodable, Final: Decodable {
    /// Decodes a regressor.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: StackingKeys.self)
        self.init(
            try container.decode([Model].self, forKey: .estimators),
            finalEstimator: try container.decode(Final.self, forKey: .finalEstimator),
            cv: try container.decode(StoredCrossValidator.self, forKey: .cv).rule,
            nJobs: try container.decodeIfPresent(Int.self, forKey: .nJobs),
            passthrough: try container.decode(Bool.self, forKey: .passthrough))
        fitted = try container.decodeIfPresent(Fitted.self, forKey: .fitted)
        try container.require(fitted?.estimators.isEmpty != true, .fitted, "must have at least one estimator")
    }
}

extension StackingRegressor: Storable where Model: Storable, Final: Storable {
    /// `StackingRegressor` with the names of both types.
    public static var storedTypeName: String { ModelFiles.storedTypeName("StackingRegressor", Model.self, Final.self) }
}
