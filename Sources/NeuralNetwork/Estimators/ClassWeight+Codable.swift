import Estimators
import ModelFiles

extension ClassWeight: Codable {
    private enum CodingKeys: String, CodingKey { case labels, weights }

    /// Reads the labels and their weights, or `.balanced` if the file has none.
    ///
    /// - Throws: `DecodingError` if the labels are not in order or do not match the number of weights.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard container.contains(.labels) else {
            self = .balanced
            return
        }
        let labels: [Label] = try container.decodeAscending(forKey: .labels)
        let weights = try container.decode([Double].self, forKey: .weights)
        try container.requireCount(weights.count, labels.count, .weights)
        self = .weights(Dictionary(zip(labels, weights), uniquingKeysWith: { first, _ in first }))
    }

    /// Writes the labels in ascending order and their weights; writes nothing for `.balanced`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        guard case .weights(let weights) = self else { return }
        // Sorted, because a dictionary's order would make a different file every time.
        let ascending = weights.sorted { Label.precedes($0.key, $1.key) }
        try container.encode(ascending.map(\.key), forKey: .labels)
        try container.encode(ascending.map(\.value), forKey: .weights)
    }
}
