import NumPyRandom

/// Folds of consecutive or shuffled samples. Each fold is the test set once.
///
/// The first `n % nSplits` folds have one more sample than the others.
///
/// ```swift
/// let folds = try KFold(nSplits: 5, shuffle: true, randomState: 7).split(nSamples: 150)
/// ```
public struct KFold: CrossValidator, Equatable, Codable {
    /// The number of folds, at least 2. Default 5.
    public var nSplits: Int
    /// Whether to shuffle the samples before they are assigned. Default `false`.
    public var shuffle: Bool
    /// The seed of the shuffle; nil for a different one each time. Must be nil without `shuffle`.
    public var randomState: UInt32?

    /// Folds with scikit-learn's defaults.
    public init(nSplits: Int = 5, shuffle: Bool = false, randomState: UInt32? = nil) {
        (self.nSplits, self.shuffle, self.randomState) = (nSplits, shuffle, randomState)
    }

    /// Returns the splits of the given samples. Only their number is used.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for fewer than 2 folds, for more folds than samples, and for a seed
    ///   without `shuffle`.
    /// - Complexity: O(samples × nSplits).
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        try foldSplits(of: samples, shuffle: shuffle, randomState: randomState)
    }
}

/// Several rounds of ``KFold``, each with its own shuffle.
public struct RepeatedKFold: CrossValidator, Equatable, Codable {
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

    /// Returns the splits of the given samples, round after round. Only the number of samples is used.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for no round, for fewer than 2 folds, and for more folds than
    ///   samples.
    /// - Complexity: O(samples × nSplits × nRepeats).
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        try KFold(nSplits: nSplits).foldSplits(of: samples, nRepeats: nRepeats, randomState: randomState)
    }
}

extension KFold: Folding {
    func folds(of samples: SplitSamples, shuffledBy generator: inout RandomState?) throws -> [Int] {
        blocks(of: samples.count, among: nSplits, shuffledBy: &generator)
    }
}
