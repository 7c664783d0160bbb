public import Estimators
public import LinearAlgebra
public import ModelFiles
public import Preprocessing

/// A transformer that applies two transformers in sequence. For more than two, nest chains.
public struct Chain<First: Transformer, Second: Transformer>: Transformer {
    /// The transformer that gets the features.
    public var first: First

    /// The transformer that gets the result of the first one.
    public var second: Second

    /// Creates a chain of two transformers.
    public init(_ first: First, _ second: Second) {
        self.first = first
        self.second = second
    }

    /// Fits the first transformer to `x`, and the second to the result of the first.
    ///
    /// - Throws: what the transformers throw; the chain does not change in this case.
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        self = try changed(self) { chain in
            let features = try chain.first.fitTransform(x)
            try Chain.pass(features, madeOf: x) { try chain.second.fit($0) }
        }
    }

    /// Fits the first transformer to `x` and `y`, and the second to the result of the first and `y`.
    ///
    /// - Throws: what the transformers throw; the chain does not change in this case.
    public mutating func fit<Scalar: MatrixScalar, Target: Sendable>(_ x: Matrix<Scalar>, _ y: [Target]) throws {
        self = try changed(self) { chain in
            let features = try chain.first.fitTransform(x, y)
            try Chain.pass(features, madeOf: x) { try chain.second.fit($0, y) }
        }
    }

    /// Fits both transformers to `x` and `y`, and returns the features for the estimator to learn from.
    ///
    /// - Throws: what the transformers throw; the chain does not change in this case.
    public mutating func fitTransform<Scalar: MatrixScalar, Target: Sendable>(
        _ x: Matrix<Scalar>, _ y: [Target]
    ) throws -> Matrix<Scalar> {
        var fitted = self
        let features = try fitted.first.fitTransform(x, y)
        let result = try Chain.pass(features, madeOf: x) { try fitted.second.fitTransform($0, y) }
        self = fitted
        return result
    }

    /// Returns the features after both transformations.
    ///
    /// - Throws: what the transformers throw.
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Chain.pass(first.transform(x), madeOf: x) { try second.transform($0) }
    }

    /// What the second transformer makes of features that the first has made of `x`.
    static func pass<Scalar: MatrixScalar, Result>(
        _ features: Matrix<Scalar>, madeOf x: Matrix<Scalar>, _ step: (Matrix<Scalar>) throws -> Result
    ) throws -> Result {
        try passing(features, madeOf: x, by: First.self, to: Second.self, step)
    }
}

extension Chain: InvertibleTransformer where First: InvertibleTransformer, Second: InvertibleTransformer {
    /// Returns the features that the chain transforms into `x`.
    ///
    /// - Throws: what the transformers throw.
    public func inverseTransform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try first.inverseTransform(second.inverseTransform(x))
    }
}

extension Chain: NamedParameters {
    /// The names of the parameters of both transformers, such as `first.withMean` and `second.withMean`.
    public static var parameterNames: [PartialKeyPath<Chain>: String] {
        nestedParameterNames(\Chain.first, "first", \Chain.second, "second")
    }
}

extension Chain: Equatable where First: Equatable, Second: Equatable {}
extension Chain: Encodable where First: Encodable, Second: Encodable {}
extension Chain: Decodable where First: Decodable, Second: Decodable {}

extension Chain: Storable where First: Storable, Second: Storable {
    /// `Chain` with the names of both transformers.
    public static var storedTypeName: String { ModelFiles.storedTypeName("Chain", First.self, Second.self) }
}

extension Chain: FeatureNaming where First: FeatureNaming, Second: FeatureNaming {
    /// Returns the names that the second transformer gives to the features, from the names that the first one gives.
    ///
    /// - Throws: what the transformers throw.
    public func getFeatureNamesOut(_ inputFeatures: [String]? = nil) throws -> [String] {
        try second.getFeatureNamesOut(first.getFeatureNamesOut(inputFeatures))
    }
}

extension Chain: CustomStringConvertible {
    /// The initializer call: `Chain(SimpleImputer(), StandardScaler())`.
    public var description: String { written(Self.self, [literal(first), literal(second)]) }
}
