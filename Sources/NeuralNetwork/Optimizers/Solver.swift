/// The method that optimizes the weights.
public enum Solver: String, Sendable, Codable, CaseIterable {
    /// Limited-memory BFGS on all samples at once: best for small data sets; has no learning rate.
    case lbfgs

    /// Stochastic gradient descent with momentum.
    case sgd

    /// Adam, a stochastic method that adapts the rate of each weight: works well on most data sets without tuning.
    case adam

    /// Adam with decoupled weight decay: each step also multiplies the coefficients by 1 − rate · `weightDecay`, where
    /// rate is the learning rate. The decay replaces the L2 penalty, so `alpha` is not used.
    case adamW

    /// Whether each step uses a mini-batch.
    package var isStochastic: Bool { self != .lbfgs }
}
