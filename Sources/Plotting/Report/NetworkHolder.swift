import Composition
import Estimators
import ModelSelection
import NeuralNetwork

/// A model with a network inside: a network, or something composed of one.
protocol NetworkHolder {
    /// The part that holds the network; nil where there is none, as in a search that is not fitted.
    var inner: Any? { get }
}

extension Pipeline: NetworkHolder {
    var inner: Any? { last }
}

extension TablePipeline: NetworkHolder {
    var inner: Any? { last }
}

extension TransformedTargetRegressor: NetworkHolder {
    var inner: Any? { regressor }
}

extension ParameterSearch: NetworkHolder {
    var inner: Any? { bestEstimator }
}

/// The network inside a model, through any number of compositions.
///
/// - Throws: `EstimatorError.notFitted` for a search that is not fitted; `EstimatorError.notSupported` for a model without a
///   network.
func network(in model: Any) throws -> any MultilayerPerceptron {
    if let network = model as? any MultilayerPerceptron { return network }
    let name = "\(type(of: model))".prefix { $0 != "<" }
    guard let holder = model as? any NetworkHolder else {
        throw EstimatorError.notSupported("a picture of the training of \(name)")
    }
    guard let inner = holder.inner else { throw EstimatorError.notFitted(estimator: "\(name)") }
    return try network(in: inner)
}
