import Estimators
import ModelFiles

/// Stochastic gradient descent with momentum.
///
/// Formulas, for gradient g: v ← momentum·v − rate·g, and θ ← θ + v, or with Nesterov's momentum
/// θ ← θ + momentum·v − rate·g.
struct SGD<Scalar: NetworkScalar>: StochasticOptimizer, Equatable {
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

    /// An optimizer that has taken steps already.
    init(schedule: LearningRateSchedule, momentum: Double, nesterovsMomentum: Bool, velocity: [Scalar]) {
        self.momentum = momentum
        self.nesterovsMomentum = nesterovsMomentum
        self.schedule = schedule
        self.velocity = velocity
    }

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

// MARK: - Coding

extension SGD: Codable {
    private enum CodingKeys: String, CodingKey { case momentum, nesterovsMomentum, schedule, velocity }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        momentum = try container.decode(Double.self, forKey: .momentum)
        nesterovsMomentum = try container.decode(Bool.self, forKey: .nesterovsMomentum)
        schedule = try container.decode(LearningRateSchedule.self, forKey: .schedule)
        velocity = try container.decodeVector(forKey: .velocity)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(momentum, forKey: .momentum)
        try container.encode(nesterovsMomentum, forKey: .nesterovsMomentum)
        try container.encode(schedule, forKey: .schedule)
        try container.encode(Tensor(velocity), forKey: .velocity)
    }
}
