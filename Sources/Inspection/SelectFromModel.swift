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
/// By default, scikit-learn takes the coefficients of the fitted estimator. A network has no coefficient per feature,
/// so this selector takes the importances that `permutationImportance` measures, which any model has.
public struct SelectFromModel<Model: MatrixEstimator>: FeatureSelector, SupervisedTransformer {
    /// The importance that a feature must reach to be kept. A literal is an importance.
    public enum Threshold: Hashable, Codable, Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
        /// The given multiple of the mean importance.
        case mean(times: Double)
        /// The given multiple of the median importance.
        case median(times: Double)
        /// The given importance.
        case value(Double)

        /// The mean importance.
        public static var mean: Threshold { .mean(times: 1) }

        /// The median importance.
        public static var median: Threshold { .median(times: 1) }

        /// The given importance.
        public init(floatLiteral value: Double) { self = .value(value) }

        /// The given importance.
        public init(integerLiteral value: Int) { self = .value(Double(value)) }
    }

    /// The estimator that is fitted; after `fit`, ``fittedEstimator`` is its fitted copy.
    public var estimator: Model

    /// The importance that a feature must reach to be kept. Default `.mean`.
    public var threshold: Threshold

    /// The maximum number of features to keep; nil for no limit. Default nil.
    public var maxFeatures: Int?

    /// The number of times that each feature is shuffled, at least 1. Default 5.
    public var nRepeats: Int

    /// The seed of the shuffles; nil for different shuffles each time.
    public var randomState: UInt32?

    /// The fitted estimator; nil before `fit`.
    public private(set) var fittedEstimator: Model?

    /// The mean importance of every feature; empty before `fit`.
    public private(set) var importances: [Double] = []

    /// Creates an unfitted selector.
    ///
    /// - Parameters:
    ///   - estimator: the estimator that is fitted.
    ///   - threshold: the importance that a feature must reach to be kept.
    ///   - maxFeatures: the maximum number of features to keep; nil for no limit.
    ///   - nRepeats: the number of times that each feature is shuffled.
    ///   - randomState: the seed of the shuffles.
    public init(
        _ estimator: Model, threshold: Threshold = .mean, maxFeatures: Int? = nil, nRepeats: Int = 5,
        randomState: UInt32? = nil
    ) {
        (self.estimator, self.threshold, self.maxFeatures) = (estimator, threshold, maxFeatures)
        (self.nRepeats, self.randomState) = (nRepeats, randomState)
    }

    /// The importance that a feature must reach to be kept; nil before `fit`.
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

    /// Whether each feature is kept; empty before `fit`. If ``maxFeatures`` excludes some of several equally important
    /// features, the first ones are kept.
    public var support: [Bool] {
        guard let least = thresholdValue else { return [] }
        let order = importances.indices.sorted { (importances[$1], $0) < (importances[$0], $1) }
        let best = Set(order.prefix(maxFeatures ?? importances.count))
        return importances.indices.map { best.contains($0) && importances[$0] >= least }
    }

    /// False, because the estimator does not accept missing values.
    public var allowsMissingValues: Bool { false }

    /// Fits the estimator, and measures the permutation importances on the same samples.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for a negative `maxFeatures`; `EstimatorError.notSupported` if the
    ///   type of the targets is not that of the estimator's targets; what the estimator and `permutationImportance`
    ///   throw. In these cases, the selector does not change.
    /// - Complexity: one fit, and features × `nRepeats` scores.
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
    /// The initializer call: `SelectFromModel(MLPRegressor())`.
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
