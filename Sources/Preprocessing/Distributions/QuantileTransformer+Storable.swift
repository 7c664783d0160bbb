import Estimators
public import ModelFiles

extension QuantileTransformer: Storable {
    /// `QuantileTransformer`.
    public static var storedTypeName: String { "QuantileTransformer" }

    /// What `fit` learns.
    struct Fitted: Equatable {
        var references: [Double]
        /// The quantiles of every feature; none for a feature without values.
        var quantiles: [[Double]]
    }
}

extension QuantileTransformer.Fitted: Codable {
    private enum CodingKeys: String, CodingKey { case references, quantiles }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        references = try container.decodeVector(forKey: .references)
        quantiles = try container.decode([CodedAsTensor<Double>].self, forKey: .quantiles).map(\.wrappedValue)
        try container.require(
            !references.isEmpty && references.allSatisfy { (0...1).contains($0) }, .references,
            "must be numbers from 0 to 1")
        try container.require(
            !quantiles.isEmpty && quantiles.allSatisfy { $0.isEmpty || $0.count == references.count }, .quantiles,
            "must be none or \(references.count), as many as references, for every feature")
        try container.require(
            quantiles.allSatisfy { $0.allSatisfy { !$0.isNaN } }, .quantiles, "must be numbers, but one is NaN")
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Tensor(references), forKey: .references)
        try container.encode(quantiles.map { Tensor($0) }, forKey: .quantiles)
    }
}
