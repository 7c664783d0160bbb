import Estimators

// A search varies parameters by key path, and reports them by name. A key path through dynamic members leads to no stored
// property that knows its name, so it is looked up in these tables.

extension MultilayerPerceptron {
    /// The name of each parameter.
    public static var parameterNames: [PartialKeyPath<Self>: String] { hyperparameterNames }

    /// The names of the common parameters, which the table of constraints has.
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

/// The key path of a common parameter as a member of the estimator: `\.alpha`.
private struct DynamicMember<Model: MultilayerPerceptron>: KeyPathTransform {
    func callAsFunction<Value>(_ path: WritableKeyPath<MLPHyperparameters, Value>) -> AnyKeyPath {
        \Model.[dynamicMember: path]
    }
}
