import ModelFiles

/// Stochastic gradient descent with momentum.
///
/// Formulas, for gradient g: v ← momentum·v − rate·g, then θ ← θ + v; with Nesterov momentum,
/// θ ← θ + momentum·v − rate·g.
struct SGD<Scalar: NetworkScalar>: StochasticOptimizer, Equatable, Codable {
    private(set) var schedule: LearningRateSchedule
    let momentum: Double
    let nesterovsMomentum: Bool
    @CodedAsTensor private(set) var velocity: [Scalar]

    var learningRate: Double { schedule.rate }

    var moments: [[Scalar]] {
        get { [velocity] }
        set { velocity = newValue[0] }
    }

    static var momentCount: Int { 1 }

    mutating func nextStep() -> UpdateRule<Scalar> {
        .sgd(rate: Scalar(schedule.rate), momentum: Scalar(momentum), nesterov: nesterovsMomentum)
    }

    mutating func epochEnded(samples: Int) { schedule.epochEnded(samples: samples) }

    mutating func plateauReached() -> PlateauReaction { schedule.plateauReached() }
}

extension SGD {
    /// An optimizer of `count` parameters before its first step.
    init(count: Int, schedule: LearningRateSchedule, momentum: Double, nesterovsMomentum: Bool) {
        self.init(
            schedule: schedule, momentum: momentum, nesterovsMomentum: nesterovsMomentum,
            velocity: Array(repeating: 0, count: count))
    }
}
