import Estimators
import NumPyRandom

/// Folds of consecutive or shuffled samples, each of which is the test set once.
///
/// The first `n % nSplits` folds have one sample more than the others.
public struct KFold: CrossValidator, Equatable {
    /// The number of folds, at least 2. Default 5.
    public var nSplits: Int
    /// Whether to shuffle the samples before they are dealt. Default `false`.
    public var shuffle: Bool
    /// The seed of the shuffle; nil for another every time. Only used with `shuffle`.
    public var randomState: UInt32?

    /// Folds with scikit-learn's defaults.
    public init(nSplits: Int = 5, shuffle: Bool = false, randomState: UInt32? = nil) {
        self.nSplits = nSplits
        self.shuffle = shuffle
        self.randomState = randomState
    }

    /// The splits of `nSamples` samples.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for fewer than 2 folds or more than samples.
    /// - Complexity: O(nSamples × nSplits).
    public func split(nSamples: Int) throws -> [SplitIndices] {
        try checkFolds(nSplits, samples: nSamples)
        var samples = Array(0..<nSamples)
        if shuffle {
            var generator = RandomState(seed: randomState)
            generator.shuffle(&samples)
        }
        var fold = [Int](repeating: 0, count: nSamples)
        var start = 0
        for number in 0..<nSplits {
            let size = nSamples / nSplits + (number < nSamples % nSplits ? 1 : 0)
            for sample in samples[start..<(start + size)] { fold[sample] = number }
            start += size
        }
        return foldSplits(fold, count: nSplits)
    }

    /// The splits of the given samples; only their number counts.
    ///
    /// - Throws: what ``split(nSamples:)`` throws.
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] { try split(nSamples: samples.count) }
}

/// Refuses numbers of folds that leave a fold empty or nothing to train on.
func checkFolds(_ nSplits: Int, samples: Int) throws {
    guard nSplits >= 2, nSplits <= samples else {
        throw EstimatorError.invalidParameter(
            name: "nSplits", value: "\(nSplits)",
            allowed: "an integer of at least 2 and at most the number of samples, \(samples)")
    }
}

/// The splits in which each fold is the test set once, its samples in ascending order.
func foldSplits(_ fold: [Int], count: Int) -> [SplitIndices] {
    (0..<count).map { number in
        (fold.indices.filter { fold[$0] != number }, fold.indices.filter { fold[$0] == number })
    }
}
