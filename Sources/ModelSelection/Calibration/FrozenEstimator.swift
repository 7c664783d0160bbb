public import Estimators
public import LinearAlgebra
public import ModelFiles

/// A fitted estimator that `fit` does not change.
///
/// Wrap a fitted model in it to calibrate the model, or to tune its threshold, on samples that the model has not seen:
///
/// ```swift
/// let calibrated = try CalibratedClassifierCV(FrozenEstimator(model), method: .isotonic).fitted(xHeldOut, yHeldOut)
/// ```
public struct FrozenEstimator<Model: Estimator>: Estimator {
    /// The type of the features.
    public typealias Features = Model.Features
    /// The type of one sample's target.
    public typealias Target = Model.Target

    /// The fitted estimator.
    public let estimator: Model

    /// An estimator that is not fitted again.
    public init(_ estimator: Model) { self.estimator = estimator }

    /// Does nothing.
    public mutating func fit(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws {}

    /// The estimator's predictions.
    ///
    /// - Throws: what the estimator throws.
    public func predict(_ x: Model.Features) throws -> [Model.Target] { try estimator.predict(x) }

    /// The estimator's score.
    ///
    /// - Throws: what the estimator throws.
    public func score(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws -> Double {
        try estimator.score(x, y, sampleWeight: sampleWeight)
    }

    /// The estimator's classes.
    public static func classNumbers(of y: [Model.Target]) -> [Int]? { Model.classNumbers(of: y) }
}

extension FrozenEstimator: ProbabilisticClassifier where Model: ProbabilisticClassifier {
    /// The estimator's classes in ascending order.
    public var classes: [Model.Target.Label] { estimator.classes }

    /// The estimator's probabilities.
    ///
    /// - Throws: what the estimator throws.
    public func predictProba(_ x: Model.Features) throws -> Matrix<Model.Scalar> { try estimator.predictProba(x) }
}

extension FrozenEstimator: MatrixEstimator where Model: MatrixEstimator {
    /// The precision of the features.
    public typealias Scalar = Model.Scalar
}

extension FrozenEstimator: Equatable where Model: Equatable {}
extension FrozenEstimator: Encodable where Model: Encodable {}
extension FrozenEstimator: Decodable where Model: Decodable {}

extension FrozenEstimator: Storable where Model: Storable {
    /// `FrozenEstimator` with the name of the estimator.
    public static var storedTypeName: String { ModelFiles.storedTypeName("FrozenEstimator", Model.self) }
}

extension FrozenEstimator: CustomStringConvertible {
    /// The initializer call: `FrozenEstimator(MLPClassifier())`.
    public var description: String { written(Self.self, [literal(estimator)]) }
}

/// An estimator that `fit` does not change.
protocol Frozen {}
extension FrozenEstimator: Frozen {}
