/// Updates parameters along a gradient, step by step.
///
/// An optimizer knows no network: it sees flat arrays of equal length. It is a small value that holds its own moments,
/// so that a copy continues from the same state.
package protocol StochasticOptimizer<Scalar>: Sendable {
    associatedtype Scalar: NetworkScalar

    /// The rate of the last step; before the first step, that of the next.
    var learningRate: Double { get }

    /// Up to two arrays with one number per parameter, which the rule updates. During training, the engine holds them.
    var moments: [[Scalar]] { get set }

    /// The number of arrays in ``moments``.
    static var momentCount: Int { get }

    /// Starts a step and returns the rule that updates each parameter in it.
    mutating func nextStep() -> UpdateRule<Scalar>

    /// Adapts the learning rate at the end of an epoch. `samples` is the total number of samples so far.
    mutating func epochEnded(samples: Int)

    /// Decides what to do when training has stopped improving.
    mutating func plateauReached() -> PlateauReaction

    /// The optimizer in the form in which the model stores it.
    var stored: Optimizer<Scalar> { get }
}

/// An optimizer's reaction to a loss or score that no longer improves.
package enum PlateauReaction: Equatable {
    /// End training.
    case stop
    /// End training: the rate is already as low as it may be.
    case stopRateTooSmall
    /// Continue at a lower rate.
    case `continue`(learningRate: Double)
}
