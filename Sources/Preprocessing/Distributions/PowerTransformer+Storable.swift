import Estimators
public import ModelFiles

extension PowerTransformer: Storable {}

extension PowerTransformer.Fitted: Codable {
    private enum CodingKeys: String, CodingKey { case lambdas, scaler }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        lambdas = try container.decodeVector(forKey: .lambdas)
        scaler = try container.decodeIfPresent(StandardScaler.self, forKey: .scaler)
        try container.require(
            !lambdas.isEmpty && lambdas.allSatisfy(\.isFinite), .lambdas, "must be one finite number for every feature")
        if let scaler {
            try container.require(
                scaler.nFeaturesIn == lambdas.count && scaler.withMean && scaler.withStd, .scaler,
                "must centre and scale \(lambdas.count) features, as many as there are lambdas")
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Tensor(lambdas), forKey: .lambdas)
        try container.encodeIfPresent(scaler, forKey: .scaler)
    }
}
