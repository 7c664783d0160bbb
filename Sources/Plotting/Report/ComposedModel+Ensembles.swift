import Composition
import ModelSelection

// Models that are made of several fits, or that change what the predictions of another model mean.

/// The step of a model, and how many others it is made of.
private func step(of model: Any, _ parameters: [String] = [], members: Int) -> [ModelStep] {
    let many = members > 1 ? ["\(members) fitted estimators, of which the first follows"] : []
    return [ModelStep(name: modelName(model), parameters: parameters + many)]
}

/// A model of several fits of one type.
private protocol EnsembleModel: ComposedModel {
    associatedtype Model
    var fittedEstimators: [Model] { get }
    /// The parameters that the report has.
    var shownParameters: [String] { get }
}

extension EnsembleModel {
    var inner: Any? { fittedEstimators.first }
    var members: [Any] { fittedEstimators }
    var shownParameters: [String] { [] }
    var ownSteps: [ModelStep] { step(of: self, shownParameters, members: members.count) }
}

extension VotingClassifier: EnsembleModel {
    var shownParameters: [String] { ["voting: \(voting)"] }
}

extension VotingRegressor: EnsembleModel {}
extension BaggingClassifier: EnsembleModel {}
extension BaggingRegressor: EnsembleModel {}

extension StackingClassifier: EnsembleModel {
    var shownParameters: [String] { ["finalEstimator: \(finalEstimator)"] }
}

extension StackingRegressor: EnsembleModel {
    var shownParameters: [String] { ["finalEstimator: \(finalEstimator)"] }
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
