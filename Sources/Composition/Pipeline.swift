public import Estimators
public import LinearAlgebra
public import ModelFiles

/// Transformers and an estimator, one after the other: an estimator that transforms its features itself.
///
/// ```swift
/// var pipeline = Pipeline(StandardScaler(), MLPClassifier(randomState: 1))
/// try pipeline.fit(x, y)
/// ```
///
/// In a cross-validation the transformers learn from the training side only, also those that learn from the targets
/// (`SupervisedTransformer`). Parameters are reached by key paths: `\.last.alpha`, `\.transformer.withMean`, and of
/// several transformers `\.transformer.first`, `\.transformer.second`.
public struct Pipeline<Steps: Transformer, Last: MatrixEstimator>: MatrixEstimator {
    /// The type of one sample's target.
    public typealias Target = Last.Target
    /// The precision of the features.
    public typealias Scalar = Last.Scalar

    /// The transformer of the features; several are a ``Chain``.
    public var transformer: Steps

    /// The estimator of the transformed features.
    public var last: Last

    /// Features that need not be transformed again.
    var known = KnownFeatures<Steps, Last.Scalar>()

    private enum CodingKeys: CodingKey { case transformer, last }

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
        try Check.sameCount(y.count, argument: "y", as: x.rows, of: "x")
        self = try changed(self) { pipeline in
            let features = try pipeline.transformer.fitTransform(x, y)
            try Pipeline.pass(features, madeOf: x) { try pipeline.last.fit($0, y, sampleWeight: sampleWeight) }
        }
    }

    /// One target for every row of `x`.
    ///
    /// - Throws: what transformer and estimator throw.
    public func predict(_ x: Matrix<Last.Scalar>) throws -> [Last.Target] {
        try withFeatures(of: x) { try last.predict($0) }
    }

    /// The estimator's score for the transformed features.
    ///
    /// - Throws: what transformer and estimator throw.
    public func score(_ x: Matrix<Last.Scalar>, _ y: [Last.Target], sampleWeight: [Double]?) throws -> Double {
        try withFeatures(of: x) { try last.score($0, y, sampleWeight: sampleWeight) }
    }

    /// What the estimator makes of the transformed features.
    private func withFeatures<Result>(
        of x: Matrix<Last.Scalar>, _ body: (Matrix<Last.Scalar>) throws -> Result
    ) throws -> Result {
        try Pipeline.pass(known.transformed(x, by: transformer) ?? transformer.transform(x), madeOf: x, body)
    }

    /// What the estimator makes of features that the transformer has made of `x`.
    static func pass<Result>(
        _ features: Matrix<Last.Scalar>, madeOf x: Matrix<Last.Scalar>, _ body: (Matrix<Last.Scalar>) throws -> Result
    ) throws -> Result {
        try passing(features, madeOf: x, by: Steps.self, to: Last.self, body)
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
        try withFeatures(of: x) { try last.predictProba($0) }
    }
}

extension Pipeline: ValidatingEstimator where Last: ValidatingEstimator {
    /// Learns how to transform `x`, and then from the transformed features. The estimator evaluates its passes on the
    /// transformed validation set, from which the transformer learns nothing.
    ///
    /// - Throws: what transformer and estimator throw; the pipeline is unchanged then.
    public mutating func fit(
        _ x: Matrix<Last.Scalar>, _ y: [Last.Target], sampleWeight: [Double]? = nil,
        validation: (x: Matrix<Last.Scalar>, y: [Last.Target])?
    ) throws {
        try Check.sameCount(y.count, argument: "y", as: x.rows, of: "x")
        var fitted = self
        let features = try fitted.transformer.fitTransform(x, y)
        let evaluated = try validation.map { (x: try fitted.transformer.transform($0.x), y: $0.y) }
        try Pipeline.pass(features, madeOf: x) {
            try fitted.last.fit($0, y, sampleWeight: sampleWeight, validation: evaluated)
        }
        self = fitted
    }
}

extension Pipeline: NamedParameters {
    /// The parameters of transformer and estimator, as `transformer.withMean` and `last.alpha`.
    public static var parameterNames: [PartialKeyPath<Pipeline>: String] {
        nestedParameterNames(\Pipeline.transformer, "transformer", \Pipeline.last, "last")
    }
}

extension Pipeline: Equatable where Steps: Equatable, Last: Equatable {}
extension Pipeline: Encodable where Steps: Encodable, Last: Encodable {}
extension Pipeline: Decodable where Steps: Decodable, Last: Decodable {}

extension Pipeline: Storable where Steps: Storable, Last: Storable {
    /// `Pipeline` with the names of transformer and estimator.
    public static var storedTypeName: String { ModelFiles.storedTypeName("Pipeline", Steps.self, Last.self) }
}

extension Pipeline: CustomStringConvertible {
    /// The call of the initializer: `Pipeline(StandardScaler(), MLPClassifier(alpha: 0.01))`.
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

    /// Four transformers and an estimator. More are nested with ``Chain``.
    public init<A, B, C, D>(
        _ a: A, _ b: B, _ c: C, _ d: D, _ last: Last
    ) where Steps == Chain<Chain<Chain<A, B>, C>, D> {
        self.init(Chain(Chain(Chain(a, b), c), d), last)
    }
}

extension Pipeline: Seedable where Last: Seedable {
    /// Takes the seed of the estimator.
    public mutating func seed(_ seed: UInt32) { last.seed(seed) }
}
