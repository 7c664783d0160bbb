public import Estimators

/// The parameters that all halving searches have in common, beside those of ``SearchSettings``.
///
/// Each is a property of the search too: `search.factor = 2`.
public struct HalvingSettings<Model: Estimator>: Sendable {
    /// By how much candidates become fewer and resources more from round to round, above 1, and large enough for at most a
    /// million rounds. Default 3.
    public var factor: Double

    /// What candidates get more and more of. Default `.nSamples`.
    public var resource: HalvingResource<Model>

    /// The most that a candidate gets, at least 1; nil for all samples. A parameter has no such default.
    public var maxResources: Int?

    /// What a candidate gets in the first round. Default `.exhaust`, in a random search `.smallest`.
    public var minResources: MinResources

    /// Whether to begin with several rounds of the first resources where otherwise more than `factor` candidates would come
    /// into the last round. Default `false`.
    public var aggressiveElimination: Bool

    /// The seed by which samples are drawn, and the candidates of a random search; nil for others every time.
    public var randomState: UInt32?
}
