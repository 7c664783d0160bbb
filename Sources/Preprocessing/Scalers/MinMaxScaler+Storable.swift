import Estimators
public import ModelFiles

extension MinMaxScaler: Storable {
    /// `MinMaxScaler`.
    public static var storedTypeName: String { "MinMaxScaler" }

    private enum CodingKeys: String, CodingKey { case lower, upper, clip, dataMin, dataMax, nSamplesSeen }

    /// Decodes a scaler.
    ///
    /// - Throws: `DecodingError` for extremes that no data can have.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            featureRange: (
                try container.decode(Double.self, forKey: .lower), try container.decode(Double.self, forKey: .upper)
            ),
            clip: try container.decode(Bool.self, forKey: .clip))
        extremes = try container.decodeExtremes(minimum: .dataMin, maximum: .dataMax)
        nSamplesSeen = try container.decodeCount(forKey: .nSamplesSeen)
    }

    /// Encodes the scaler: the least and the greatest value of every feature.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(lower, forKey: .lower)
        try container.encode(upper, forKey: .upper)
        try container.encode(clip, forKey: .clip)
        try container.encode(extremes, minimum: .dataMin, maximum: .dataMax)
        try container.encode(nSamplesSeen, forKey: .nSamplesSeen)
    }
}
