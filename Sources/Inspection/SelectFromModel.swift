public import Estimators
public import LinearAlgebra
public import ModelFiles
public import Preprocessing

/// Keeps the features that a fitted model needs: those whose permutation importance reaches a threshold.
///
/// ```swift
/// var pipeline = Pipeline(SelectFromModel(MLPRegressor(randomState: 0), randomState: 0), MLPRegressor())
/// ```
///
/// A network has no coefficient per feature, which scikit-learn takes by default; `permutationImportance` measures what
/// any model makes of its features.
public struct SelectFromModel<Model: MatrixEstimator>: FeatureSelector, SupervisedTransformer {
    /// From which importance on a feature is kept; a literal is an importance.
    public enum Threshold: Hashable, Codable, Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
        /// This multiple of the mean importance.
        case mean(times: Double)
        /// This multiple of the median importance.
        case median(times: Double)
        /// This importance.
        case value(Double)

        /// The mean importance.
        public static var mean: Threshold { .mean(times: 1) }

        /// The median importance.
        public static var median: Threshold { .median(times: 1) }

        /// This importance.
        public init(floatLiteral value: Double) { self = .value(value) }

        /// This importance.
        public init(integerLiteral value: Int) { self = .value(Double(value)) }
    }

    /// The estimator that is fitted; after `fit`, ``fittedEstimator`` is its fitted copy.
    public var estimator: Model

    /// From which importance on a feature is kept. Default `.mean`.
    public var threshold: Threshold

    /// The greatest number of features that are kept; nil for any. Default nil.
    public var maxFeatures: Int?

    /// How often every feature is shuffled, at least 1. Default 5.
    public var nRepeats: Int

    /// The seed of the shuffles; nil for others every time.
    public var randomState: UInt32?

    /// The fitted estimator; nil before `fit`.
    public private(set) var fittedEstimator: Model?

    /// The mean importance of every feature; empty before `fit`.
    public private(set) var importances: [Double] = []

    /// An unfitted selector.
    ///
    /// - Parameters:
    ///   - estimator: the estimator that is fitted.
    ///   - threshold: from which importance on a feature is kept.
    ///   - maxFeatures: the greatest number of features that are kept.
    ///   - nRepeats: how often every feature is shuffled.
    ///   - randomState: the seed of the shuffles.
    public init(
        _ estimator: Model, threshold: Threshold = .mean, maxFeatures: Int? = nil, nRepeats: Int = 5,
        randomState: UInt32? = nil
    ) {
        (self.estimator, self.threshold, self.maxFeatures) = (estimator, threshold, maxFeatures)
        (self.nRepeats, self.randomState) = (nRepeats, randomState)
    }

    /// The importance from which on a feature is kept; nil before `fit`.
    public var thresholdValue: Double? {
        guard !importances.isEmpty else { return nil }
        switch threshold {
        case .value(let value): return value
        case .mean(let factor): return factor * importances.reduce(0, +) / Double(importances.count)
        case .median(let factor):
            let sorted = importances.sorted()
            let middle = sorted.count / 2
            return factor * (sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2)
        }
    }

    /// Whether each feature is kept, of equally important ones the first; empty before `fit`.
    public var support: [Bool] {
        guard let least = thresholdValue else { return [] }
        let order = importances.indices.sorted { (importances[$1], $0) < (importances[$0], $1) }
        let best = Set(order.prefix(maxFeatures ?? importances.count))
        return importances.indices.map { best.contains($0) && importances[$0] >= least }
    }

    /// False: the estimator takes no missing values.
    public var allowsMissingValues: Bool { false }

    /// Fits the estimator and measures its permutation importances for the same samples.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for a negative `maxFeatures`; `EstimatorError.notSupported` for targets
    ///   of another type than the estimator's; what the estimator and `permutationImportance` throw. The selector is
    ///   unchanged then.
    /// - Complexity: that of a fit, and of features × `nRepeats` scores.
    public mutating func fit<Scalar: MatrixScalar, Target: Sendable>(_ x: Matrix<Scalar>, _ y: [Target]) throws {
        try Check.require(
            maxFeatures ?? 0 >= 0, parameter: "maxFeatures", maxFeatures ?? 0,
            allowed: "nil or an integer of at least 0")
        try Check.features(x)
        guard let y = y as? [Model.Target] else {
            throw EstimatorError.notSupported("a target of type \(Target.self) for a selection from \(Model.self)")
        }
        let x = (x as? Matrix<Model.Scalar>) ?? x.map { Model.Scalar(Double($0)) }
        let fitted = try estimator.fitted(x, y)
        importances = try permutationImportance(
            fitted, x, y, nRepeats: nRepeats, randomState: randomState, nJobs: -1
        ).importancesMean
        fittedEstimator = fitted
    }
}

extension SelectFromModel: CustomStringConvertible {
    /// The call of the initializer: `SelectFromModel(MLPRegressor())`.
    public var description: String {
        written(
            Self.self,
            [literal(estimator)] + changedParameter("threshold", threshold, from: Threshold.mean(times: 1))
                + changedParameter("maxFeatures", maxFeatures as Any, from: Int?.none as Any)
                + changedParameter("nRepeats", nRepeats, from: 5)
                + changedParameter("randomState", randomState as Any, from: UInt32?.none as Any))
    }
}

extension SelectFromModel: Equatable where Model: Equatable {}
extension SelectFromModel: Encodable where Model: Encodable {}
extension SelectFromModel: Decodable where Model: Decodable {}

extension SelectFromModel: Storable where Model: Storable {
    /// `SelectFromModel` with the name of the estimator.
    public static var storedTypeName: String { ModelFiles.storedTypeName("SelectFromModel", Model.self) }
}
