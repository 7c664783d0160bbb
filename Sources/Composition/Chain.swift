public import Estimators
public import LinearAlgebra
public import ModelFiles
public import Preprocessing

/// Two transformers, one after the other: a transformer. Any number are chained by nesting.
public struct Chain<First: Transformer, Second: Transformer>: Transformer {
    /// What transforms the features first.
    public var first: First

    /// What transforms the first one's features.
    public var second: Second

    /// Two transformers, one after the other.
    public init(_ first: First, _ second: Second) {
        self.first = first
        self.second = second
    }

    /// Fits the first transformer, and the second to what the first makes of `x`.
    ///
    /// - Throws: what the transformers throw; the chain is unchanged then.
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        var fitted = self
        try fitted.second.fit(fitted.first.fitTransform(x))
        self = fitted
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
        nestedParameterNames(\Chain.first, "first").merging(nestedParameterNames(\Chain.second, "second")) { name, _ in
            name
        }
    }
}

extension Chain: Equatable where First: Equatable, Second: Equatable {}
extension Chain: Encodable where First: Encodable, Second: Encodable {}
extension Chain: Decodable where First: Decodable, Second: Decodable {}
extension Chain: Storable where First: Storable, Second: Storable {}

extension Chain: FeatureNaming where First: FeatureNaming, Second: FeatureNaming {
    /// The names that the second transformer gives to the features that the first has named.
    ///
    /// - Throws: what the transformers throw.
    public func getFeatureNamesOut(_ inputFeatures: [String]? = nil) throws -> [String] {
        try second.getFeatureNamesOut(first.getFeatureNamesOut(inputFeatures))
    }
}

extension Chain: CustomStringConvertible {
    /// As it is written: `Chain(SimpleImputer(), StandardScaler())`.
    public var description: String { written(Self.self, [literal(first), literal(second)]) }
}
