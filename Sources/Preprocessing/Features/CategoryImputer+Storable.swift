import Estimators
public import ModelFiles

extension CategoryImputer: Storable {
    /// `CategoryImputer` with the name of its type parameter.
    public static var storedTypeName: String { ModelFiles.storedTypeName("CategoryImputer", Value.self) }

    /// What `fit` learns.
    struct Fitted: Equatable, Encodable {
        /// What is filled in; nil for features that are left out.
        var statistics: [Value?]
        /// The features with missing values.
        @CodedAsTensor var indicated: [Int]
    }
}

extension CategoryImputer.Fitted: Decodable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        statistics = try container.decode([Value?].self, forKey: .statistics)
        indicated = try container.decodeVector(forKey: .indicated)
        try container.require(!statistics.isEmpty, .statistics, "must have a place for every feature, but is empty")
        try container.requireAscending(indicated, below: statistics.count, .indicated, "features")
    }
}
