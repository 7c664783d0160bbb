public import Estimators

/// What a halving search gives its candidates more and more of.
public enum HalvingResource<Model: Estimator>: Sendable {
    /// Samples, drawn from both sides of every split.
    case nSamples

    /// The value of an integer parameter, which the grid must not have: `.parameter(\.maxIter)`.
    case parameter(any WritableKeyPath<Model, Int> & Sendable)
}

/// With how much of its resource a halving search begins.
public enum MinResources: Sendable, Equatable, ExpressibleByIntegerLiteral {
    /// With so much that the last round uses as much as possible.
    case exhaust

    /// With little: 2 samples × splits, for classes × classes too; 1 of a parameter.
    case smallest

    /// With as much as that.
    case count(Int)

    /// As much as that.
    public init(integerLiteral value: Int) { self = .count(value) }
}

/// How many candidates a random halving search begins with.
public enum HalvingCandidates: Sendable, Equatable, ExpressibleByIntegerLiteral {
    /// As many as `maxResources` has times `minResources`, so that the last round uses as much as possible.
    case exhaust

    /// That many.
    case count(Int)

    /// That many.
    public init(integerLiteral value: Int) { self = .count(value) }
}
