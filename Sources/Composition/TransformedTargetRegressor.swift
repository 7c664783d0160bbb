public import Estimators
public import LinearAlgebra
import Metrics
public import ModelFiles
public import Preprocessing

/// A regressor that learns transformed targets and transforms its predictions back.
///
/// ```swift
/// var model = TransformedTargetRegressor(MLPRegressor(randomState: 1), transformer: StandardScaler())
/// ```
public struct TransformedTargetRegressor<Regressor: Estimator, Steps: InvertibleTransformer>: Estimator
where Regressor.Target: RegressionTarget {
    /// The type of one sample's target.
    public typealias Target = Regressor.Target
    /// The type of the features.
    public typealias Features = Regressor.Features

    /// The regressor of the transformed targets.
    public var regressor: Regressor

    /// The transformer of the targets, which it gets as samples × outputs.
    public var transformer: Steps

    /// A regressor and the transformer of its targets.
    public init(_ regressor: Regressor, transformer: Steps) {
        self.regressor = regressor
        self.transformer = transformer
    }

    /// Learns how to transform `y`, and then the transformed targets.
    ///
    /// - Throws: what transformer and regressor throw; the regressor is unchanged then.
    public mutating func fit(_ x: Regressor.Features, _ y: [Target], sampleWeight: [Double]?) throws {
        try learn(y, validation: nil as (x: Regressor.Features, y: [Target])?) { regressor, y, _, _ in
            try regressor.fit(x, y, sampleWeight: sampleWeight)
        }
    }

    /// Learns how to transform `y`, and passes the transformed targets on to `body`, which trains the regressor.
    ///
    /// - Parameters:
    ///   - validation: samples and targets that are transformed in the same way; nil for none.
    ///   - isIncremental: whether to keep the transformation that was learned before, if there is one.
    ///   - body: gets the regressor, the transformed targets, the validation set, and this model with its transformer.
    /// - Throws: what transformer and `body` throw; the model is unchanged then.
    mutating func learn<Samples>(
        _ y: [Target], validation: (x: Samples, y: [Target])?, isIncremental: Bool = false,
        _ body: (inout Regressor, [Target], (x: Samples, y: [Target])?, _ whole: Self) throws -> Void
    ) throws {
        var fitted = self
        let outputs = try Target._outputs(of: y, argument: "y")
        let targets = try learned(keeping: isIncremental) {
            try fitted.transformer.transform(outputs)
        } else: {
            try fitted.transformer.fitTransform(outputs)
        }
        let evaluated = try validation.map { x, y in
            let outputs = try fitted.transformer.transform(Target._outputs(of: y, argument: "validation.y"))
            return (x: x, y: Target._targets(from: outputs))
        }
        let whole = fitted
        try body(&fitted.regressor, Target._targets(from: targets), evaluated, whole)
        self = fitted
    }

    /// The regressor's predictions, transformed back.
    ///
    /// - Throws: what transformer and regressor throw.
    public func predict(_ x: Regressor.Features) throws -> [Target] {
        let outputs = try Target._outputs(of: regressor.predict(x), argument: "prediction")
        return Target._targets(from: try transformer.inverseTransform(outputs))
    }
}

extension TransformedTargetRegressor: MatrixEstimator where Regressor: MatrixEstimator {
    /// The precision of the features is the regressor's.
    public typealias Scalar = Regressor.Scalar
}

extension TransformedTargetRegressor: SparseEstimator where Regressor: SparseEstimator {
    /// Learns how to transform `y`, and then the transformed targets from sparse features.
    ///
    /// - Throws: what transformer and regressor throw; the regressor is unchanged then.
    public mutating func fit(
        _ x: SparseMatrix<Regressor.Scalar>, _ y: [Target], sampleWeight: [Double]?,
        validation: (x: SparseMatrix<Regressor.Scalar>, y: [Target])?
    ) throws {
        try learn(y, validation: validation) { regressor, y, validation, _ in
            try regressor.fit(x, y, sampleWeight: sampleWeight, validation: validation)
        }
    }

    /// The regressor's predictions for sparse features, transformed back.
    ///
    /// - Throws: what transformer and regressor throw.
    public func predict(_ x: SparseMatrix<Regressor.Scalar>) throws -> [Target] {
        let outputs = try Target._outputs(of: regressor.predict(x), argument: "prediction")
        return Target._targets(from: try transformer.inverseTransform(outputs))
    }

    /// The coefficient of determination R² of the predictions for sparse features.
    ///
    /// - Throws: what transformer and regressor throw, and an error when `y` or the weights do not fit `x`.
    public func score(
        _ x: SparseMatrix<Regressor.Scalar>, _ y: [Target], sampleWeight: [Double]?
    ) throws -> Double {
        try r2Score(y, predict(x), sampleWeight: sampleWeight)
    }
}

extension TransformedTargetRegressor: Equatable where Regressor: Equatable, Steps: Equatable {}
extension TransformedTargetRegressor: Encodable where Regressor: Encodable, Steps: Encodable {}
extension TransformedTargetRegressor: Decodable where Regressor: Decodable, Steps: Decodable {}

extension TransformedTargetRegressor: Storable where Regressor: Storable, Steps: Storable {
    /// `TransformedTargetRegressor` with the names of regressor and transformer.
    public static var storedTypeName: String {
        ModelFiles.storedTypeName("TransformedTargetRegressor", Regressor.self, Steps.self)
    }
}

extension TransformedTargetRegressor: NamedParameters {
    /// The parameters of regressor and transformer, as `regressor.alpha` and `transformer.withMean`.
    public static var parameterNames: [PartialKeyPath<TransformedTargetRegressor>: String] {
        nestedParameterNames(
            \TransformedTargetRegressor.regressor, "regressor", \TransformedTargetRegressor.transformer, "transformer")
    }
}

extension TransformedTargetRegressor: CustomStringConvertible {
    /// The call of the initializer: `TransformedTargetRegressor(MLPRegressor(), transformer: StandardScaler())`.
    public var description: String { written(Self.self, [literal(regressor), "transformer: \(literal(transformer))"]) }
}

extension TransformedTargetRegressor where Steps == FunctionTransformer {
    /// A regressor that learns `func` of the targets, and applies `inverseFunc` to its predictions.
    ///
    /// ```swift
    /// var model = TransformedTargetRegressor(
    ///     MLPRegressor(randomState: 1), func: { log1p($0) }, inverseFunc: { expm1($0) })
    /// ```
    public init(
        _ regressor: Regressor, func function: @escaping @Sendable (Double) -> Double,
        inverseFunc: @escaping @Sendable (Double) -> Double
    ) {
        self.init(regressor, transformer: FunctionTransformer(func: function, inverseFunc: inverseFunc))
    }

    /// A regressor that learns `function` of the targets, and applies `inverse` to its predictions.
    @available(*, deprecated, renamed: "init(_:func:inverseFunc:)")
    public init(
        _ regressor: Regressor, function: @escaping @Sendable (Double) -> Double,
        inverse: @escaping @Sendable (Double) -> Double
    ) {
        self.init(regressor, func: function, inverseFunc: inverse)
    }
}
