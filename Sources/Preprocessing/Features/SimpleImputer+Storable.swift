import Estimators
public import ModelFiles

extension SimpleImputer: Storable {
    /// `SimpleImputer`.
    public static var storedTypeName: String { "SimpleImputer" }
}

extension SimpleImputer.Fitted: Codable {
    private enum CodingKeys: String, CodingKey { case statistics, indicated }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        statistics = try container.decodeOptionals(forKey: .statistics)
        indicated = try container.decodeVector(forKey: .indicated)
        try container.require(!statistics.isEmpty, .statistics, "must have a number for every feature, but is empty")
        try container.requireAscending(indicated, below: statistics.count, .indicated, "features")
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Tensor(statistics), forKey: .statistics)
        try container.encode(Tensor(indicated), forKey: .indicated)
    }
}
