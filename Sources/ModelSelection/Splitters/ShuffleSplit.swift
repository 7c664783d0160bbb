public import Estimators
import NumPyRandom

/// Random training and test sets, drawn separately for each split.
///
/// Unlike the test sets of ``KFold``, these test sets may overlap.
///
/// ```swift
/// let draws = try ShuffleSplit(nSplits: 3, testSize: 0.25, randomState: 6).split(nSamples: 40)
/// ```
public struct ShuffleSplit: CrossValidator, Equatable, Codable {
    /// The number of splits, at least 1. Default 10.
    public var nSplits: Int
    /// The fraction or the count of test samples; nil for all that are not training samples, or for a tenth if
    /// `trainSize` is nil too. Default nil.
    public var testSize: SplitSize?
    /// The fraction or the count of training samples; nil for all that are not test samples. Default nil.
    public var trainSize: SplitSize?
    /// The seed of the draws; nil for different draws each time.
    public var randomState: UInt32?

    /// Splits with scikit-learn's defaults.
    public init(
        nSplits: Int = 10, testSize: SplitSize? = nil, trainSize: SplitSize? = nil, randomState: UInt32? = nil
    ) {
        (self.nSplits, self.testSize, self.trainSize, self.randomState) = (nSplits, testSize, trainSize, randomState)
    }

    /// Returns the splits of the given samples, in the order of the draws. Only the number of samples is used.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for no split, and for sizes out of range or that leave a side empty.
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
    /// The fraction or the count of test groups; nil for all that are not training groups, or for a fifth if
    /// `trainSize` is nil too. Default nil.
    public var testSize: SplitSize?
    /// The fraction or the count of training groups; nil for all that are not test groups. Default nil.
    public var trainSize: SplitSize?
    /// The seed of the draws; nil for different draws each time.
    public var randomState: UInt32?

    /// Splits with scikit-learn's defaults.
    public init(
        nSplits: Int = 5, testSize: SplitSize? = nil, trainSize: SplitSize? = nil, randomState: UInt32? = nil
    ) {
        (self.nSplits, self.testSize, self.trainSize, self.randomState) = (nSplits, testSize, trainSize, randomState)
    }

    /// Returns the splits of samples with groups. The indices of both sides are in ascending order.
    ///
    /// - Throws: `EstimatorError.invalidInput` if the samples have no groups; `EstimatorError.invalidParameter` for no
    ///   split, and for sizes out of range or that leave a side empty.
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

/// Random training and test sets in which the frequencies of the classes are as close as possible to those in all
/// samples.
///
/// ```swift
/// let draws = try StratifiedShuffleSplit(nSplits: 3, testSize: 0.25, randomState: 6).split(y)
/// ```
public struct StratifiedShuffleSplit: CrossValidator, Equatable, Codable {
    /// The number of splits, at least 1. Default 10.
    public var nSplits: Int
    /// The fraction or the count of test samples; nil for all that are not training samples, or for a tenth if
    /// `trainSize` is nil too. Default nil.
    public var testSize: SplitSize?
    /// The fraction or the count of training samples; nil for all that are not test samples. Default nil.
    public var trainSize: SplitSize?
    /// The seed of the draws; nil for different draws each time.
    public var randomState: UInt32?

    /// Splits with scikit-learn's defaults.
    public init(
        nSplits: Int = 10, testSize: SplitSize? = nil, trainSize: SplitSize? = nil, randomState: UInt32? = nil
    ) {
        (self.nSplits, self.testSize, self.trainSize, self.randomState) = (nSplits, testSize, trainSize, randomState)
    }

    /// Returns the splits of samples with the given classes. If they are rows of indicators, each distinct row counts
    /// as a class.
    ///
    /// - Throws: what ``splits(of:)`` throws.
    public func split<Target: ClassificationTarget>(_ y: [Target]) throws -> [SplitIndices] {
        try checkTargets(y, argument: "y")
        return try splits(count: y.count, strata: y)
    }

    /// Returns the splits of samples with classes, in the order of the draws.
    ///
    /// - Throws: `EstimatorError.invalidInput` if the samples have no classes, or if a class has a single sample;
    ///   `EstimatorError.invalidParameter` for no split, and for sizes out of range or that give a side fewer samples
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
