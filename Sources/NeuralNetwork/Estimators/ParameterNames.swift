public import Estimators

// A search varies parameters by key path, and reports them by name. A key path through the dynamic members below leads to
// no stored property, so that it has to be looked up here.

extension MultilayerPerceptron {
    /// The names of the common parameters, by the key paths with which they are written: `\.alpha`.
    static var hyperparameterNames: [PartialKeyPath<Self>: String] {
        [
            path(to: \.hiddenLayerSizes): "hiddenLayerSizes", path(to: \.activation): "activation",
            path(to: \.solver): "solver", path(to: \.alpha): "alpha", path(to: \.batchSize): "batchSize",
            path(to: \.learningRate): "learningRate", path(to: \.learningRateInit): "learningRateInit",
            path(to: \.powerT): "powerT", path(to: \.maxIter): "maxIter", path(to: \.shuffle): "shuffle",
            path(to: \.randomState): "randomState", path(to: \.tol): "tol", path(to: \.verbose): "verbose",
            path(to: \.warmStart): "warmStart", path(to: \.momentum): "momentum",
            path(to: \.nesterovsMomentum): "nesterovsMomentum", path(to: \.earlyStopping): "earlyStopping",
            path(to: \.validationFraction): "validationFraction", path(to: \.beta1): "beta1",
            path(to: \.beta2): "beta2", path(to: \.epsilon): "epsilon", path(to: \.nIterNoChange): "nIterNoChange",
            path(to: \.maxFun): "maxFun",
        ]
    }
}

extension MLPClassifier: NamedParameters {
    /// The name of each parameter.
    public static var parameterNames: [PartialKeyPath<MLPClassifier>: String] { hyperparameterNames }

    // Key paths are equal only where they are written for the concrete type, so that each type writes its own.
    static func path<Value>(to member: WritableKeyPath<MLPHyperparameters, Value>) -> PartialKeyPath<MLPClassifier> {
        \MLPClassifier.[dynamicMember: member]
    }
}

extension MLPRegressor: NamedParameters {
    /// The name of each parameter.
    public static var parameterNames: [PartialKeyPath<MLPRegressor>: String] {
        hyperparameterNames.merging([\MLPRegressor.loss: "loss"]) { name, _ in name }
    }

    static func path<Value>(to member: WritableKeyPath<MLPHyperparameters, Value>) -> PartialKeyPath<MLPRegressor> {
        \MLPRegressor.[dynamicMember: member]
    }
}
