/// The rule by which the learning rate of `.sgd` changes from epoch to epoch.
public enum LearningRate: String, Sendable, Codable, CaseIterable {
    /// The rate is always `learningRateInit`.
    case constant

    /// The rate is learningRateInit / (t + 1)^powerT after training on t samples.
    case invscaling

    /// The rate is divided by 5 whenever training has not improved for `nIterNoChange` epochs. When the rate is at most
    /// 10⁻⁶, training stops instead.
    case adaptive
}

/// A learning rate and the rule by which it changes. It can be tested without a network.
struct LearningRateSchedule: Equatable, Sendable, Codable {
    let rule: LearningRate
    let initial: Double
    let powerT: Double
    private(set) var rate: Double

    init(_ rule: LearningRate, initial: Double, powerT: Double) {
        self.rule = rule
        self.initial = initial
        self.powerT = powerT
        self.rate = initial
    }

    /// Creates a schedule whose rate has already changed.
    init(_ rule: LearningRate, initial: Double, powerT: Double, rate: Double) {
        self.init(rule, initial: initial, powerT: powerT)
        self.rate = rate
    }

    mutating func epochEnded(samples: Int) {
        if rule == .invscaling { rate = initial / Double.pow(Double(samples + 1), powerT) }
    }

    mutating func plateauReached() -> PlateauReaction {
        guard rule == .adaptive else { return .stop }
        guard rate > 1e-6 else { return .stopRateTooSmall }
        rate /= 5
        return .continue(learningRate: rate)
    }
}
