public import Estimators

/// The parameters that all halving searches have, beside those of ``SearchSettings``.
///
/// Each is a property of the search too: `search.factor = 2`.
public struct HalvingSettings<Model: Estimator>: Sendable {
    /// The number by which the candidates are divided and the resources multiplied from round to round, above 1, and large
    /// enough for at most a million rounds. Default 3.
    public var factor: Double

    /// The resource of which candidates get more from round to round. Default `.nSamples`.
    public var resource: HalvingResource<Model>

    /// The most that a candidate gets, at least 1; nil for all samples. A parameter needs a number.
    public var maxResources: Int?

    /// What a candidate gets in the first round. Default `.exhaust`, in a random search `.smallest`.
    public var minResources: MinResources

    /// Whether to begin with several rounds of the first resources where otherwise more than `factor` candidates would
    /// reach the last round. Default `false`.
    public var aggressiveElimination: Bool

    /// The seed that draws samples, and the candidates of a random search; nil for others every time.
    public var randomState: UInt32?
}

/// The resource of which a halving search gives its candidates more from round to round.
public enum HalvingResource<Model: Estimator>: Sendable {
    /// Samples, drawn from both sides of every split.
    case nSamples

    /// The value of an integer parameter, which must not be in the grid: `.parameter(\.maxIter)`.
    case parameter(any WritableKeyPath<Model, Int> & Sendable)
}

/// The amount of its resource with which a halving search begins.
public enum MinResources: Sendable, Equatable, ExpressibleByIntegerLiteral {
    /// The amount with which the last round uses as much as possible.
    case exhaust

    /// A small amount: 2 samples × splits, for classes × classes too; 1 of a parameter.
    case smallest

    /// The given amount.
    case count(Int)

    /// The given amount.
    public init(integerLiteral value: Int) { self = .count(value) }
}

/// The number of candidates with which a random halving search begins.
public enum HalvingCandidates: Sendable, Equatable, ExpressibleByIntegerLiteral {
    /// `maxResources` / `minResources`, so that the last round uses as much as possible.
    case exhaust

    /// The given number.
    case count(Int)

    /// The given number.
    public init(integerLiteral value: Int) { self = .count(value) }
}
