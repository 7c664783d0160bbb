public import Estimators
public import LinearAlgebra
public import ModelFiles

/// Transformers and an estimator in a row: an estimator that prepares its features itself.
///
/// ```swift
/// var pipeline = Pipeline(StandardScaler(), MLPClassifier(randomState: 1))
/// try pipeline.fit(x, y)
/// ```
///
/// In a cross-validation the transformers learn from the training side alone, as they must. Parameters are reached by key
/// paths: `\.last.alpha`, `\.transformer.withMean`, and of several transformers `\.transformer.first`, `\.transformer.second`.
public struct Pipeline<Steps: Transformer, Last: MatrixEstimator>: MatrixEstimator {
    /// The types of a pipeline's samples are its estimator's.
    public typealias Target = Last.Target
    /// The types of a pipeline's samples are its estimator's.
    public typealias Scalar = Last.Scalar

    /// What prepares the features: a transformer, or several as a ``Chain``.
    public var transformer: Steps

    /// What learns from the prepared features.
    public var last: Last

    /// A transformer and an estimator.
    public init(_ transformer: Steps, _ last: Last) {
        self.transformer = transformer
        self.last = last
    }

    /// Learns how to transform `x`, and then from the transformed features.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample, for the estimator; nil for 1 each.
    /// - Throws: what transformer and estimator throw; the pipeline is unchanged then.
    public mutating func fit(_ x: Matrix<Last.Scalar>, _ y: [Last.Target], sampleWeight: [Double]?) throws {
        var fitted = self
        try fitted.last.fit(fitted.transformer.fitTransform(x), y, sampleWeight: sampleWeight)
        self = fitted
    }

    /// One target for every row of `x`.
    ///
    /// - Throws: what transformer and estimator throw.
    public func predict(_ x: Matrix<Last.Scalar>) throws -> [Last.Target] {
        try last.predict(transformer.transform(x))
    }

    /// The estimator's score for the transformed features.
    ///
    /// - Throws: what transformer and estimator throw.
    public func score(_ x: Matrix<Last.Scalar>, _ y: [Last.Target], sampleWeight: [Double]?) throws -> Double {
        try last.score(transformer.transform(x), y, sampleWeight: sampleWeight)
    }

    /// The estimator's classes.
    public static func classNumbers(of y: [Last.Target]) -> [Int]? { Last.classNumbers(of: y) }
}

extension Pipeline: ProbabilisticClassifier where Last: ProbabilisticClassifier {
    /// The estimator's classes in ascending order; empty before `fit`.
    public var classes: [Last.Target.Label] { last.classes }

    /// The probability of every class for every row of `x`: samples × classes.
    ///
    /// - Throws: what transformer and estimator throw.
    public func predictProba(_ x: Matrix<Last.Scalar>) throws -> Matrix<Last.Scalar> {
        try last.predictProba(transformer.transform(x))
    }
}

extension Pipeline: ValidatingEstimator where Last: ValidatingEstimator {
    /// Learns how to transform `x`, and then from the transformed features, while the estimator judges its passes on the
    /// transformed validation set. The transformer learns nothing from that.
    ///
    /// - Throws: what transformer and estimator throw; the pipeline is unchanged then.
    public mutating func fit(
        _ x: Matrix<Last.Scalar>, _ y: [Last.Target], sampleWeight: [Double]? = nil,
        validation: (x: Matrix<Last.Scalar>, y: [Last.Target])?
    ) throws {
        var fitted = self
        let features = try fitted.transformer.fitTransform(x)
        try fitted.last.fit(
            features, y, sampleWeight: sampleWeight,
            validation: validation.map { (try fitted.transformer.transform($0.x), $0.y) })
        self = fitted
    }
}

extension Pipeline: NamedParameters {
    /// The parameters of transformer and estimator, as `transformer.withMean` and `last.alpha`.
    public static var parameterNames: [PartialKeyPath<Pipeline>: String] {
        nestedParameterNames(\Pipeline.transformer, "transformer")
            .merging(nestedParameterNames(\Pipeline.last, "last")) { name, _ in name }
    }
}

extension Pipeline: Equatable where Steps: Equatable, Last: Equatable {}
extension Pipeline: Encodable where Steps: Encodable, Last: Encodable {}
extension Pipeline: Decodable where Steps: Decodable, Last: Decodable {}
extension Pipeline: Storable where Steps: Storable, Last: Storable {}

extension Pipeline: CustomStringConvertible {
    /// As it is written: `Pipeline(StandardScaler(), MLPClassifier(alpha: 0.01))`.
    public var description: String { written(Self.self, [literal(transformer), literal(last)]) }
}

// MARK: - Several transformers

extension Pipeline {
    /// Two transformers and an estimator.
    public init<A, B>(_ a: A, _ b: B, _ last: Last) where Steps == Chain<A, B> {
        self.init(Chain(a, b), last)
    }

    /// Three transformers and an estimator.
    public init<A, B, C>(_ a: A, _ b: B, _ c: C, _ last: Last) where Steps == Chain<Chain<A, B>, C> {
        self.init(Chain(Chain(a, b), c), last)
    }

    /// Four transformers and an estimator. More are chained by hand.
    public init<A, B, C, D>(
        _ a: A, _ b: B, _ c: C, _ d: D, _ last: Last
    ) where Steps == Chain<Chain<Chain<A, B>, C>, D> {
        self.init(Chain(Chain(Chain(a, b), c), d), last)
    }
}
