import Estimators
import ModelFiles

extension TrainedModel: Codable {
    private enum CodingKeys: String, CodingKey {
        case history, optimizer, bestParameters, resumePoint, inputs
    }

    /// Reads a stored model.
    ///
    /// - Throws: `DecodingError` if a part is missing or the model is invalid.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            // The coefficients are not nested, so that other programs find them.
            network: try Network(from: decoder),
            history: try container.decode(TrainingHistory.self, forKey: .history),
            optimizer: try container.decodeIfPresent(Optimizer<Scalar>.self, forKey: .optimizer),
            bestParameters: try container.decodeVectorIfPresent(forKey: .bestParameters),
            resumePoint: try container.decodeIfPresent(ResumePoint<Scalar>.self, forKey: .resumePoint),
            inputs: try container.decodeIfPresent(TrainingInputs.self, forKey: .inputs))
        if let validationError {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "\(validationError)."))
        }
    }

    /// Writes the model.
    ///
    /// - Throws: `EncodingError` for a model that cannot be read back.
    func encode(to encoder: any Encoder) throws {
        if let validationError {
            throw EncodingError.invalidValue(
                self, EncodingError.Context(codingPath: encoder.codingPath, debugDescription: validationError))
        }
        try network.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(history, forKey: .history)
        try container.encodeIfPresent(optimizer, forKey: .optimizer)
        try container.encodeIfPresent(bestParameters.map { Tensor($0) }, forKey: .bestParameters)
        try container.encodeIfPresent(resumePoint, forKey: .resumePoint)
        try container.encodeIfPresent(inputs, forKey: .inputs)
    }
}
