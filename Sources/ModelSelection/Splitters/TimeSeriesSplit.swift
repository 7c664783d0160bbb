import Estimators

/// Test sets that follow their training sets in time, for samples in chronological order.
///
/// The last `nSplits` × `testSize` samples are divided into test sets of `testSize` consecutive samples. Each training
/// set contains all samples before its test set, except those of the gap.
///
/// ```swift
/// let splits = try TimeSeriesSplit(nSplits: 3, testSize: 24, gap: 2).split(nSamples: 365)
/// ```
public struct TimeSeriesSplit: CrossValidator, Equatable, Codable {
    /// The number of splits, at least 2. Default 5.
    public var nSplits: Int
    /// The maximum size of a training set, at least 1; nil for no limit. A limited training set contains the latest
    /// samples. Default nil.
    public var maxTrainSize: Int?
    /// The number of samples of each test set, at least 1; nil for `nSamples / (nSplits + 1)`. Default nil.
    public var testSize: Int?
    /// The number of samples between a training set and its test set that are left out, at least 0. Default 0.
    public var gap: Int

    /// Splits with scikit-learn's defaults.
    public init(nSplits: Int = 5, maxTrainSize: Int? = nil, testSize: Int? = nil, gap: Int = 0) {
        (self.nSplits, self.maxTrainSize, self.testSize, self.gap) = (nSplits, maxTrainSize, testSize, gap)
    }

    /// Returns the splits of the given samples. Only their number is used.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for fewer than 2 splits, for at least as many splits as samples, for
    ///   sizes and gaps below their minimum, and if test sets and gap leave no samples for the first training set.
    /// - Complexity: O(samples × nSplits).
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        try samples.check()
        let count = samples.count
        try Check.require(
            nSplits >= 2 && nSplits < count, parameter: "nSplits", nSplits,
            allowed: "an integer of at least 2 and less than the number of samples, \(count)")
        let testSize = testSize ?? count / (nSplits + 1)
        try checkCount(testSize, name: "testSize")
        try checkCount(gap, name: "gap", atLeast: 0)
        if let maxTrainSize { try checkCount(maxTrainSize, name: "maxTrainSize") }
        // The order of the comparisons avoids overflow.
        try Check.require(
            testSize <= count / nSplits && gap < count - testSize * nSplits, parameter: "nSplits × testSize + gap",
            "\(nSplits) × \(testSize) + \(gap)", allowed: "less than the number of samples, \(count)")
        try checkMemory([("nSplits", nSplits), ("nSamples", min(maxTrainSize ?? count, count - testSize) + testSize)])

        return (0..<nSplits).map { number in
            let testStart = count - (nSplits - number) * testSize
            let trainEnd = testStart - gap
            let trainStart = trainEnd - min(maxTrainSize ?? trainEnd, trainEnd)
            return (Array(trainStart..<trainEnd), Array(testStart..<(testStart + testSize)))
        }
    }
}
