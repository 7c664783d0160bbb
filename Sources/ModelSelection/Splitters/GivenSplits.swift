import Estimators

/// Splits that were made elsewhere, each as the indices of its training samples and of its test samples. scikit-learn
/// takes such splits as an iterable.
///
/// ```swift
/// let halves = GivenSplits([(train: Array(0..<75), test: Array(75..<150)), (train: Array(75..<150), test: Array(0..<75))])
/// try crossValScore(MLPClassifier(), x, y, cv: halves)
/// ```
public struct GivenSplits: CrossValidator {
    /// The splits.
    public var given: [SplitIndices]

    /// Creates a cross-validator that returns the given splits.
    public init(_ splits: [SplitIndices]) { given = splits }

    /// Returns the given splits.
    ///
    /// - Throws: `EstimatorError.invalidInput` if there are no splits, or if they contain indices without a sample.
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        try samples.check()
        try Check.require(!given.isEmpty, "splits", "must be at least one, but there is none")
        for (number, split) in given.enumerated() {
            let bad = (split.train + split.test).first { !(0..<samples.count).contains($0) }
            try Check.require(
                bad == nil, "splits[\(number)]",
                "must name samples 0 to \(samples.count - 1) only, but names \(bad ?? 0)")
        }
        return given
    }
}
