import Estimators

extension MLPHyperparameters: CustomStringConvertible {
    /// As they are written, those that are not at their defaults: `MLPHyperparameters(alpha: 0.01)`.
    public var description: String { written(Self.self, changedParameters(self, from: MLPHyperparameters())) }
}

extension MLPClassifier: CustomStringConvertible {
    /// As it is written, with the parameters that are not at their defaults: `MLPClassifier(alpha: 0.01, maxIter: 500)`.
    public var description: String {
        written(
            Self.self,
            changedParameters(hyperparameters, from: MLPHyperparameters())
                + changedParameters(self, from: Self(), omitting: ["hyperparameters", "fitted", "classes"]))
    }
}

extension MLPRegressor: CustomStringConvertible {
    /// As it is written, with the parameters that are not at their defaults: `MLPRegressor(alpha: 0.01, maxIter: 500)`.
    public var description: String {
        written(
            Self.self,
            changedParameters(hyperparameters, from: MLPHyperparameters())
                + changedParameters(self, from: Self(), omitting: ["hyperparameters", "fitted"]))
    }
}
