import Estimators
import NumPyRandom

/// Where a run of training stopped: what going on from there takes beside the model that it made.
enum ResumePoint<Scalar: NetworkScalar>: Equatable, Sendable {
    /// Between two epochs of `.sgd` or `.adam`.
    case stochastic(StochasticPoint<Scalar>)

    /// Between two iterations of `.lbfgs`, which computes in double precision whatever the model's.
    case fullBatch(LBFGS.Point)
}

/// What changes from epoch to epoch, beside the model and the optimizer.
struct StochasticPoint<Scalar: NetworkScalar>: Equatable, Sendable {
    /// Draws the order of the samples.
    var generator: RandomState

    /// The order in which the last epoch visited the training samples, of which the next one's is a shuffle.
    var order: SampleOrder

    /// The samples that early stopping has kept for validation; nil where it has kept none.
    let split: ValidationSplit?

    /// The parameters after the last epoch, where the best ones have taken their place in the model.
    var lastParameters: [Scalar]?
}
