import Estimators
import LinearAlgebra
import NumPyRandom

/// Folds of whole groups in which the frequencies of the classes are as close as the groups allow to those in all
/// samples.
///
/// Groups are assigned one after the other. Groups whose numbers of samples per class differ most come first. Each
/// group goes to the fold with which the class frequencies of the folds differ least. In a tie, it goes to the fold
/// with fewer samples. No fold is empty.
///
/// ```swift
/// let folds = try StratifiedGroupKFold(nSplits: 3).split(y, groups: patients)
/// ```
public struct StratifiedGroupKFold: CrossValidator, Equatable, Codable {
    /// The number of folds, at least 2 and at most the number of groups. Default 5.
    public var nSplits: Int
    /// Whether to shuffle the groups first, which decides ties between groups. Default `false`.
    public var shuffle: Bool
    /// The seed of the shuffle; nil for a different one each time. Must be nil without `shuffle`.
    public var randomState: UInt32?

    /// Folds with scikit-learn's defaults.
    public init(nSplits: Int = 5, shuffle: Bool = false, randomState: UInt32? = nil) {
        (self.nSplits, self.shuffle, self.randomState) = (nSplits, shuffle, randomState)
    }

    /// Returns the splits of samples with classes and groups.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for fewer than 2 folds, for more folds than groups or than the
    ///   largest class has samples, and for a seed without `shuffle`; `EstimatorError.invalidInput` if the samples have
    ///   no classes or no groups.
    /// - Complexity: O(samples × nSplits + groups × nSplits² × classes).
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        let splits = try foldSplits(of: samples, shuffle: shuffle, randomState: randomState)
        warnOfSmallClasses(nSplits, in: samples)
        return splits
    }
}

extension StratifiedGroupKFold: Folding {
    func folds(of samples: SplitSamples, shuffledBy generator: inout RandomState?) throws -> [Int] {
        let classes = Int.numbers(of: try samples.requiredClasses(for: "StratifiedGroupKFold"))
        let groups = try samples.requiredGroups(for: "StratifiedGroupKFold")
        var classSizes = [Double](repeating: 0, count: (classes.max() ?? -1) + 1)
        for number in classes { classSizes[number] += 1 }
        try checkFolds(nSplits, perClass: classSizes.map { Int($0) })
        let groupCount = (groups.max() ?? -1) + 1
        try checkFolds(nSplits, among: groupCount, "groups")

        var countsOfGroup = [[Double]](
            repeating: [Double](repeating: 0, count: classSizes.count), count: groupCount)
        for (group, number) in zip(groups, classes) { countsOfGroup[group][number] += 1 }

        var order = Array(0..<groupCount)
        generator?.shuffle(&order)
        let spread = countsOfGroup.map { standardDeviation(of: $0) }
        // By position too, since the standard library does not guarantee a stable sort.
        let ordered = order.enumerated().sorted {
            (-spread[$0.element], $0.offset) < (-spread[$1.element], $1.offset)
        }

        func assigned(roundingDecides: Bool) -> [Int] {
            var table = FoldTable(classSizes: classSizes, nSplits: nSplits, roundingDecides: roundingDecides)
            var foldOfGroup = [Int](repeating: 0, count: groupCount)
            for (_, group) in ordered { foldOfGroup[group] = table.place(countsOfGroup[group]) }
            return foldOfGroup
        }
        var foldOfGroup = assigned(roundingDecides: true)
        if Set(foldOfGroup).count < nSplits { foldOfGroup = assigned(roundingDecides: false) }
        return groups.map { foldOfGroup[$0] }
    }
}

/// The number of samples of each class that each fold has so far.
private struct FoldTable {
    private let classSizes: [Double]
    private var counts: [[Double]]
    /// Whether of two spreads that differ in rounding only, the lesser one wins, as in scikit-learn. A fold can stay empty
    /// then: it is as good as the best of the others in exact arithmetic, and wins a tie as the smallest one.
    private let roundingDecides: Bool

    init(classSizes: [Double], nSplits: Int, roundingDecides: Bool) {
        (self.classSizes, self.roundingDecides) = (classSizes, roundingDecides)
        counts = [[Double]](repeating: [Double](repeating: 0, count: classSizes.count), count: nSplits)
    }

    /// Adds a group's samples to the best fold, and returns its number.
    mutating func place(_ group: [Double]) -> Int {
        var best = 0
        var bestSpread = Double.infinity
        var bestSize = Double.infinity
        for fold in counts.indices {
            let size = counts[fold].reduce(0, +)
            let spread = spread(afterAdding: group, to: fold)
            let isTie = isClose(spread, bestSpread)
            if (spread < bestSpread && (roundingDecides || !isTie)) || (isTie && size < bestSize) {
                (best, bestSpread, bestSize) = (fold, spread, size)
            }
        }
        add(group, to: best)
        return best
    }

    /// The standard deviation of the folds' shares of a class, on average over the classes.
    private func spread(afterAdding group: [Double], to changed: Int) -> Double {
        mean(
            of: classSizes.indices.map { number in
                let shares = counts.indices.map { fold in
                    (counts[fold][number] + (fold == changed ? group[number] : 0)) / classSizes[number]
                }
                // NumPy adds the rows of a table one by one, but a single column pairwise.
                return standardDeviation(of: shares, sum: classSizes.count == 1 ? pairwiseSum : { $0.reduce(0, +) })
            })
    }

    private mutating func add(_ group: [Double], to fold: Int) {
        for number in group.indices { counts[fold][number] += group[number] }
    }

    /// The tolerances of `numpy.isclose`.
    private func isClose(_ value: Double, _ other: Double) -> Bool {
        abs(value - other) <= 1e-8 + 1e-5 * abs(other)
    }
}
