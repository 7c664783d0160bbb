import Estimators

/// Test sets that follow their training sets in time: samples are taken to be in order.
///
/// The test sets are the last `nSplits` stretches of `testSize` samples; each training set is what comes before, less the
/// gap.
///
/// ```swift
/// let splits = try TimeSeriesSplit(nSplits: 3, testSize: 24, gap: 2).split(nSamples: 365)
/// ```
public struct TimeSeriesSplit: CrossValidator, Equatable {
    /// The number of splits, at least 2. Default 5.
    public var nSplits: Int
    /// The most samples of a training set, the latest ones being kept, at least 1; nil for no limit. Default nil.
    public var maxTrainSize: Int?
    /// The number of samples of each test set, at least 1; nil for `nSamples / (nSplits + 1)`. Default nil.
    public var testSize: Int?
    /// How many samples to leave out between training and test, at least 0. Default 0.
    public var gap: Int

    /// Splits with scikit-learn's defaults.
    public init(nSplits: Int = 5, maxTrainSize: Int? = nil, testSize: Int? = nil, gap: Int = 0) {
        self.nSplits = nSplits
        self.maxTrainSize = maxTrainSize
        self.testSize = testSize
        self.gap = gap
    }

    /// The splits of the given samples; only their number counts.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for fewer than 2 splits, for as many as samples or more, for sizes and
    ///   gaps below their minimum, and where all together leaves nothing for the first training set.
    /// - Complexity: O(samples × nSplits).
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        try samples.check()
        let count = samples.count
        guard nSplits >= 2, nSplits < count else {
            throw EstimatorError.invalidParameter(
                name: "nSplits", value: "\(nSplits)",
                allowed: "an integer of at least 2 and less than the number of samples, \(count)")
        }
        let testSize = testSize ?? count / (nSplits + 1)
        try checkCount(testSize, name: "testSize")
        try checkCount(gap, name: "gap", atLeast: 0)
        if let maxTrainSize { try checkCount(maxTrainSize, name: "maxTrainSize") }
        // The order of the comparisons keeps clear of overflow.
        guard testSize <= count / nSplits, gap < count - testSize * nSplits else {
            throw EstimatorError.invalidParameter(
                name: "nSplits × testSize + gap", value: "\(nSplits) × \(testSize) + \(gap)",
                allowed: "less than the number of samples, \(count)")
        }
        try checkMemory([("nSplits", nSplits), ("nSamples", min(maxTrainSize ?? count, count - testSize) + testSize)])

        return (0..<nSplits).map { number in
            let testStart = count - (nSplits - number) * testSize
            let trainEnd = testStart - gap
            let trainStart = trainEnd - min(maxTrainSize ?? trainEnd, trainEnd)
            return (Array(trainStart..<trainEnd), Array(testStart..<(testStart + testSize)))
        }
    }
}
