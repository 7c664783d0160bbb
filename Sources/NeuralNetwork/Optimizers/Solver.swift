/// The method that finds the weights.
public enum Solver: String, Sendable, Codable, CaseIterable {
    /// Limited-memory BFGS on the whole table at once: the best for small tables, and without a learning rate.
    case lbfgs

    /// Stochastic gradient descent with momentum.
    case sgd

    /// Adam, stochastic with a rate of its own for every weight: works well on most tables without tuning.
    case adam
}
