import Estimators
public import ModelFiles

extension PowerTransformer: Storable {
    /// `PowerTransformer`.
    public static var storedTypeName: String { "PowerTransformer" }

    /// What `fit` learns.
    struct Fitted: Equatable, Encodable {
        @CodedAsTensor var lambdas: [Double]
        var scaler: StandardScaler?
    }
}

extension PowerTransformer.Fitted: Decodable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        lambdas = try container.decodeVector(forKey: .lambdas)
        scaler = try container.decodeIfPresent(StandardScaler.self, forKey: .scaler)
        try container.require(
            !lambdas.isEmpty && lambdas.allSatisfy(\.isFinite), .lambdas, "must be one finite number for every feature")
        guard let scaler else { return }
        try container.require(
            scaler.nFeaturesIn == lambdas.count && scaler.withMean && scaler.withStd, .scaler,
            "must center and scale \(lambdas.count) features, as many as there are lambdas")
    }
}
