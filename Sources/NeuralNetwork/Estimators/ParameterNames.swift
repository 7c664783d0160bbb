import Estimators

// A search varies parameters by key path and reports them by name. A key path through a dynamic member does not know
// the name of its property, so these tables look it up.

extension MultilayerPerceptron {
    /// The name of each parameter.
    public static var parameterNames: [PartialKeyPath<Self>: String] { hyperparameterNames }

    /// The names of the shared parameters, from the table of constraints.
    static var hyperparameterNames: [PartialKeyPath<Self>: String] {
        MLPHyperparameters.constraints.reduce(into: [:]) { names, constraint in
            if let path = constraint.path(DynamicMember<Self>()) as? PartialKeyPath<Self> {
                names[path] = constraint.name
            }
        }
    }
}

extension MLPRegressor {
    /// The name of each parameter.
    public static var parameterNames: [PartialKeyPath<MLPRegressor>: String] {
        hyperparameterNames.merging([\MLPRegressor.loss: "loss"]) { name, _ in name }
    }
}

/// Turns the key path of a shared parameter into a key path of the estimator: `\.alpha`.
private struct DynamicMember<Model: MultilayerPerceptron>: KeyPathTransform {
    func callAsFunction<Value>(_ path: WritableKeyPath<MLPHyperparameters, Value>) -> AnyKeyPath {
        \Model.[dynamicMember: path]
    }
}
