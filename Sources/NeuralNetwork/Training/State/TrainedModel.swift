/// A trained network with all the state that a further call needs to continue from it.
struct TrainedModel<Scalar: NetworkScalar>: Sendable {
    var network: Network<Scalar>
    var history: TrainingHistory
    /// The optimizer with its moments; nil for `.lbfgs`.
    var optimizer: Optimizer<Scalar>?
    /// The parameters with the best validation score; nil if the last call found none or had no early stopping.
    var bestParameters: [Scalar]?
    /// The state in which the last call of `fit` stopped, for `resume`; nil after `partialFit`.
    var resumePoint: ResumePoint<Scalar>?
    /// The inputs of the last call; nil if the network comes from elsewhere.
    var inputs: TrainingInputs?
    /// The name of the device that trained the network; nil if the network comes from elsewhere, such as a file.
    var device: String?
}

extension TrainedModel: Equatable {
    /// Whether both have learned the same and would continue in the same way. Training times and the parameters of the
    /// calls are not compared.
    static func == (first: TrainedModel, second: TrainedModel) -> Bool {
        first.network == second.network && first.history == second.history && first.optimizer == second.optimizer
            && first.bestParameters == second.bestParameters && first.resumePoint == second.resumePoint
    }
}
