public import Estimators
import LinearAlgebra
import Metrics
public import ModelFiles
public import ModelSelection

/// Averages the predictions of many copies of a regressor, each fitted to samples that are drawn at random.
///
/// ```swift
/// let model = try BaggingRegressor(MLPRegressor(), nEstimators: 20, nJobs: -1, randomState: 0).fitted(x, y)
/// ```
///
/// The draws and seeds are scikit-learn's. Each copy is fitted to all samples; the weight of a sample is the number of
/// times that the copy has drawn it. Features are a matrix, or a table for a ``TablePipeline``.
@dynamicMemberLookup
public struct BaggingRegressor<Model: Estimator>: Estimator, MetaEstimator
where Model.Target: RegressionTarget, Model.Features: BaggingFeatures {
    /// The type of the features.
    public typealias Features = Model.Features
    /// The type of one sample's target.
    public typealias Target = Model.Target

    package struct Fitted: Sendable {
        let bag: Bag<Model>
        let oobScore: Double?
        let oobPrediction: [Model.Target]?
    }

    /// The regressor; `fit` does not change it.
    public var estimator: Model
    /// The parameters. Each is also a property of this regressor.
    public var settings: BaggingSettings

    package private(set) var fitted: Fitted?

    /// Creates a regressor with scikit-learn's defaults. ``BaggingSettings`` explains the parameters.
    public init(
        _ estimator: Model, nEstimators: Int = 10, maxSamples: SplitSize? = nil, maxFeatures: SplitSize = 1.0,
        bootstrap: Bool = true, bootstrapFeatures: Bool = false, oobScore: Bool = false, nJobs: Int? = nil,
        randomState: UInt32? = nil
    ) {
        self.estimator = estimator
        settings = BaggingSettings(
            nEstimators: nEstimators, maxSamples: maxSamples, maxFeatures: maxFeatures, bootstrap: bootstrap,
            bootstrapFeatures: bootstrapFeatures, oobScore: oobScore, nJobs: nJobs, randomState: randomState)
    }

    /// Accesses a parameter by its name in ``BaggingSettings``.
    public subscript<Value>(dynamicMember member: WritableKeyPath<BaggingSettings, Value>) -> Value {
        get { settings[keyPath: member] }
        set { settings[keyPath: member] = newValue }
    }

    /// The fitted regressors, scikit-learn's `estimators_`; empty before `fit`.
    public var fittedEstimators: [Model] { fitted?.bag.members.map(\.model) ?? [] }
    /// The samples that each regressor has drawn; empty before `fit`.
    public var estimatorsSamples: [[Int]] { fitted?.bag.members.map(\.samples) ?? [] }
    /// The features that each regressor has drawn; empty before `fit`.
    public var estimatorsFeatures: [[Int]] { fitted?.bag.members.map(\.features) ?? [] }
    /// The number of features in the call of `fit`; nil before.
    package var featureCount: Int? { fitted?.bag.featureCount }
    /// The R² of predictions by regressors that have not drawn the sample, scikit-learn's `oob_score_`; nil without
    /// `oobScore`.
    public var outOfBagScore: Double? { fitted?.oobScore }
    /// The mean prediction for each sample by the regressors that have not drawn it; nil without `oobScore`.
    public var oobPrediction: [Model.Target]? { fitted?.oobPrediction }

    /// Draws samples and fits the regressors.
    ///
    /// - Parameters:
    ///   - x: the features of all samples.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample, which determines how often the sample is drawn; nil for 1
    ///     each.
    /// - Throws: `EstimatorError` for inconsistent data and parameters out of range; what the regressor throws.
    /// - Complexity: that of `nEstimators` fits.
    public mutating func fit(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws {
        let bag = try Bag(estimator, settings, x, y, sampleWeight: sampleWeight)
        var (score, prediction): (Double?, [Model.Target]?)
        if settings.oobScore {
            let outputs = try Target._outputs(of: y, argument: "y").columns
            let (sums, counts) = try bag.outOfBagSums(x, outputs: outputs) {
                try Target._outputs(of: $0.predict($1), argument: "prediction")
            }
            prediction = Target._targets(
                from: Matrix(
                    rows: y.count, columns: outputs,
                    elements: sums.elements.enumerated().map { $1 / max(counts[$0 / outputs], 1) }))
            score = try r2Score(y, prediction ?? [])
        }
        fitted = Fitted(bag: bag, oobScore: score, oobPrediction: prediction)
    }

    /// Returns the mean prediction for each sample.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`, and what the regressor throws.
    public func predict(_ x: Model.Features) throws -> [Model.Target] {
        let tables = try learned.bag.answers(x) {
            try Target._outputs(of: $0.model.predict($1), argument: "prediction")
        }
        return Target._targets(from: try weightedMean(tables))
    }
}

extension BaggingRegressor: MatrixEstimator where Model: MatrixEstimator {
    /// The precision of the features.
    public typealias Scalar = Model.Scalar
}

extension BaggingRegressor {
    package var standard: Self { Self(estimator) }

    /// The names of the parameters of the regressor, such as `estimator.alpha`.
    public static var parameterNames: [PartialKeyPath<Self>: String] {
        nestedParameterNames(\Self.estimator, "estimator")
    }

    /// The initializer call: `BaggingRegressor(MLPRegressor(), nEstimators: 20)`.
    public var description: String {
        written(Self.self, [literal(estimator)] + changedParameters(settings, from: Self(estimator).settings))
    }
}

extension BaggingRegressor.Fitted: Encodable where Model: Encodable, Model.Target: Encodable {}
extension BaggingRegressor.Fitted: Decodable where Model: Decodable, Model.Target: Decodable {}
extension BaggingRegressor: Encodable where Model: Encodable, Model.Target: Encodable {}
extension BaggingRegressor: Decodable where Model: Decodable, Model.Target: Decodable {}

extension BaggingRegressor: Storable where Model: Storable, Model.Target: Codable {
    /// `BaggingRegressor` with the name of the regressor.
    public static var storedTypeName: String { ModelFiles.storedTypeName("BaggingRegressor", Model.self) }
}
