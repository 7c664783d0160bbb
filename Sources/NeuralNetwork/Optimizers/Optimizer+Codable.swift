extension Optimizer: Codable {
    private enum CodingKeys: String, CodingKey { case sgd, adam }

    /// Reads the optimizer that the file contains.
    ///
    /// - Throws: `DecodingError` if there is none.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if container.contains(.sgd) {
            self = .sgd(try container.decode(SGD<Scalar>.self, forKey: .sgd))
        } else {
            self = .adam(try container.decode(Adam<Scalar>.self, forKey: .adam))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .sgd(let sgd): try container.encode(sgd, forKey: .sgd)
        case .adam(let adam): try container.encode(adam, forKey: .adam)
        }
    }
}
