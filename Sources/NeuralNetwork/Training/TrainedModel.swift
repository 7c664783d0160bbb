/// A trained network with all that a further call needs to go on from it.
struct TrainedModel<Scalar: NetworkScalar>: Equatable, Sendable {
    var network: Network<Scalar>
    var history: TrainingHistory
    /// The moments of the stochastic solvers.
    var optimizer: Optimizer<Scalar>?
    /// The parameters with the best validation score, where the last call has found one; only with early stopping.
    var bestParameters: [Scalar]?
}

/// A stochastic optimizer with its state.
enum Optimizer<Scalar: NetworkScalar>: Equatable, Sendable {
    case sgd(SGD<Scalar>)
    case adam(Adam<Scalar>)
}
