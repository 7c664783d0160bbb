import Estimators
import ModelFiles

// Coefficients and intercepts are stored layer by layer, as scikit-learn has them. The flat buffer is only for
// training.
extension Network: Codable {
    private enum CodingKeys: String, CodingKey {
        case activation, outActivation, coefs, intercepts
    }

    /// Reads a stored network.
    ///
    /// - Throws: `DecodingError` if the layers do not fit each other or a number is not finite.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let coefs = try container.decode([Tensor<Scalar>].self, forKey: .coefs)
        let intercepts = try container.decode([CodedAsTensor<Scalar>].self, forKey: .intercepts)
        let activation = try container.decode(Activation.self, forKey: .activation)
        let outActivation = try container.decode(OutActivation.self, forKey: .outActivation)
        do {
            try self.init(
                coefs: coefs.map { try $0.matrix() }, intercepts: intercepts.map(\.wrappedValue),
                activation: activation, outActivation: outActivation)
        } catch let error as EstimatorError {
            throw DecodingError.dataCorruptedError(forKey: .coefs, in: container, debugDescription: "\(error)")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(activation, forKey: .activation)
        try container.encode(outActivation, forKey: .outActivation)
        try container.encode(coefs.map { Tensor($0) }, forKey: .coefs)
        try container.encode(intercepts.map { Tensor($0) }, forKey: .intercepts)
    }
}
