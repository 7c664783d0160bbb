/// The method that optimizes the weights.
public enum Solver: String, Sendable, Codable, CaseIterable {
    /// Limited-memory BFGS on all samples at once: best for small data sets; has no learning rate.
    case lbfgs

    /// Stochastic gradient descent with momentum.
    case sgd

    /// Adam, a stochastic method that adapts the rate of each weight: works well on most data sets without tuning.
    case adam
}
