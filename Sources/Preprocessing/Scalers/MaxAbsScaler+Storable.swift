import Estimators
public import ModelFiles

extension MaxAbsScaler: Storable {
    /// `MaxAbsScaler`.
    public static var storedTypeName: String { "MaxAbsScaler" }

    private enum CodingKeys: String, CodingKey { case clip, dataMin, dataMax, nSamplesSeen }

    /// Decodes a scaler.
    ///
    /// - Throws: `DecodingError` for extremes that no data can have.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(clip: try container.decode(Bool.self, forKey: .clip))
        extremes = try container.decodeExtremes(minimum: .dataMin, maximum: .dataMax)
        nSamplesSeen = try container.decodeCount(forKey: .nSamplesSeen)
    }

    /// Encodes the scaler: the least and the greatest value of every feature.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(clip, forKey: .clip)
        try container.encode(extremes, minimum: .dataMin, maximum: .dataMax)
        try container.encode(nSamplesSeen, forKey: .nSamplesSeen)
    }
}
