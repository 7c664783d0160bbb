/// A trained network with all that a further call needs to go on from it.
struct TrainedModel<Scalar: NetworkScalar>: Sendable {
    var network: Network<Scalar>
    var history: TrainingHistory
    /// The moments of the stochastic solvers.
    var optimizer: Optimizer<Scalar>?
    /// The parameters with the best validation score, where the last call has found one; only with early stopping.
    var bestParameters: [Scalar]?
    /// Where the last call of `fit` stopped, so that it can be resumed; nil after `partialFit`.
    var resumePoint: ResumePoint<Scalar>?
    /// What the last call was given; nil where the network comes from elsewhere.
    var inputs: TrainingInputs?
}

extension TrainedModel: Equatable {
    /// Whether both have learned the same and would go on alike. How long it took, and by which parameters they came there,
    /// makes no difference.
    static func == (first: TrainedModel, second: TrainedModel) -> Bool {
        first.network == second.network && first.history == second.history && first.optimizer == second.optimizer
            && first.bestParameters == second.bestParameters && first.resumePoint == second.resumePoint
    }
}
