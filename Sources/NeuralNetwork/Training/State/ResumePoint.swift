import Estimators
import NumPyRandom
import Optimization

/// The state that resuming a stopped run needs, in addition to the model.
enum ResumePoint<Scalar: NetworkScalar>: Equatable, Sendable {
    /// Between two epochs of `.sgd` or `.adam`.
    case stochastic(StochasticPoint<Scalar>)

    /// Between two iterations of `.lbfgs`, always in double precision.
    case fullBatch(LBFGS.Point)
}

/// The state of `.sgd` and `.adam` that changes from epoch to epoch, in addition to the model and the optimizer.
struct StochasticPoint<Scalar: NetworkScalar>: Equatable, Sendable {
    /// The generator that draws the order of the samples.
    var generator: RandomState

    /// The sample order of the last epoch. The next order is a shuffle of it.
    var order: SampleOrder

    /// The split into training and validation samples; nil without early stopping.
    let split: ValidationSplit?

    /// The parameters after the last epoch; nil unless the model has the best parameters instead.
    var lastParameters: [Scalar]?
}
