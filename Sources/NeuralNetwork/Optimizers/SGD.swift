import ModelFiles

/// Stochastic gradient descent with momentum.
///
/// Formulas, for gradient g: v ← momentum·v − rate·g, then θ ← θ + v; with Nesterov momentum,
/// θ ← θ + momentum·v − rate·g.
package struct SGD<Scalar: NetworkScalar>: StochasticOptimizer, Equatable, Codable {
    private(set) var schedule: LearningRateSchedule
    let momentum: Double
    let nesterovsMomentum: Bool
    @CodedAsTensor private(set) var velocity: [Scalar]

    package var learningRate: Double { schedule.rate }

    package var moments: [[Scalar]] {
        get { [velocity] }
        set { velocity = newValue[0] }
    }

    package static var momentCount: Int { 1 }

    package mutating func nextStep() -> UpdateRule<Scalar> {
        .sgd(rate: Scalar(schedule.rate), momentum: Scalar(momentum), nesterov: nesterovsMomentum)
    }

    package mutating func epochEnded(samples: Int) { schedule.epochEnded(samples: samples) }

    package mutating func plateauReached() -> PlateauReaction { schedule.plateauReached() }
}

extension SGD {
    /// An optimizer of `count` parameters before its first step.
    init(count: Int, schedule: LearningRateSchedule, momentum: Double, nesterovsMomentum: Bool) {
        self.init(
            schedule: schedule, momentum: momentum, nesterovsMomentum: nesterovsMomentum,
            velocity: Array(repeating: 0, count: count))
    }
}
