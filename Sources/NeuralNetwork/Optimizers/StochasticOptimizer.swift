/// Updates parameters along a gradient, step by step.
///
/// An optimizer knows no network: it sees flat arrays of one length. It is a small value that holds its own moments, so
/// that a copy continues from the same point.
protocol StochasticOptimizer<Scalar>: Sendable {
    associatedtype Scalar: NetworkScalar

    /// The rate of the last step, or of the next where none was made.
    var learningRate: Double { get }

    /// Up to two arrays with a number for every parameter, which the rule updates. While a network is trained the engine has
    /// them.
    var moments: [[Scalar]] { get set }

    /// The number of arrays in ``moments``.
    static var momentCount: Int { get }

    /// Starts a step and returns the rule that updates every parameter in it.
    mutating func nextStep() -> UpdateRule<Scalar>

    /// Adapts the learning rate to the end of an epoch, after `samples` samples in all.
    mutating func epochEnded(samples: Int)

    /// What to do when training has stopped improving.
    mutating func plateauReached() -> PlateauReaction

    /// The optimizer as it is kept with a model.
    var stored: Optimizer<Scalar> { get }
}

/// An optimizer's answer to a loss or score that no longer improves.
enum PlateauReaction: Equatable {
    /// End training.
    case stop
    /// End training: the rate has been lowered as far as it makes sense.
    case stopRateTooSmall
    /// Continue at a lower rate.
    case `continue`(learningRate: Double)
}
