import Estimators
public import ModelFiles

extension StandardScaler: Storable {
    /// `StandardScaler`.
    public static var storedTypeName: String { "StandardScaler" }

    private enum CodingKeys: String, CodingKey {
        case withMean, withStd, count, sum, squaredDeviations, unit
        case dividesByHugeScales
    }

    /// Decodes a scaler.
    ///
    /// - Throws: `DecodingError` for statistics that no data can have.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            withMean: try container.decode(Bool.self, forKey: .withMean),
            withStd: try container.decode(Bool.self, forKey: .withStd))
        dividesByHugeScales = try container.decodeIfPresent(Bool.self, forKey: .dividesByHugeScales) ?? false
        let counts = try container.decodeVector(of: Double.self, forKey: .count)
        let sums = try container.decodeVector(of: Double.self, forKey: .sum, count: counts.count)
        let squares = try container.decodeVector(of: Double.self, forKey: .squaredDeviations, count: counts.count)
        try container.require(counts.allSatisfy { $0 >= 0 && $0.isFinite }, .count, "must have no negative number")
        let units: [Double] =
            try container.decodeVectorIfPresent(forKey: .unit) ?? counts.map { _ in 1 }
        try container.require(
            units.count == counts.count && units.allSatisfy { $0 >= 1 && $0.binade == $0 && $0.isFinite }, .unit,
            "must be a power of two of at least 1 for every feature")
        statistics = counts.indices.map {
            ColumnStatistics(count: counts[$0], sum: sums[$0], squaredDeviations: squares[$0], unit: units[$0])
        }
    }

    /// Encodes the scaler: of every feature the number of values, their sum, and the sum of the squares of their
    /// deviations from the mean; and their units where one is not 1.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(withMean, forKey: .withMean)
        try container.encode(withStd, forKey: .withStd)
        try container.encode(Tensor(statistics.map(\.count)), forKey: .count)
        try container.encode(Tensor(statistics.map(\.sum)), forKey: .sum)
        try container.encode(Tensor(statistics.map(\.squaredDeviations)), forKey: .squaredDeviations)
        if dividesByHugeScales { try container.encode(true, forKey: .dividesByHugeScales) }
        guard statistics.contains(where: { $0.unit != 1 }) else { return }
        try container.encode(Tensor(statistics.map(\.unit)), forKey: .unit)
    }
}
