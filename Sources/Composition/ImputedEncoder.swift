import Estimators
public import LinearAlgebra
public import ModelFiles
public import Preprocessing

/// An encoder that first replaces missing categories, with an imputer.
public struct ImputedEncoder<Encoder: WordEncoder>: WordEncoder {
    /// Replaces missing categories.
    public var imputer: CategoryImputer<String?>

    /// Encodes the categories as numbers.
    public var encoder: Encoder

    /// Creates an encoder from an imputer and an encoder.
    public init(_ imputer: CategoryImputer<String?>, _ encoder: Encoder) {
        self.imputer = imputer
        self.encoder = encoder
    }

    /// Fits the imputer to `x`, and the encoder to the result of the imputer.
    ///
    /// - Throws: what the two throw; the value does not change in this case.
    public mutating func fit(_ x: Matrix<String?>) throws {
        self = try changed(self) { try $0.encoder.fit($0.imputer.fitTransform(x)) }
    }

    /// Fits the imputer to `x`, and the encoder to the result of the imputer and `y`.
    ///
    /// - Throws: what the two throw; the value does not change in this case.
    public mutating func fit<Target: Sendable>(_ x: Matrix<String?>, _ y: [Target]) throws {
        self = try changed(self) { try $0.encoder.fit($0.imputer.fitTransform(x), y) }
    }

    /// Fits the imputer to `x`, and the encoder to the result of the imputer and `y`. Returns the numbers for the
    /// estimator to learn from.
    ///
    /// - Throws: what the two throw; the value does not change in this case.
    public mutating func fitTransform<Target: Sendable>(
        _ x: Matrix<String?>, _ y: [Target]
    ) throws -> Matrix<Double> {
        var fitted = self
        let features = try fitted.encoder.fitTransform(fitted.imputer.fitTransform(x), y)
        self = fitted
        return features
    }

    /// Returns the numbers for each row, after missing categories were replaced.
    ///
    /// - Throws: what the two throw.
    public func transform(_ x: Matrix<String?>) throws -> Matrix<Double> {
        try encoder.transform(imputer.transform(x))
    }
}

extension ImputedEncoder: Equatable where Encoder: Equatable {}
extension ImputedEncoder: Encodable where Encoder: Encodable {}
extension ImputedEncoder: Decodable where Encoder: Decodable {}

extension ImputedEncoder: Storable where Encoder: Storable {
    /// `ImputedEncoder` with the name of the encoder.
    public static var storedTypeName: String { ModelFiles.storedTypeName("ImputedEncoder", Encoder.self) }
}

extension ImputedEncoder: FeatureNaming where Encoder: FeatureNaming {
    /// Returns the names that the encoder gives to the features that the imputer keeps.
    ///
    /// - Throws: what the two throw.
    public func getFeatureNamesOut(_ inputFeatures: [String]? = nil) throws -> [String] {
        try encoder.getFeatureNamesOut(imputer.getFeatureNamesOut(inputFeatures))
    }
}

extension ImputedEncoder: CategoryRejecting where Encoder: CategoryRejecting {
    /// The missing value counts as known, because the imputer replaces it before it reaches the encoder.
    package var categories: [[String?]] { encoder.categories.map { $0 + [nil] } }

    package var rejectsUnknownCategories: Bool { encoder.rejectsUnknownCategories }

    package var remedyForUnknownCategories: String { encoder.remedyForUnknownCategories }
}

extension ImputedEncoder: CustomStringConvertible {
    /// The initializer call: `ImputedEncoder(CategoryImputer(), OneHotEncoder())`.
    public var description: String { written(Self.self, [literal(imputer), literal(encoder)]) }
}
