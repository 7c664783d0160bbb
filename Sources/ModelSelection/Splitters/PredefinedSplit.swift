import Estimators

/// Splits by given folds: one fold for each sample.
///
/// ```swift
/// let splits = try PredefinedSplit(testFold: [0, 1, -1, 1]).split()   // the third sample is always for training
/// ```
public struct PredefinedSplit: CrossValidator, Equatable, Codable {
    /// The fold in which each sample is tested; -1 for a sample that is never tested. The splits are in ascending order
    /// of the folds.
    public var testFold: [Int]

    /// Splits by the given folds, one number per sample.
    public init(testFold: [Int]) { self.testFold = testFold }

    /// Returns the splits of the samples of `testFold`.
    ///
    /// - Throws: what ``splits(of:)`` throws.
    public func split() throws -> [SplitIndices] {
        try Check.notEmpty(testFold.count, argument: "testFold")
        return try splits(of: SplitSamples(count: testFold.count))
    }

    /// Returns the splits of the given samples. Only their number is used.
    ///
    /// - Throws: `EstimatorError.invalidInput` if `testFold` has a different number of samples, or contains only -1.
    /// - Complexity: O(samples × folds).
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        try samples.check()
        try Check.sameCount(testFold.count, argument: "testFold", as: samples.count, of: "the data")
        let folds = Set(testFold).subtracting([-1]).sorted()
        try Check.require(!folds.isEmpty, "testFold", "must name at least one fold, but all its elements are -1")
        try checkMemory([("folds", folds.count), ("nSamples", samples.count)])
        return folds.map { fold in splitIndices(count: samples.count) { testFold[$0] == fold } }
    }
}
