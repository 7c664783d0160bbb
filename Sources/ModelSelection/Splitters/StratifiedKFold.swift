import Estimators
import NumPyRandom

/// Folds in which the frequencies of the classes are as close as possible to those in all samples.
///
/// At least one class must have `nSplits` samples. Smaller classes are missing from some folds, and a warning is
/// logged.
///
/// ```swift
/// let strata = try StratifiedKFold(nSplits: 5).split(y)
/// ```
public struct StratifiedKFold: CrossValidator, Equatable, Codable {
    /// The number of folds, at least 2. Default 5.
    public var nSplits: Int
    /// Whether to shuffle the samples of each class before they are assigned. Default `false`.
    public var shuffle: Bool
    /// The seed of the shuffle; nil for a different one each time. Must be nil without `shuffle`.
    public var randomState: UInt32?

    /// Folds with scikit-learn's defaults.
    public init(nSplits: Int = 5, shuffle: Bool = false, randomState: UInt32? = nil) {
        (self.nSplits, self.shuffle, self.randomState) = (nSplits, shuffle, randomState)
    }

    /// Returns the splits of samples with classes.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for fewer than 2 folds, for more folds than the largest class has
    ///   samples, and for a seed without `shuffle`; `EstimatorError.invalidInput` if the samples have no classes.
    /// - Complexity: O(samples × nSplits).
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        let splits = try foldSplits(of: samples, shuffle: shuffle, randomState: randomState)
        warnOfSmallClasses(nSplits, in: samples)
        return splits
    }
}

/// Several rounds of ``StratifiedKFold``, each with its own shuffle.
public struct RepeatedStratifiedKFold: CrossValidator, Equatable, Codable {
    /// The number of folds of each round, at least 2. Default 5.
    public var nSplits: Int
    /// The number of rounds, at least 1. Default 10.
    public var nRepeats: Int
    /// The seed of the shuffles; nil for different ones each time.
    public var randomState: UInt32?

    /// Rounds with scikit-learn's defaults.
    public init(nSplits: Int = 5, nRepeats: Int = 10, randomState: UInt32? = nil) {
        (self.nSplits, self.nRepeats, self.randomState) = (nSplits, nRepeats, randomState)
    }

    /// Returns the splits of samples with classes, round after round.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for no round, for fewer than 2 folds, and for more folds than the
    ///   largest class has samples; `EstimatorError.invalidInput` if the samples have no classes.
    /// - Complexity: O(samples × nSplits × nRepeats).
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        let splits = try StratifiedKFold(nSplits: nSplits)
            .foldSplits(of: samples, nRepeats: nRepeats, randomState: randomState)
        warnOfSmallClasses(nSplits, in: samples)
        return splits
    }
}

extension StratifiedKFold: Folding {
    /// Assigns the samples in turn, class after class, the classes in the order in which they first appear.
    ///
    /// Each fold gets consecutive samples of a class, which preserves the order of the data where nothing is shuffled.
    func folds(of samples: SplitSamples, shuffledBy generator: inout RandomState?) throws -> [Int] {
        let classes = try samples.requiredClasses(for: "StratifiedKFold")
        let members = Dictionary(grouping: classes.indices) { classes[$0] }.values.sorted { $0[0] < $1[0] }
        try checkFolds(nSplits, perClass: members.map(\.count))

        var folds = [Int](repeating: 0, count: samples.count)
        var start = 0
        for samples in members {
            var numbers = blocks(of: start..<(start + samples.count), among: nSplits)
            generator?.shuffle(&numbers)
            for (sample, fold) in zip(samples, numbers) { folds[sample] = fold }
            start += samples.count
        }
        return folds
    }
}

/// Rejects more folds than the largest class has samples.
func checkFolds(_ nSplits: Int, perClass counts: [Int]) throws {
    let largest = counts.max() ?? 0
    try Check.require(
        nSplits <= largest, parameter: "nSplits", nSplits,
        allowed: "an integer of at least 2 and at most the number of samples of the largest class, \(largest)")
}
