import Estimators
public import ModelFiles

extension KBinsDiscretizer: Storable {
    /// `KBinsDiscretizer`.
    public static var storedTypeName: String { "KBinsDiscretizer" }

    private enum CodingKeys: String, CodingKey {
        case nBins, encode, strategy, quantileMethod, subsample, randomState, binEdges
    }

    /// Decodes a discretizer.
    ///
    /// - Throws: `DecodingError` for edges that no bins have.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            nBins: try container.decode(Bins.self, forKey: .nBins),
            encode: try container.decode(Encode.self, forKey: .encode),
            strategy: try container.decode(Strategy.self, forKey: .strategy),
            quantileMethod: try container.decode(QuantileMethod.self, forKey: .quantileMethod),
            subsample: try container.decodeIfPresent(Int.self, forKey: .subsample),
            randomState: try container.decodeIfPresent(UInt32.self, forKey: .randomState))
        fittedEdges = try container.decode([CodedAsTensor<Double>].self, forKey: .binEdges).map(\.wrappedValue)
        for edges in fittedEdges {
            let isAscending = zip(edges, edges.dropFirst()).allSatisfy { $0 <= $1 }
            try container.require(
                isAscending && edges.allSatisfy(\.isFinite), .binEdges, "must be finite numbers in ascending order")
        }
    }

    /// Encodes the discretizer: the edges of every feature's bins, none for a constant feature.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(nBins, forKey: .nBins)
        try container.encode(encode, forKey: .encode)
        try container.encode(strategy, forKey: .strategy)
        try container.encode(quantileMethod, forKey: .quantileMethod)
        try container.encodeIfPresent(subsample, forKey: .subsample)
        try container.encodeIfPresent(randomState, forKey: .randomState)
        try container.encode(fittedEdges.map { Tensor($0) }, forKey: .binEdges)
    }
}
