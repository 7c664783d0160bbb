import ModelFiles

/// Adam: steps that are scaled by running averages of the gradient and of its square.
///
/// With a weight decay λ, this is AdamW: before each step, θ ← θ − rate·λ·θ for coefficients, not for intercepts; and ε is
/// added to the bias-corrected root √(v / (1 − β₂ᵗ)), as in PyTorch.
///
/// Formulas, for gradient g and step t:
/// m ← β₁·m + (1 − β₁)·g,  v ← β₂·v + (1 − β₂)·g²,
/// θ ← θ − rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε).
///
/// Source: D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", 2014, with the more efficient order of
/// computation that its section 2 describes; I. Loshchilov, F. Hutter, "Decoupled weight decay regularization", 2019.
package struct Adam<Scalar: NetworkScalar>: StochasticOptimizer, Equatable, Codable {
    let learningRateInit: Double
    let beta1: Double
    let beta2: Double
    let epsilon: Double

    package private(set) var learningRate: Double
    private(set) var step = 0
    @CodedAsTensor private(set) var firstMoment: [Scalar]
    @CodedAsTensor private(set) var secondMoment: [Scalar]
    /// λ of AdamW; nil for Adam.
    private(set) var weightDecay: Double?

    package var moments: [[Scalar]] {
        get { [firstMoment, secondMoment] }
        set { (firstMoment, secondMoment) = (newValue[0], newValue[1]) }
    }

    package static var momentCount: Int { 2 }

    package mutating func nextStep() -> UpdateRule<Scalar> {
        step += 1
        let root = (1 - Double.pow(beta2, step)).squareRoot()
        let correction = root / (1 - Double.pow(beta1, step))
        learningRate = learningRateInit * correction
        guard let weightDecay else { return .adam(rate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon) }
        return .adam(
            rate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon * root,
            shrinkage: learningRateInit * weightDecay)
    }

    package mutating func epochEnded(samples: Int) {}

    package mutating func plateauReached() -> PlateauReaction { .stop }
}

extension Adam {
    /// An optimizer of `count` parameters before its first step.
    init(
        count: Int, learningRateInit: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double? = nil
    ) {
        let zeros = [Scalar](repeating: 0, count: count)
        self.init(
            learningRateInit: learningRateInit, beta1: beta1, beta2: beta2, epsilon: epsilon,
            learningRate: learningRateInit, firstMoment: zeros, secondMoment: zeros, weightDecay: weightDecay)
    }
}
