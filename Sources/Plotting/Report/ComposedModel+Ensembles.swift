import Composition
import ModelSelection

// Models that are made of several fits, or that change what the predictions of another model mean.

/// The step of a model, and how many others it is made of.
private func step(of model: Any, _ parameters: [String] = [], members: Int) -> [ModelStep] {
    let many = members > 1 ? ["\(members) fitted estimators, of which the first follows"] : []
    return [ModelStep(name: modelName(model), parameters: parameters + many)]
}

extension VotingClassifier: ComposedModel {
    var inner: Any? { members.first }
    var members: [Any] { fittedEstimators }
    var ownSteps: [ModelStep] { step(of: self, ["voting: \(voting)"], members: members.count) }
}

extension VotingRegressor: ComposedModel {
    var inner: Any? { members.first }
    var members: [Any] { fittedEstimators }
    var ownSteps: [ModelStep] { step(of: self, members: members.count) }
}

extension BaggingClassifier: ComposedModel {
    var inner: Any? { members.first }
    var members: [Any] { fittedEstimators }
    var ownSteps: [ModelStep] { step(of: self, members: members.count) }
}

extension BaggingRegressor: ComposedModel {
    var inner: Any? { members.first }
    var members: [Any] { fittedEstimators }
    var ownSteps: [ModelStep] { step(of: self, members: members.count) }
}

extension StackingClassifier: ComposedModel {
    var inner: Any? { members.first }
    var members: [Any] { fittedEstimators }
    var ownSteps: [ModelStep] { step(of: self, ["finalEstimator: \(finalEstimator)"], members: members.count) }
}

extension StackingRegressor: ComposedModel {
    var inner: Any? { members.first }
    var members: [Any] { fittedEstimators }
    var ownSteps: [ModelStep] { step(of: self, ["finalEstimator: \(finalEstimator)"], members: members.count) }
}

extension CalibratedClassifierCV: ComposedModel {
    var inner: Any? { members.first }
    var members: [Any] { calibratedClassifiers.map(\.estimator) }
    var ownSteps: [ModelStep] { step(of: self, ["method: \(method)"], members: members.count) }
}

extension FrozenEstimator: ComposedModel {
    var inner: Any? { estimator }
    var ownSteps: [ModelStep] { step(of: self, members: 1) }
}

extension FixedThresholdClassifier: ComposedModel {
    var inner: Any? { fittedEstimator }
    var ownSteps: [ModelStep] { step(of: self, threshold.map { ["threshold: \($0)"] } ?? [], members: 1) }
}

extension TunedThresholdClassifierCV: ComposedModel {
    var inner: Any? { fittedEstimator }
    var ownSteps: [ModelStep] {
        step(of: self, bestThreshold.map { ["best threshold: \(general($0, digits: 4))"] } ?? [], members: 1)
    }
}

extension ConformalClassifier: ComposedModel {
    var inner: Any? { fittedEstimator }
    var ownSteps: [ModelStep] { step(of: self, ["confidenceLevel: \(confidenceLevel)"], members: 1) }
}

extension ConformalRegressor: ComposedModel {
    var inner: Any? { fittedEstimator }
    var ownSteps: [ModelStep] { step(of: self, ["confidenceLevel: \(confidenceLevel)"], members: 1) }
}

extension ConformalizedQuantileRegressor: ComposedModel {
    var inner: Any? { fittedEstimator }
    var ownSteps: [ModelStep] { step(of: self, ["confidenceLevel: \(confidenceLevel)"], members: 1) }
}
