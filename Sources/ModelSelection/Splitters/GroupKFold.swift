import Estimators
import NumPyRandom

/// Folds of whole groups: no group is on both sides of a split.
///
/// Without `shuffle`, groups are assigned from the largest to the smallest, each to the fold with the fewest samples.
/// The folds then have similar sizes. With `shuffle`, each fold gets the same number of random groups.
///
/// ```swift
/// let folds = try GroupKFold(nSplits: 3).split(groups: patients)
/// ```
public struct GroupKFold: CrossValidator, Equatable, Codable {
    /// The number of folds, at least 2 and at most the number of groups. Default 5.
    public var nSplits: Int
    /// Whether to shuffle the groups before they are assigned. Default `false`.
    public var shuffle: Bool
    /// The seed of the shuffle; nil for a different one each time. Must be nil without `shuffle`.
    public var randomState: UInt32?

    /// Folds with scikit-learn's defaults.
    public init(nSplits: Int = 5, shuffle: Bool = false, randomState: UInt32? = nil) {
        (self.nSplits, self.shuffle, self.randomState) = (nSplits, shuffle, randomState)
    }

    /// Returns the splits of samples with groups.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for fewer than 2 folds, for more folds than groups, and for a seed
    ///   without `shuffle`; `EstimatorError.invalidInput` if the samples have no groups.
    /// - Complexity: O((samples + groups) × nSplits).
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        try foldSplits(of: samples, shuffle: shuffle, randomState: randomState)
    }
}

extension GroupKFold: Folding {
    func folds(of samples: SplitSamples, shuffledBy generator: inout RandomState?) throws -> [Int] {
        let groups = try samples.requiredGroups(for: "GroupKFold")
        var sizes = [Int](repeating: 0, count: (groups.max() ?? -1) + 1)
        for group in groups { sizes[group] += 1 }
        try checkFolds(nSplits, among: sizes.count, "groups")

        var foldOfGroup = [Int](repeating: 0, count: sizes.count)
        if generator != nil {
            foldOfGroup = blocks(of: sizes.count, among: nSplits, shuffledBy: &generator)
        } else {
            var foldSizes = [Int](repeating: 0, count: nSplits)
            // Of groups of one size the last goes first, as in scikit-learn.
            for group in sizes.indices.sorted(by: { (sizes[$0], $0) > (sizes[$1], $1) }) {
                let lightest = foldSizes.indices.min { foldSizes[$0] < foldSizes[$1] } ?? 0
                foldSizes[lightest] += sizes[group]
                foldOfGroup[group] = lightest
            }
        }
        return groups.map { foldOfGroup[$0] }
    }
}
