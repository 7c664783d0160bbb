public import Estimators
import LinearAlgebra
import Metrics
public import ModelFiles
import ModelSelection

/// Several regressors of one type whose predictions are averaged.
///
/// ```swift
/// let networks = (0..<5).map { MLPRegressor(randomState: UInt32($0)) }
/// let model = try VotingRegressor(networks).fitted(x, y)
/// ```
public struct VotingRegressor<Model: Estimator>: Estimator, Ensemble where Model.Target: RegressionTarget {
    /// The type of the features.
    public typealias Features = Model.Features
    /// The type of one sample's target.
    public typealias Target = Model.Target

    /// The regressors; `fit` does not change them.
    public var estimators: [Model]
    /// The weight of each regressor; nil for 1 each. Default nil.
    public var weights: [Double]?
    /// The number of fits that run at the same time; nil for one, -1 for as many as there are cores. Results do not
    /// depend on it.
    public var nJobs: Int?

    private(set) var fitted: [Model] = []

    /// Creates a regressor of averaged predictions with scikit-learn's defaults.
    public init(_ estimators: [Model], weights: [Double]? = nil, nJobs: Int? = nil) {
        (self.estimators, self.weights, self.nJobs) = (estimators, weights, nJobs)
    }

    package var standard: Self { Self(estimators) }

    /// The fitted regressors, scikit-learn's `estimators_`; empty before `fit`.
    public var fittedEstimators: [Model] { fitted }

    /// Fits every regressor.
    ///
    /// - Parameters:
    ///   - x: the features of all samples.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: `EstimatorError` for an empty list of regressors, and for weights that are invalid or not one per
    ///   regressor; what the regressors throw.
    public mutating func fit(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws {
        fitted = try fittedCopies(x, y, sampleWeight: sampleWeight, weights: weights, nJobs: nJobs)
    }

    /// Returns the mean prediction for each sample.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`, and what the regressors throw.
    public func predict(_ x: Model.Features) throws -> [Model.Target] {
        if fitted.isEmpty { throw EstimatorError.notFitted(estimator: "VotingRegressor") }
        try checkWeights(weights, count: fitted.count)
        let tables = try fitted.map { try Target._outputs(of: $0.predict(x), argument: "prediction") }
        return Target._targets(from: try weightedMean(tables, weights: weights))
    }
}

extension VotingRegressor: MatrixEstimator where Model: MatrixEstimator {
    /// The precision of the features.
    public typealias Scalar = Model.Scalar
}

extension VotingRegressor: Encodable where Model: Encodable {}
extension VotingRegressor: Decodable where Model: Decodable {}

extension VotingRegressor: Storable where Model: Storable {
    /// `VotingRegressor` with the name of the regressors.
    public static var storedTypeName: String { ModelFiles.storedTypeName("VotingRegressor", Model.self) }
}
