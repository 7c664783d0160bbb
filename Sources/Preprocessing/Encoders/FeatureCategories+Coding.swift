import Estimators
import ModelFiles

extension FeatureCategories: Codable {
    private enum CodingKeys: String, CodingKey { case present, hasMissing, infrequent }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let present = try container.decode([Value].self, forKey: .present)
        let hasMissing = try container.decode(Bool.self, forKey: .hasMissing)
        let infrequent = try container.decode([Int].self, forKey: .infrequent)
        try container.require(
            !present.contains(where: \.isMissing) && Set(present).count == present.count, .present,
            "must be different categories, the missing value not among them")
        try container.require(
            !(Value.self is any Numeric.Type) || zip(present, present.dropFirst()).allSatisfy { $0.precedes($1) },
            .present,
            "must be numbers in ascending order")
        try container.require(
            !hasMissing || Value.missing != nil, .hasMissing, "must be false where no value stands for \"missing\"")
        let count = present.count + (hasMissing ? 1 : 0)
        try container.require(count > 0, .present, "must have a category, but is empty")
        try container.requireAscending(infrequent, below: count, .infrequent, "numbers of categories")
        self.init(present: present, hasMissing: hasMissing, infrequent: infrequent)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(present, forKey: .present)
        try container.encode(hasMissing, forKey: .hasMissing)
        try container.encode(infrequent, forKey: .infrequent)
    }
}
