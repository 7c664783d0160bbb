import Estimators
import ModelFiles

extension MLPRegressor {
    /// The name of this type in model files.
    public static var storedTypeName: String { ModelFiles.storedTypeName("MLPRegressor", Target.self, Scalar.self) }

    private enum CodingKeys: String, CodingKey { case loss, hyperparameters, monitor, coefs }

    /// Decodes a regressor, including the state that `resume` and `partialFit` need.
    ///
    /// - Throws: `DecodingError` for a model that is not valid.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            loss: try container.decode(RegressionLoss.self, forKey: .loss),
            try container.decode(MLPHyperparameters.self, forKey: .hyperparameters))
        monitor = try container.decode(Monitor<MLPRegressor>.self, forKey: .monitor)
        guard container.contains(.coefs) else { return }
        let model = try TrainedModel<Scalar>(from: decoder)
        try container.require(
            model.network.shape.outputs == 1 || Target.hasSeveralOutputs, .coefs,
            "must end with one output when a target is one number")
        try container.require(
            [.identity, .exp].contains(model.network.outActivation), .coefs,
            "must end with identity or exp, but end with \(model.network.outActivation)")
        _fitted.model = model
    }

    /// Encodes the regressor and, if it is fitted, the state that `resume` and `partialFit` need.
    ///
    /// - Throws: `EncodingError` if a weight is not finite.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(loss, forKey: .loss)
        try container.encode(hyperparameters, forKey: .hyperparameters)
        try container.encode(monitor, forKey: .monitor)
        // Not under a key of its own, so that the tensors are named coefs.0 instead of fitted.coefs.0.
        try _fitted.model?.encode(to: encoder)
    }
}
