import Estimators
public import ModelFiles

extension RobustScaler: Storable {
    /// `RobustScaler`.
    public static var storedTypeName: String { "RobustScaler" }
}

extension RobustScaler.Fitted: Codable {
    private enum CodingKeys: String, CodingKey { case nFeatures, center, scale }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        nFeatures = try container.decodeCount(forKey: .nFeatures, from: 1)
        center = try container.contains(.center) ? container.decodeOptionals(forKey: .center, count: nFeatures) : nil
        scale = try container.contains(.scale) ? container.decodeOptionals(forKey: .scale, count: nFeatures) : nil
        try container.require(scale?.allSatisfy { $0 ?? 1 > 0 } ?? true, .scale, "must have positive numbers only")
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(nFeatures, forKey: .nFeatures)
        try container.encodeIfPresent(center.map { Tensor($0) }, forKey: .center)
        try container.encodeIfPresent(scale.map { Tensor($0) }, forKey: .scale)
    }
}
