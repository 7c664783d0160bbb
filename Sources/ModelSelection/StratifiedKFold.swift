public import Estimators

/// Folds in which each class has, as nearly as can be, the same share as in all samples.
public struct StratifiedKFold: CrossValidator, Equatable {
    /// The number of folds, at least 2. Default 5.
    public var nSplits: Int
    /// Whether to shuffle the samples of each class before they are dealt. Default `false`.
    public var shuffle: Bool
    /// The seed of the shuffle; nil for another every time. Only used with `shuffle`.
    public var randomState: UInt32?

    /// Folds with scikit-learn's defaults.
    public init(nSplits: Int = 5, shuffle: Bool = false, randomState: UInt32? = nil) {
        self.nSplits = nSplits
        self.shuffle = shuffle
        self.randomState = randomState
    }

    /// The splits of samples with the given classes.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for fewer than 2 folds, or more than the samples of every class.
    public func split<Target: ClassificationTarget>(_ y: [Target]) throws -> [SplitIndices] {
        try splits(of: SplitSamples(count: y.count, classes: Target.numbers(of: y)))
    }

    /// The splits of samples whose classes are known.
    ///
    /// - Throws: what ``split(_:)`` throws, and an error where the samples have no classes.
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        throw EstimatorError.notSupported("StratifiedKFold")
    }
}
