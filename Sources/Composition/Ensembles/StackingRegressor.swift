public import Estimators
public import LinearAlgebra
import Metrics
public import ModelFiles
public import ModelSelection

/// Several regressors of one type whose predictions are the features of a last regressor.
///
/// The last regressor learns from predictions for samples that the others were not fitted on, which a cross-validation
/// makes. A network without hidden layers, which is a linear regression, is a good last regressor.
///
/// ```swift
/// let networks = [20, 50].map { MLPRegressor(hiddenLayerSizes: [$0], randomState: 0) }
/// let last = MLPRegressor(hiddenLayerSizes: [], solver: .lbfgs)
/// let model = try StackingRegressor(networks, finalEstimator: last).fitted(x, y)
/// ```
public struct StackingRegressor<Model: Estimator, Final: MatrixEstimator>: Estimator, Stacking
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
    /// The splits: a cross-validator that tests each sample once, a number of folds, or `.prefit` for regressors that
    /// are already fitted. Default 5.
    public var cv: any CrossValidator {
        get { _cv.rule }
        set { _cv.rule = newValue }
    }
    var _cv: StoredCrossValidator
    /// The number of fits that run at the same time; nil for one, -1 for as many as there are cores. Results do not
    /// depend on it.
    public var nJobs: Int?
    /// Whether the last regressor also gets the features, which must then be a `Matrix<Double>`. Default `false`.
    public var passthrough: Bool

    private(set) var fitted: Fitted?

    private enum CodingKeys: String, CodingKey {
        case estimators, finalEstimator, _cv = "cv", nJobs, passthrough, fitted
    }

    /// Creates stacked regressors with scikit-learn's defaults. `finalEstimator` has no default, because scikit-learn's
    /// default is not a network.
    public init(
        _ estimators: [Model], finalEstimator: Final, cv: any CrossValidator = 5, nJobs: Int? = nil,
        passthrough: Bool = false
    ) {
        (self.estimators, self.finalEstimator, _cv) = (estimators, finalEstimator, StoredCrossValidator(cv))
        (self.nJobs, self.passthrough) = (nJobs, passthrough)
    }

    package var standard: Self { Self(estimators, finalEstimator: finalEstimator) }

    /// The name of `cv`. It is listed here because the key path of a computed property does not contain the name.
    public static var parameterNames: [PartialKeyPath<Self>: String] { [\Self.cv: "cv"] }

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
    /// - Throws: `EstimatorError` for inconsistent data, an empty list of regressors, and a `cv` that does not test
    ///   each sample once; what the regressors throw.
    /// - Complexity: for each regressor one fit per split and one on all samples, and one fit of the last regressor.
    public mutating func fit(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws {
        let stack = try fittedStack(x, y, sampleWeight: sampleWeight)
        fitted = Fitted(estimators: stack.estimators, final: stack.final)
    }

    static func columns(of model: Model, _ x: Model.Features) throws -> Matrix<Double> {
        try Target._outputs(of: model.predict(x), argument: "prediction")
    }

    static func heldOutColumns(
        of model: Model, _ x: Model.Features, _ y: [Model.Target], cv: GivenSplits, nJobs: Int?,
        sampleWeight: [Double]?
    ) throws -> Matrix<Double> {
        try Target._outputs(
            of: crossValPredict(model, x, y, cv: cv, nJobs: nJobs, sampleWeight: sampleWeight), argument: "prediction")
    }

    /// Returns the predictions of the regressors side by side, which are the features of the last regressor.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`, and what the regressors throw.
    public func transform(_ x: Model.Features) throws -> Matrix<Double> { try stack(x).features }
}

// MARK: - Files

extension StackingRegressor.Fitted: Encodable where Model: Encodable, Final: Encodable {}
extension StackingRegressor.Fitted: Decodable where Model: Decodable, Final: Decodable {}

extension StackingRegressor: Encodable where Model: Encodable, Final: Encodable {}
extension StackingRegressor: Decodable where Model: Decodable, Final: Decodable {}

extension StackingRegressor: Storable where Model: Storable, Final: Storable {
    /// `StackingRegressor` with the names of both types.
    public static var storedTypeName: String { ModelFiles.storedTypeName("StackingRegressor", Model.self, Final.self) }
}
