/// Stochastic gradient descent with momentum.
///
/// Formulas, for gradient g: v ← momentum·v − rate·g, and θ ← θ + v, or with Nesterov's momentum
/// θ ← θ + momentum·v − rate·g.
struct SGD<Scalar: NetworkScalar>: StochasticOptimizer, Equatable, Codable {
    let momentum: Double
    let nesterovsMomentum: Bool
    private(set) var schedule: LearningRateSchedule
    private(set) var velocity: [Scalar]

    init(count: Int, schedule: LearningRateSchedule, momentum: Double, nesterovsMomentum: Bool) {
        self.momentum = momentum
        self.nesterovsMomentum = nesterovsMomentum
        self.schedule = schedule
        self.velocity = Array(repeating: 0, count: count)
    }

    var learningRate: Double { schedule.rate }

    mutating func update(
        _ parameters: UnsafeMutableBufferPointer<Scalar>, along gradient: UnsafeMutableBufferPointer<Scalar>
    ) {
        velocity.withUnsafeMutableBufferPointer { velocity in
            guard let parameters = parameters.baseAddress, let gradient = gradient.baseAddress,
                let start = velocity.baseAddress
            else { return }
            Scalar.sgd(
                parameters, gradient: gradient, velocity: start, count: velocity.count, rate: Scalar(schedule.rate),
                momentum: Scalar(momentum), nesterov: nesterovsMomentum)
        }
    }

    mutating func epochEnded(samples: Int) { schedule.epochEnded(samples: samples) }

    mutating func plateauReached() -> PlateauReaction { schedule.plateauReached() }
}
