import Estimators
public import ModelFiles

extension ColumnTransformer: Storable {
    private enum CodingKeys: String, CodingKey { case parts, remainder, remaining, sparseThreshold, sparseOutput }

    /// `ColumnTransformer`.
    public static var storedTypeName: String { "ColumnTransformer" }

    /// Decodes a transformer.
    ///
    /// - Throws: `DecodingError`, also for a part that is neither of this package nor listed by the caller of
    ///   `Storable.init`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try container.decode([Part].self, forKey: .parts),
            remainder: try container.decode(Remainder.self, forKey: .remainder),
            sparseThreshold: try container.decodeIfPresent(Double.self, forKey: .sparseThreshold) ?? 0.3)
        remaining = try container.decodeIfPresent([String].self, forKey: .remaining)
        // Files of earlier versions have neither: their features are dense.
        sparseOutput = try container.decodeIfPresent(Bool.self, forKey: .sparseOutput) ?? false
    }

    /// Encodes the transformer.
    ///
    /// - Throws: `EncodingError`, also for a part that is neither of this package nor listed by the caller of
    ///   `Storable.save`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(parts, forKey: .parts)
        try container.encode(remainder, forKey: .remainder)
        try container.encodeIfPresent(remaining, forKey: .remaining)
        try container.encode(sparseThreshold, forKey: .sparseThreshold)
        try container.encode(sparseOutput, forKey: .sparseOutput)
    }
}

extension ColumnTransformer.Remainder: Codable {}

extension ColumnTransformer.Part: Codable {
    private enum CodingKeys: String, CodingKey { case columns, kind, type, learned }

    /// The kinds of parts; files have the names of version 0.1.0.
    private enum Kind: String, Codable {
        case numeric = "numbers"
        case passthrough
        case categorical = "words"
    }

    /// Decodes a part.
    ///
    /// - Throws: `DecodingError`, also for a transformer or encoder that is not known.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let columns = try container.decode([String].self, forKey: .columns)
        let known = StorableParts(decoder.userInfo)
        func learned<Known>(_ find: (String) -> Known?) throws -> any Storable {
            let name = try container.decode(String.self, forKey: .type)
            guard let type = find(name) as? any Storable.Type else {
                throw DecodingError.dataCorruptedError(
                    forKey: .type, in: container,
                    debugDescription:
                        "\(name) is a part that is not of this package; if it is of yours, \(StorableParts.remedy)")
            }
            return try container.decode(type, forKey: .learned)
        }
        let step: ColumnTransformer.Step? =
            switch try container.decode(Kind.self, forKey: .kind) {
            case .passthrough: .passthrough
            case .numeric: (try learned(known.transformer) as? any Transformer).map { .numeric($0) }
            case .categorical: (try learned(known.encoder) as? any WordEncoder).map { .categorical($0) }
            }
        self.init(columns: columns, step: step ?? .passthrough)
    }

    /// Encodes the part.
    ///
    /// - Throws: `EncodingError`, also for a transformer or encoder that is not known.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        let known = StorableParts(encoder.userInfo)
        try container.encode(columns, forKey: .columns)
        func encode(_ kind: Kind, _ learned: Any, isKnown: (String) -> Bool) throws {
            try container.encode(kind, forKey: .kind)
            guard let learned = learned as? any Storable, isKnown(type(of: learned).storedTypeName) else {
                let isStorable = learned is any Storable
                let problem = isStorable ? "not of this package; \(StorableParts.remedy)" : "not Storable"
                throw EncodingError.invalidValue(
                    learned,
                    .init(
                        codingPath: container.codingPath,
                        debugDescription: "it has a part of type \(type(of: learned)), which is \(problem)"))
            }
            try container.encode(type(of: learned).storedTypeName, forKey: .type)
            try container.encode(learned, forKey: .learned)
        }
        switch step {
        case .passthrough: try container.encode(Kind.passthrough, forKey: .kind)
        case .numeric(let transformer): try encode(.numeric, transformer) { known.transformer($0) != nil }
        case .categorical(let encoder): try encode(.categorical, encoder) { known.encoder($0) != nil }
        }
    }
}
