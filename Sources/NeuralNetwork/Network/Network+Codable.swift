extension Network: Codable {
    private enum CodingKeys: String, CodingKey {
        case layerUnits, activation, outActivation, parameters
    }

    /// Reads a stored network.
    ///
    /// - Throws: `DecodingError` for layers that no network has, or another number of parameters than theirs.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let layerUnits = try container.decode([Int].self, forKey: .layerUnits)
        guard layerUnits.count >= 2, layerUnits.allSatisfy({ $0 > 0 }), let shape = NetworkShape(layerUnits: layerUnits)
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .layerUnits, in: container,
                debugDescription: "layerUnits must be at least two sizes of at least 1, of fewer than 2³¹ coefficients "
                    + "together, but are \(layerUnits).")
        }
        let parameters = try container.decode([Scalar].self, forKey: .parameters)
        guard parameters.count == shape.parameterCount else {
            throw DecodingError.dataCorruptedError(
                forKey: .parameters, in: container,
                debugDescription: "parameters must be \(shape.parameterCount) for the layers \(layerUnits), but are "
                    + "\(parameters.count).")
        }
        self.init(
            shape: shape, activation: try container.decode(Activation.self, forKey: .activation),
            outActivation: try container.decode(OutActivation.self, forKey: .outActivation), parameters: parameters)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(shape.layerUnits, forKey: .layerUnits)
        try container.encode(activation, forKey: .activation)
        try container.encode(outActivation, forKey: .outActivation)
        try container.encode(parameters, forKey: .parameters)
    }
}
