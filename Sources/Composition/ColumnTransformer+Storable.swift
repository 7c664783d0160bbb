import Estimators
public import ModelFiles

extension ColumnTransformer: Storable {
    private enum CodingKeys: String, CodingKey { case parts, remainder, remaining }

    /// Decodes a transformer.
    ///
    /// - Throws: `DecodingError`, also for a part that is not of this package.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try container.decode([Part].self, forKey: .parts),
            remainder: try container.decode(Remainder.self, forKey: .remainder))
        remaining = try container.decodeIfPresent([String].self, forKey: .remaining)
    }

    /// Encodes the transformer.
    ///
    /// - Throws: `EncodingError`, also for a part that is not of this package.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(parts, forKey: .parts)
        try container.encode(remainder, forKey: .remainder)
        try container.encodeIfPresent(remaining, forKey: .remaining)
    }
}

extension ColumnTransformer.Remainder: Codable {}

extension ColumnTransformer.Part: Codable {
    private enum CodingKeys: String, CodingKey { case columns, kind, type, learned }

    private enum Kind: String, Codable { case numbers, passthrough, words }

    /// Decodes a part.
    ///
    /// - Throws: `DecodingError`, also for a transformer or encoder that is not of this package.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let columns = try container.decode([String].self, forKey: .columns)
        let step: ColumnTransformer.Step
        switch try container.decode(Kind.self, forKey: .kind) {
        case .passthrough:
            step = .passthrough
        case .numbers:
            let type = try container.decodeType(forKey: .type, StorableParts.transformer)
            step = .numbers(try container.decodeTransformer(type, forKey: .learned))
        case .words:
            let type = try container.decodeType(forKey: .type, StorableParts.encoder)
            step = .words(try container.decodeEncoder(type, forKey: .learned))
        }
        self.init(columns: columns, step: step)
    }

    /// Encodes the part.
    ///
    /// - Throws: `EncodingError`, also for a transformer or encoder that is not of this package.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(columns, forKey: .columns)
        switch step {
        case .passthrough:
            try container.encode(Kind.passthrough, forKey: .kind)
        case .numbers(let transformer):
            try container.encode(Kind.numbers, forKey: .kind)
            try container.encode(transformer, type: .type, .learned) { StorableParts.transformer($0) != nil }
        case .words(let words):
            try container.encode(Kind.words, forKey: .kind)
            try container.encode(words, type: .type, .learned) { StorableParts.encoder($0) != nil }
        }
    }
}

extension KeyedEncodingContainer {
    /// Encodes a part's transformer or encoder together with the name of its type.
    fileprivate mutating func encode(_ part: Any, type: Key, _ key: Key, isKnown: (String) -> Bool) throws {
        guard let part = part as? any Storable, isKnown(Swift.type(of: part).storedTypeName) else {
            throw EncodingError.invalidValue(
                part,
                .init(
                    codingPath: codingPath + [key],
                    debugDescription:
                        "it has a part of type \(Swift.type(of: part)), which is not one of this package and "
                        + "could not be read back"))
        }
        try encode(Swift.type(of: part).storedTypeName, forKey: type)
        try encode(part, forKey: key)
    }
}

extension KeyedDecodingContainer {
    /// The type of which the name is given.
    fileprivate func decodeType<Known>(forKey key: Key, _ known: (String) -> Known?) throws -> Known {
        let name = try decode(String.self, forKey: key)
        guard let type = known(name) else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: self, debugDescription: "\(name) is no part that this version of the package knows")
        }
        return type
    }

    fileprivate func decodeTransformer<Part: Transformer & Storable>(
        _ type: Part.Type, forKey key: Key
    ) throws -> any Transformer { try decode(type, forKey: key) }

    fileprivate func decodeEncoder<Part: WordEncoder & Storable>(
        _ type: Part.Type, forKey key: Key
    ) throws -> any WordEncoder { try decode(type, forKey: key) }
}
