import Estimators
public import LinearAlgebra
public import ModelFiles
public import Preprocessing

/// An imputer and an encoder of words, one after the other: an encoder.
public struct ImputedEncoder<Encoder: WordEncoder>: WordEncoder {
    /// What fills in missing words.
    public var imputer: CategoryImputer<String?>

    /// What makes numbers of the words.
    public var encoder: Encoder

    /// An imputer and an encoder.
    public init(_ imputer: CategoryImputer<String?>, _ encoder: Encoder) {
        self.imputer = imputer
        self.encoder = encoder
    }

    /// Fits the imputer, and the encoder to what the imputer makes of `x`.
    ///
    /// - Throws: what the two throw; it is unchanged then.
    public mutating func fit(_ x: Matrix<String?>) throws {
        var fitted = self
        try fitted.encoder.fit(fitted.imputer.fitTransform(x))
        self = fitted
    }

    /// The numbers for the filled-in words of every row.
    ///
    /// - Throws: what the two throw.
    public func transform(_ x: Matrix<String?>) throws -> Matrix<Double> {
        try encoder.transform(imputer.transform(x))
    }
}

extension ImputedEncoder: Equatable where Encoder: Equatable {}
extension ImputedEncoder: Encodable where Encoder: Encodable {}
extension ImputedEncoder: Decodable where Encoder: Decodable {}
extension ImputedEncoder: Storable where Encoder: Storable {}

extension ImputedEncoder: FeatureNaming where Encoder: FeatureNaming {
    /// The names that the encoder gives to the features that the imputer keeps.
    ///
    /// - Throws: what the two throw.
    public func getFeatureNamesOut(_ inputFeatures: [String]? = nil) throws -> [String] {
        try encoder.getFeatureNamesOut(imputer.getFeatureNamesOut(inputFeatures))
    }
}

extension ImputedEncoder: CustomStringConvertible {
    /// As it is written: `ImputedEncoder(CategoryImputer(), OneHotEncoder())`.
    public var description: String { written(Self.self, [literal(imputer), literal(encoder)]) }
}
