import Estimators
import ModelFiles

/// Adam: steps scaled by running averages of the gradient and of its square.
///
/// Formulas, for gradient g and step t:
/// m ← β₁·m + (1 − β₁)·g,  v ← β₂·v + (1 − β₂)·g²,
/// θ ← θ − rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε).
///
/// Source: D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", 2014, with the order of computation that
/// its section 2 gives as the more efficient.
struct Adam<Scalar: NetworkScalar>: StochasticOptimizer, Equatable {
    let learningRateInit: Double
    let beta1: Double
    let beta2: Double
    let epsilon: Double

    private(set) var learningRate: Double
    private(set) var step = 0
    private(set) var firstMoment: [Scalar]
    private(set) var secondMoment: [Scalar]

    init(count: Int, learningRateInit: Double, beta1: Double, beta2: Double, epsilon: Double) {
        self.learningRateInit = learningRateInit
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.learningRate = learningRateInit
        self.firstMoment = Array(repeating: 0, count: count)
        self.secondMoment = Array(repeating: 0, count: count)
    }

    /// An optimizer that has taken steps already.
    init(
        learningRateInit: Double, beta1: Double, beta2: Double, epsilon: Double, learningRate: Double, step: Int,
        firstMoment: [Scalar], secondMoment: [Scalar]
    ) {
        self.learningRateInit = learningRateInit
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.learningRate = learningRate
        self.step = step
        self.firstMoment = firstMoment
        self.secondMoment = secondMoment
    }

    var moments: [[Scalar]] {
        get { [firstMoment, secondMoment] }
        set { (firstMoment, secondMoment) = (newValue[0], newValue[1]) }
    }

    static var momentCount: Int { 2 }

    mutating func nextStep() -> UpdateRule<Scalar> {
        step += 1
        let correction = (1 - Double.pow(beta2, step)).squareRoot() / (1 - Double.pow(beta1, step))
        learningRate = learningRateInit * correction
        return .adam(rate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    }

    mutating func epochEnded(samples: Int) {}

    mutating func plateauReached() -> PlateauReaction { .stop }
}

// MARK: - Coding

extension Adam: Codable {
    private enum CodingKeys: String, CodingKey {
        case learningRateInit, beta1, beta2, epsilon, learningRate, step, firstMoment, secondMoment
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        learningRateInit = try container.decode(Double.self, forKey: .learningRateInit)
        beta1 = try container.decode(Double.self, forKey: .beta1)
        beta2 = try container.decode(Double.self, forKey: .beta2)
        epsilon = try container.decode(Double.self, forKey: .epsilon)
        learningRate = try container.decode(Double.self, forKey: .learningRate)
        step = try container.decodeCount(forKey: .step)
        firstMoment = try container.decodeVector(forKey: .firstMoment)
        secondMoment = try container.decodeVector(forKey: .secondMoment)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(learningRateInit, forKey: .learningRateInit)
        try container.encode(beta1, forKey: .beta1)
        try container.encode(beta2, forKey: .beta2)
        try container.encode(epsilon, forKey: .epsilon)
        try container.encode(learningRate, forKey: .learningRate)
        try container.encode(step, forKey: .step)
        try container.encode(Tensor(firstMoment), forKey: .firstMoment)
        try container.encode(Tensor(secondMoment), forKey: .secondMoment)
    }
}
