import Estimators
public import ModelFiles

extension PolynomialFeatures: Storable {
    /// `PolynomialFeatures`.
    public static var storedTypeName: String { "PolynomialFeatures" }

    private enum CodingKeys: String, CodingKey {
        case degree, interactionOnly, includeBias, nFeaturesIn, factors, factorCounts
    }

    /// Decodes a transformer.
    ///
    /// - Throws: `DecodingError` for products of features that there are not.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            degree: try container.decode(Degree.self, forKey: .degree),
            interactionOnly: try container.decode(Bool.self, forKey: .interactionOnly),
            includeBias: try container.decode(Bool.self, forKey: .includeBias))
        guard let features = try container.decodeCountIfPresent(forKey: .nFeaturesIn, from: 1) else { return }
        let factors = try container.decodeVector(of: Int.self, forKey: .factors)
        let counts = try container.decodeVector(of: Int.self, forKey: .factorCounts)
        try container.require(
            factors.allSatisfy((0..<features).contains), .factors, "must be features, from 0 to \(features - 1)")
        var rest = factors[...]
        var found: [[Int]] = []
        found.reserveCapacity(counts.count)
        for count in counts {
            try container.require((0...rest.count).contains(count), .factorCounts, "must sum to \(factors.count)")
            found.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        try container.require(rest.isEmpty, .factorCounts, "must sum to \(factors.count)")
        products = found
        nFeaturesIn = features
    }

    /// Encodes the transformer: the features of all products one after the other, and how many each product has.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(degree, forKey: .degree)
        try container.encode(interactionOnly, forKey: .interactionOnly)
        try container.encode(includeBias, forKey: .includeBias)
        guard let products, let nFeaturesIn else { return }
        try container.encode(nFeaturesIn, forKey: .nFeaturesIn)
        try container.encode(Tensor(Array(products.joined())), forKey: .factors)
        try container.encode(Tensor(products.map(\.count)), forKey: .factorCounts)
    }
}
