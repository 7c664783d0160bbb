import Estimators
import NumPyRandom

/// A K-fold rule: it assigns each sample to a fold, and each fold is the test set once.
protocol Folding {
    /// The number of folds.
    var nSplits: Int { get }

    /// The number of each sample's fold.
    ///
    /// - Parameter generator: the generator of the shuffle; nil for no shuffle.
    func folds(of samples: SplitSamples, shuffledBy generator: inout RandomState?) throws -> [Int]
}

extension Folding {
    /// The splits of one round.
    func foldSplits(of samples: SplitSamples, shuffle: Bool, randomState: UInt32?) throws -> [SplitIndices] {
        try Check.require(
            shuffle || randomState == nil, parameter: "randomState", randomState.map { "\($0)" } ?? "nil",
            allowed: "nil where shuffle is false")
        var generator = shuffle ? RandomState(seed: randomState) : nil
        return try round(of: samples, shuffledBy: &generator)
    }

    /// The splits of several rounds, all shuffled by one generator.
    func foldSplits(of samples: SplitSamples, nRepeats: Int, randomState: UInt32?) throws -> [SplitIndices] {
        try checkCount(nRepeats, name: "nRepeats")
        try samples.check()
        try checkFolds(nSplits, among: samples.count)
        try checkMemory([("nSplits", nSplits), ("nRepeats", nRepeats), ("nSamples", samples.count)])
        var generator: RandomState? = RandomState(seed: randomState)
        return try (0..<nRepeats).flatMap { _ in try round(of: samples, shuffledBy: &generator) }
    }

    private func round(of samples: SplitSamples, shuffledBy generator: inout RandomState?) throws -> [SplitIndices] {
        try samples.check()
        try checkFolds(nSplits, among: samples.count)
        try checkMemory([("nSplits", nSplits), ("nSamples", samples.count)])
        let folds = try folds(of: samples, shuffledBy: &generator)
        return (0..<nSplits).map { number in splitIndices(count: samples.count) { folds[$0] == number } }
    }
}

/// The split whose test samples are those that `isTest` chooses; both sides in ascending order.
func splitIndices(count: Int, isTest: (Int) -> Bool) -> SplitIndices {
    var split: SplitIndices = ([], [])
    for sample in 0..<count {
        if isTest(sample) { split.test.append(sample) } else { split.train.append(sample) }
    }
    return split
}

/// The folds of `positions`, of which position `p` belongs to fold `p % nSplits`, in ascending order.
func blocks(of positions: Range<Int>, among nSplits: Int) -> [Int] {
    (0..<nSplits).flatMap { number in
        let dealt = { (end: Int) in (end + nSplits - 1 - number) / nSplits }
        return repeatElement(number, count: dealt(positions.upperBound) - dealt(positions.lowerBound))
    }
}

/// The folds of `count` positions, of which each fold gets a block, at random places where there is a generator.
func blocks(of count: Int, among nSplits: Int, shuffledBy generator: inout RandomState?) -> [Int] {
    var order = Array(0..<count)
    generator?.shuffle(&order)
    var folds = order
    for (position, fold) in zip(order, blocks(of: 0..<count, among: nSplits)) { folds[position] = fold }
    return folds
}
