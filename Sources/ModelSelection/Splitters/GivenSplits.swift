import Estimators

/// Splits that were made elsewhere, each as the numbers of its training and its test samples: what scikit-learn takes as an
/// iterable.
///
/// ```swift
/// let halves = GivenSplits([(train: Array(0..<75), test: Array(75..<150)), (train: Array(75..<150), test: Array(0..<75))])
/// try crossValScore(MLPClassifier(), x, y, cv: halves)
/// ```
public struct GivenSplits: CrossValidator {
    /// The splits.
    public var given: [SplitIndices]

    /// The given splits, whatever the samples.
    public init(_ splits: [SplitIndices]) { given = splits }

    /// The given splits.
    ///
    /// - Throws: `EstimatorError.invalidInput` when there are none, or when they name samples that there are not.
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        try samples.check()
        guard !given.isEmpty else {
            throw EstimatorError.invalidInput(argument: "splits", problem: "must be at least one, but there is none")
        }
        for (number, split) in given.enumerated() {
            guard let bad = (split.train + split.test).first(where: { !(0..<samples.count).contains($0) }) else {
                continue
            }
            throw EstimatorError.invalidInput(
                argument: "splits[\(number)]",
                problem: "must name samples 0 to \(samples.count - 1) only, but names \(bad)")
        }
        return given
    }
}
