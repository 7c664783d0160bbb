public import Estimators
public import LinearAlgebra
public import ModelFiles
public import Preprocessing

/// Two transformers, one after the other: a transformer. More are chained by nesting.
public struct Chain<First: Transformer, Second: Transformer>: Transformer {
    /// The transformer of the features.
    public var first: First

    /// The transformer of the first one's result.
    public var second: Second

    /// Two transformers, one after the other.
    public init(_ first: First, _ second: Second) {
        self.first = first
        self.second = second
    }

    /// Fits the first transformer to `x`, and the second to the first one's result.
    ///
    /// - Throws: what the transformers throw; the chain is unchanged then.
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        self = try changed(self) { try $0.second.fit($0.first.fitTransform(x)) }
    }

    /// Fits the first transformer to `x` and `y`, and the second to the first one's result and `y`.
    ///
    /// - Throws: what the transformers throw; the chain is unchanged then.
    public mutating func fit<Scalar: MatrixScalar, Target: Sendable>(_ x: Matrix<Scalar>, _ y: [Target]) throws {
        self = try changed(self) { try $0.second.fit($0.first.fitTransform(x, y), y) }
    }

    /// Fits both transformers to `x` and `y`, and returns the features that an estimator is to learn from.
    ///
    /// - Throws: what the transformers throw; the chain is unchanged then.
    public mutating func fitTransform<Scalar: MatrixScalar, Target: Sendable>(
        _ x: Matrix<Scalar>, _ y: [Target]
    ) throws -> Matrix<Scalar> {
        var fitted = self
        let features = try fitted.second.fitTransform(fitted.first.fitTransform(x, y), y)
        self = fitted
        return features
    }

    /// The features transformed by both.
    ///
    /// - Throws: what the transformers throw.
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try second.transform(first.transform(x))
    }
}

extension Chain: InvertibleTransformer where First: InvertibleTransformer, Second: InvertibleTransformer {
    /// The features that both transform into `x`.
    ///
    /// - Throws: what the transformers throw.
    public func inverseTransform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try first.inverseTransform(second.inverseTransform(x))
    }
}

extension Chain: NamedParameters {
    /// The parameters of both transformers, as `first.withMean` and `second.withMean`.
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
    /// The names that the second transformer gives to the features that the first has named.
    ///
    /// - Throws: what the transformers throw.
    public func getFeatureNamesOut(_ inputFeatures: [String]? = nil) throws -> [String] {
        try second.getFeatureNamesOut(first.getFeatureNamesOut(inputFeatures))
    }
}

extension Chain: CustomStringConvertible {
    /// The call of the initializer: `Chain(SimpleImputer(), StandardScaler())`.
    public var description: String { written(Self.self, [literal(first), literal(second)]) }
}
