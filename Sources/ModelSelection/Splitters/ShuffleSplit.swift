public import Estimators
import NumPyRandom

/// Random training and test sets, drawn anew for each split.
///
/// Unlike those of ``KFold``, the test sets may overlap.
///
/// ```swift
/// let draws = try ShuffleSplit(nSplits: 3, testSize: 0.25, randomState: 6).split(nSamples: 40)
/// ```
public struct ShuffleSplit: CrossValidator, Equatable, Codable {
    /// The number of splits, at least 1. Default 10.
    public var nSplits: Int
    /// The fraction or the count of test samples; nil for all that `trainSize` leaves, or a tenth. Default nil.
    public var testSize: SplitSize?
    /// The fraction or the count of training samples; nil for all that the test side leaves. Default nil.
    public var trainSize: SplitSize?
    /// The seed of the draws; nil for others every time.
    public var randomState: UInt32?

    /// Splits with scikit-learn's defaults.
    public init(
        nSplits: Int = 10, testSize: SplitSize? = nil, trainSize: SplitSize? = nil, randomState: UInt32? = nil
    ) {
        (self.nSplits, self.testSize, self.trainSize, self.randomState) = (nSplits, testSize, trainSize, randomState)
    }

    /// The splits of the given samples, in the order in which they were drawn; only their number counts.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for no split, and for sizes that are not allowed or leave a side empty.
    /// - Complexity: O(samples × nSplits).
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        try samples.check()
        let size = try splitCounts(
            nSamples: samples.count, testSize: testSize, trainSize: trainSize, defaultTestSize: 0.1)
        return try draw(nSplits, of: size.train + size.test, randomState: randomState) {
            try $0.split(samples.count, nTrain: size.train, nTest: size.test)
        }
    }
}

/// Random training and test sets of whole groups: no group is on both sides of a split.
///
/// ```swift
/// let draws = try GroupShuffleSplit(testSize: 0.25, randomState: 6).split(groups: patients)
/// ```
public struct GroupShuffleSplit: CrossValidator, Equatable, Codable {
    /// The number of splits, at least 1. Default 5.
    public var nSplits: Int
    /// The fraction or the count of test groups; nil for all that `trainSize` leaves, or a fifth. Default nil.
    public var testSize: SplitSize?
    /// The fraction or the count of training groups; nil for all that the test side leaves. Default nil.
    public var trainSize: SplitSize?
    /// The seed of the draws; nil for others every time.
    public var randomState: UInt32?

    /// Splits with scikit-learn's defaults.
    public init(
        nSplits: Int = 5, testSize: SplitSize? = nil, trainSize: SplitSize? = nil, randomState: UInt32? = nil
    ) {
        (self.nSplits, self.testSize, self.trainSize, self.randomState) = (nSplits, testSize, trainSize, randomState)
    }

    /// The splits of samples whose groups are known; both sides in ascending order.
    ///
    /// - Throws: `EstimatorError.invalidInput` where the samples have no groups; `EstimatorError.invalidParameter` for no
    ///   split, and for sizes that are not allowed or leave a side empty.
    /// - Complexity: O(samples × nSplits).
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        try samples.check()
        let groups = try samples.requiredGroups(for: "GroupShuffleSplit")
        let count = (groups.max() ?? -1) + 1
        let size = try splitCounts(
            nSamples: count, testSize: testSize, trainSize: trainSize, defaultTestSize: 0.2, unit: "groups")
        return try draw(nSplits, of: samples.count, randomState: randomState) { generator in
            let chosen = try generator.split(count, nTrain: size.train, nTest: size.test)
            let (train, test) = (Set(chosen.train), Set(chosen.test))
            func members(_ side: Set<Int>) -> [Int] { groups.indices.filter { side.contains(groups[$0]) } }
            return (members(train), members(test))
        }
    }
}

/// Random training and test sets in which each class has, as nearly as can be, the same share as in all samples.
///
/// ```swift
/// let draws = try StratifiedShuffleSplit(nSplits: 3, testSize: 0.25, randomState: 6).split(y)
/// ```
public struct StratifiedShuffleSplit: CrossValidator, Equatable, Codable {
    /// The number of splits, at least 1. Default 10.
    public var nSplits: Int
    /// The fraction or the count of test samples; nil for all that `trainSize` leaves, or a tenth. Default nil.
    public var testSize: SplitSize?
    /// The fraction or the count of training samples; nil for all that the test side leaves. Default nil.
    public var trainSize: SplitSize?
    /// The seed of the draws; nil for others every time.
    public var randomState: UInt32?

    /// Splits with scikit-learn's defaults.
    public init(
        nSplits: Int = 10, testSize: SplitSize? = nil, trainSize: SplitSize? = nil, randomState: UInt32? = nil
    ) {
        (self.nSplits, self.testSize, self.trainSize, self.randomState) = (nSplits, testSize, trainSize, randomState)
    }

    /// The splits of samples with the given classes; each different row of indicators counts as one.
    ///
    /// - Throws: what ``splits(of:)`` throws.
    public func split<Target: ClassificationTarget>(_ y: [Target]) throws -> [SplitIndices] {
        try checkTargets(y, argument: "y")
        return try splits(count: y.count, strata: y)
    }

    /// The splits of samples whose classes are known, in the order in which they were drawn.
    ///
    /// - Throws: `EstimatorError.invalidInput` where the samples have no classes, or a class has a single one;
    ///   `EstimatorError.invalidParameter` for no split, and for sizes that are not allowed, or give a side fewer samples
    ///   than there are classes.
    /// - Complexity: O(samples × nSplits).
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        try samples.check()
        return try splits(count: samples.count, strata: samples.requiredClasses(for: "StratifiedShuffleSplit"))
    }

    private func splits<Stratum: ClassificationTarget>(count: Int, strata: [Stratum]) throws -> [SplitIndices] {
        let size = try splitCounts(nSamples: count, testSize: testSize, trainSize: trainSize, defaultTestSize: 0.1)
        let strata = try StratifiedDraw(strata, nTrain: size.train, nTest: size.test, argument: "y")
        return try draw(nSplits, of: size.train + size.test, randomState: randomState) { try strata.split(using: &$0) }
    }
}

/// Draws `nSplits` splits from one generator, each with at most `indexCount` indices.
private func draw(
    _ nSplits: Int, of indexCount: Int, randomState: UInt32?, split: (inout RandomState) throws -> SplitIndices
) throws -> [SplitIndices] {
    try checkCount(nSplits, name: "nSplits")
    try checkMemory([("nSplits", nSplits), ("nSamples", indexCount)])
    var generator = RandomState(seed: randomState)
    return try (0..<nSplits).map { _ in try split(&generator) }
}
