/// A search in rounds: it tries all candidates with few resources, and the better ones again with more.
public protocol HalvingSearchCV<Model>: SearchCV {
    /// The parameters that all halving searches have. Each is also a property of the search.
    var halving: HalvingSettings<Model> { get set }
}

extension HalvingSearchCV {
    /// Accesses a parameter by its name in ``HalvingSettings``.
    public subscript<Value>(dynamicMember member: WritableKeyPath<HalvingSettings<Model>, Value>) -> Value {
        get { halving[keyPath: member] }
        set { halving[keyPath: member] = newValue }
    }

    /// The number of rounds; 0 before `fit`.
    public var nIterations: Int { (cvResults.iterations.max() ?? -1) + 1 }

    /// The number of candidates in each round; empty before `fit`.
    public var nCandidatesPerIteration: [Int] {
        (0..<nIterations).map { round in cvResults.iterations.count { $0 == round } }
    }

    /// The amount of the resource that each candidate had in each round; empty before `fit`.
    public var nResourcesPerIteration: [Int] {
        let table = cvResults
        return (0..<nIterations).compactMap { round in
            table.iterations.firstIndex(of: round).map { table.nResources[$0] }
        }
    }

    /// The number of candidates that would reach another round; nil before `fit`.
    public var nRemainingCandidates: Int? { nCandidatesPerIteration.last.map(halving.survivors) }
}
