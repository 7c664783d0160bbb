/// A search that tries candidates with few resources, and the better of them with more, round after round.
public protocol HalvingSearchCV<Model>: SearchCV {
    /// By how much candidates become fewer and resources more from round to round.
    var factor: Double { get }
}

extension HalvingSearchCV {
    /// How many rounds there were; 0 before `fit`.
    public var nIterations: Int { (cvResults.iterations.max() ?? -1) + 1 }

    /// How many candidates each round tried; empty before `fit`.
    public var nCandidatesPerIteration: [Int] {
        (0..<nIterations).map { round in cvResults.iterations.count { $0 == round } }
    }

    /// How much of its resource the search gave a candidate in each round; empty before `fit`.
    public var nResourcesPerIteration: [Int] {
        let table = cvResults
        return (0..<nIterations).compactMap { round in
            table.iterations.firstIndex(of: round).map { table.nResources[$0] }
        }
    }

    /// How many candidates another round would have tried; nil before `fit`.
    public var nRemainingCandidates: Int? {
        nCandidatesPerIteration.last.map { Halving<Model>.survivors(of: $0, factor: factor) }
    }
}
