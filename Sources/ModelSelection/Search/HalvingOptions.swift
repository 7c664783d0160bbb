public import Estimators

/// The parameters that all halving searches have, in addition to those of ``SearchSettings``.
///
/// Each is also a property of the search: `search.factor = 2`.
public struct HalvingSettings<Model: Estimator>: Sendable {
    /// From round to round, the number of candidates is divided by this factor, and the resources are multiplied by it.
    /// It must be above 1, and large enough for at most a million rounds. Default 3.
    public var factor: Double

    /// The resource that increases from round to round. Default `.nSamples`.
    public var resource: HalvingResource<Model>

    /// The maximum amount of the resource for a candidate, at least 1; nil for all samples. If the resource is a
    /// parameter, it must not be nil.
    public var maxResources: Int?

    /// The amount of the resource for a candidate in the first round. Default `.exhaust`, in a random search
    /// `.smallest`.
    public var minResources: MinResources

    /// Whether to repeat the first amount of the resource in several rounds, if otherwise more than `factor` candidates
    /// would reach the last round. Default `false`.
    public var aggressiveElimination: Bool

    /// The seed that draws samples, and the candidates of a random search; nil for different ones each time.
    public var randomState: UInt32?
}

/// The resource of a halving search, which increases from round to round.
public enum HalvingResource<Model: Estimator>: Sendable {
    /// The number of samples, which are drawn from both sides of every split.
    case nSamples

    /// The value of an integer parameter, such as `.parameter(\.maxIter)`. The parameter must not be in the grid.
    case parameter(any WritableKeyPath<Model, Int> & Sendable)
}

/// The amount of the resource in the first round of a halving search.
public enum MinResources: Sendable, Equatable, ExpressibleByIntegerLiteral {
    /// The amount with which the last round uses as much of the resource as possible.
    case exhaust

    /// A small amount: 2 × splits samples, multiplied by the number of classes if the targets are classes; 1 if the
    /// resource is a parameter.
    case smallest

    /// The given amount.
    case count(Int)

    /// The given amount.
    public init(integerLiteral value: Int) { self = .count(value) }
}

/// The number of candidates in the first round of a random halving search.
public enum HalvingCandidates: Sendable, Equatable, ExpressibleByIntegerLiteral {
    /// `maxResources` / `minResources` candidates, with which the last round uses as much of the resource as possible.
    case exhaust

    /// The given number.
    case count(Int)

    /// The given number.
    public init(integerLiteral value: Int) { self = .count(value) }
}
