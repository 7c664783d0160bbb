/// Stores the parts of `numpy.random.RandomState.get_state()`.
extension RandomState: Codable {
    private enum CodingKeys: String, CodingKey {
        case key
        case position
        case hasGauss
        case cachedGaussian
    }

    /// Reads a stored state.
    ///
    /// - Throws: `DecodingError` if a part is missing or the state is impossible: `key` without 624 words or all zeros,
    ///   `position` outside 0 … 624, a cached number that is not finite.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)

        let key = try container.decode([UInt32].self, forKey: .key)
        let position = try container.decode(Int.self, forKey: .position)
        let wordCount = MersenneTwister.wordCount
        guard (0...wordCount).contains(position) else {
            throw DecodingError.dataCorruptedError(
                forKey: .position, in: container,
                debugDescription: "position must lie in 0...\(wordCount), but is \(position).")
        }
        guard let engine = MersenneTwister(key: key, position: position) else {
            throw DecodingError.dataCorruptedError(
                forKey: .key, in: container,
                debugDescription: "key must have \(wordCount) words, not all zero, but has \(key.count) words"
                    + (key.count == wordCount ? ", all zero." : "."))
        }

        var cachedGaussian: Double?
        if try container.decode(Bool.self, forKey: .hasGauss) {
            let value = try container.decode(Double.self, forKey: .cachedGaussian)
            guard value.isFinite else {
                throw DecodingError.dataCorruptedError(
                    forKey: .cachedGaussian, in: container,
                    debugDescription: "cachedGaussian must be finite, but is \(value).")
            }
            cachedGaussian = value
        }
        self.init(engine: engine, cachedGaussian: cachedGaussian)
    }

    /// Writes the whole state: 624 words, the position in them, and the cached normal number (0 if there is none).
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(engine.key, forKey: .key)
        try container.encode(engine.position, forKey: .position)
        try container.encode(cachedGaussian != nil, forKey: .hasGauss)
        try container.encode(cachedGaussian ?? 0, forKey: .cachedGaussian)
    }
}
