import Estimators
public import ModelFiles

extension OneHotEncoder: Storable {
    /// `OneHotEncoder` with the name of its type parameter.
    public static var storedTypeName: String { ModelFiles.storedTypeName("OneHotEncoder", Value.self) }

    /// What `fit` learns.
    struct Fitted: Equatable, Encodable {
        var features: [FeatureCategories<Value>]
        /// The code that gets no column; nil for none.
        var dropped: [Int?]
    }
}

extension OneHotEncoder.Fitted: Decodable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        features = try container.decode([FeatureCategories<Value>].self, forKey: .features)
        dropped = try container.decode([Int?].self, forKey: .dropped)
        try container.require(!features.isEmpty, .features, "must have at least one feature, but is empty")
        try container.requireCount(dropped.count, features.count, .dropped)
        for (feature, code) in zip(features, dropped) {
            try container.require(
                code.map((0..<feature.codeCount).contains) ?? true, .dropped,
                "must be codes of categories, but one is \(code ?? 0)"
            )
        }
    }
}
