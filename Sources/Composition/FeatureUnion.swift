public import Estimators
public import LinearAlgebra
public import ModelFiles
public import Preprocessing

/// A transformer that puts the results of two transformers of the same features side by side. For more than two, nest
/// unions.
///
/// ```swift
/// var union = FeatureUnion(PCA(nComponents: 2), SelectKBest(k: 3))
/// var pipeline = Pipeline(union, MLPClassifier())
/// ```
public struct FeatureUnion<First: Transformer, Second: Transformer>: Transformer {
    /// The transformer that makes the first columns.
    public var first: First

    /// The transformer that makes the columns after these.
    public var second: Second

    /// Creates a union of two transformers.
    public init(_ first: First, _ second: Second) {
        (self.first, self.second) = (first, second)
    }

    /// Fits both transformers to `x`.
    ///
    /// - Throws: what the transformers throw; the union does not change in this case.
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        self = try changed(self) {
            try $0.first.fit(x)
            try $0.second.fit(x)
        }
    }

    /// Fits both transformers to `x` and `y`.
    ///
    /// - Throws: what the transformers throw; the union does not change in this case.
    public mutating func fit<Scalar: MatrixScalar, Target: Sendable>(_ x: Matrix<Scalar>, _ y: [Target]) throws {
        self = try changed(self) {
            try $0.first.fit(x, y)
            try $0.second.fit(x, y)
        }
    }

    /// Fits both transformers to `x` and `y`, and returns the features for the estimator to learn from.
    ///
    /// - Throws: what the transformers throw; the union does not change in this case.
    public mutating func fitTransform<Scalar: MatrixScalar, Target: Sendable>(
        _ x: Matrix<Scalar>, _ y: [Target]
    ) throws -> Matrix<Scalar> {
        var fitted = self
        let features = sideBySide(try fitted.first.fitTransform(x, y), try fitted.second.fitTransform(x, y))
        self = fitted
        return features
    }

    /// Returns the results of both transformers, side by side.
    ///
    /// - Throws: what the transformers throw.
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        sideBySide(try first.transform(x), try second.transform(x))
    }

    private func sideBySide<Scalar: MatrixScalar>(_ one: Matrix<Scalar>, _ other: Matrix<Scalar>) -> Matrix<Scalar> {
        Matrix(
            rows: one.rows, columns: one.columns + other.columns,
            elements: (0..<one.rows).flatMap { one.rowSlice($0) + other.rowSlice($0) })
    }
}

extension FeatureUnion: NamedParameters {
    /// The names of the parameters of both transformers, such as `first.nComponents` and `second.k`.
    public static var parameterNames: [PartialKeyPath<FeatureUnion>: String] {
        nestedParameterNames(\FeatureUnion.first, "first", \FeatureUnion.second, "second")
    }
}

extension FeatureUnion: Equatable where First: Equatable, Second: Equatable {}
extension FeatureUnion: Encodable where First: Encodable, Second: Encodable {}
extension FeatureUnion: Decodable where First: Decodable, Second: Decodable {}

extension FeatureUnion: Storable where First: Storable, Second: Storable {
    /// `FeatureUnion` with the names of both transformers.
    public static var storedTypeName: String { ModelFiles.storedTypeName("FeatureUnion", First.self, Second.self) }
}

extension FeatureUnion: FeatureNaming where First: FeatureNaming, Second: FeatureNaming {
    /// Returns the names of the first transformer's features, and then those of the second, without a prefix.
    ///
    /// - Throws: what the transformers throw.
    public func getFeatureNamesOut(_ inputFeatures: [String]? = nil) throws -> [String] {
        try first.getFeatureNamesOut(inputFeatures) + second.getFeatureNamesOut(inputFeatures)
    }
}

extension FeatureUnion: CustomStringConvertible {
    /// The initializer call: `FeatureUnion(PCA(), SelectKBest())`.
    public var description: String { written(Self.self, [literal(first), literal(second)]) }
}

// MARK: - More than two transformers

extension FeatureUnion {
    /// Creates a union of three transformers.
    public init<A, B>(_ a: A, _ b: B, _ second: Second) where First == FeatureUnion<A, B> {
        self.init(FeatureUnion<A, B>(a, b), second)
    }

    /// Creates a union of four transformers. For more, nest unions.
    public init<A, B, C>(
        _ a: A, _ b: B, _ c: C, _ second: Second
    ) where First == FeatureUnion<FeatureUnion<A, B>, C> {
        self.init(FeatureUnion<FeatureUnion<A, B>, C>(FeatureUnion<A, B>(a, b), c), second)
    }
}
