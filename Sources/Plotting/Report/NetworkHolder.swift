import Composition
import Estimators
import ModelSelection
import NeuralNetwork

/// A model that contains a network: a network itself, or a model that is composed of one.
protocol NetworkHolder {
    /// The part that contains the network; nil if there is none, as in an unfitted search.
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

/// Returns the network of a model, through any number of compositions.
///
/// - Throws: `EstimatorError.notFitted` for an unfitted search; `EstimatorError.notSupported` for a model without a
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
