import Estimators
public import ModelFiles

extension OneHotEncoder: Storable {}

extension OneHotEncoder.Fitted: Codable {
    private enum CodingKeys: String, CodingKey { case features, dropped }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        features = try container.decode([FeatureCategories<Value>].self, forKey: .features)
        dropped = try container.decode([Int?].self, forKey: .dropped)
        try container.require(!features.isEmpty, .features, "must have at least one feature, but is empty")
        try container.requireCount(dropped.count, features.count, .dropped)
        for (feature, code) in zip(features, dropped) {
            let codes = feature.count - feature.infrequent.count + (feature.infrequent.isEmpty ? 0 : 1)
            try container.require(
                code.map((0..<codes).contains) ?? true, .dropped, "must be codes of categories, but one is \(code ?? 0)"
            )
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(features, forKey: .features)
        try container.encode(dropped, forKey: .dropped)
    }
}
