import Estimators
import ModelFiles

extension MLPClassifier {
    /// The name of this type in model files.
    public static var storedTypeName: String { ModelFiles.storedTypeName("MLPClassifier", Target.self, Scalar.self) }

    private enum CodingKeys: String, CodingKey { case hyperparameters, classWeight, monitor, classes, coefs }

    /// Decodes a classifier, including the state that `resume` and `partialFit` need.
    ///
    /// - Throws: `DecodingError` for a model that is not valid.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(try container.decode(MLPHyperparameters.self, forKey: .hyperparameters))
        classWeight = try container.decodeIfPresent(ClassWeight<Target.Label>.self, forKey: .classWeight)
        monitor = try container.decode(Monitor<MLPClassifier>.self, forKey: .monitor)
        classes = try container.decodeAscending(forKey: .classes)
        guard container.contains(.coefs) else {
            try container.require(classes.isEmpty, .classes, "must be empty when there are no coefs")
            return
        }
        let model = try TrainedModel<Scalar>(from: decoder)
        let outputs = try? Self.outputs(for: classes)
        try container.require(
            outputs == model.network.shape.outputs
                && model.network.outActivation == (Target.isMultilabel || outputs == 1 ? .logistic : .softmax),
            .classes, "must match the outputs of the network, but are \(classes.count)")
        _fitted.model = model
    }

    /// Encodes the classifier and, if it is fitted, the state that `resume` and `partialFit` need.
    ///
    /// - Throws: `EncodingError` if a weight is not finite.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(hyperparameters, forKey: .hyperparameters)
        try container.encodeIfPresent(classWeight, forKey: .classWeight)
        try container.encode(monitor, forKey: .monitor)
        try container.encode(classes, forKey: .classes)
        // Not under a key of its own, so that the tensors are named coefs.0 instead of fitted.coefs.0.
        try _fitted.model?.encode(to: encoder)
    }
}
