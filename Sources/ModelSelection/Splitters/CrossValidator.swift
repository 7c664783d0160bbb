public import Estimators

/// A rule that splits samples into training and test sets, several times.
///
/// An integer is a cross-validator too: the number of folds. The folds are stratified if the targets are classes.
///
/// ```swift
/// try crossValScore(MLPClassifier(), x, y, cv: 5)
/// try crossValScore(MLPClassifier(), x, y, cv: ShuffleSplit(nSplits: 3, testSize: 0.25, randomState: 6))
/// ```
public protocol CrossValidator: Sendable {
    /// Returns the splits of the given samples, each as the indices of its training samples and of its test samples.
    ///
    /// - Throws: `EstimatorError` for parameters out of range, and for samples that cannot be split in this way.
    func splits(of samples: SplitSamples) throws -> [SplitIndices]
}

/// The indices of the training samples and of the test samples of a split.
public typealias SplitIndices = (train: [Int], test: [Int])

/// The information about samples that a ``CrossValidator`` may use.
public struct SplitSamples: Sendable, Equatable {
    /// The number of samples.
    public var count: Int

    /// The class of each sample, numbered from 0 in ascending order of the labels; nil if the targets are not classes.
    public var classes: [Int]?

    /// The group of each sample, numbered from 0 in ascending order; nil if there are no groups.
    public var groups: [Int]?

    /// Creates a description of some samples, optionally with their classes and groups.
    public init(count: Int, classes: [Int]? = nil, groups: [Int]? = nil) {
        (self.count, self.classes, self.groups) = (count, classes, groups)
    }
}

extension CrossValidator {
    /// Returns the splits of `nSamples` samples without classes and groups.
    ///
    /// - Throws: what ``splits(of:)`` throws.
    public func split(nSamples: Int) throws -> [SplitIndices] {
        try splits(of: SplitSamples(count: nSamples))
    }

    /// Returns the splits of samples with the given targets. Rows of indicators do not count as classes.
    ///
    /// - Throws: what ``splits(of:)`` throws.
    public func split<Target: ClassificationTarget>(_ y: [Target]) throws -> [SplitIndices] {
        try splits(of: SplitSamples(count: y.count, classes: Target.isMultilabel ? nil : Target.numbers(of: y)))
    }

    /// Returns the splits of samples of the given groups.
    ///
    /// - Throws: what ``splits(of:)`` throws.
    public func split<Group: ClassLabel>(groups: [Group]) throws -> [SplitIndices] {
        try splits(of: SplitSamples(count: groups.count, groups: Group.numbers(of: groups)))
    }

    /// Returns the splits of samples with the given targets and groups.
    ///
    /// - Throws: `EstimatorError.invalidInput` unless there is one group per target, and what ``splits(of:)`` throws.
    public func split<Target: ClassificationTarget, Group: ClassLabel>(
        _ y: [Target], groups: [Group]
    ) throws -> [SplitIndices] {
        try Check.sameCount(groups.count, argument: "groups", as: y.count, of: "y")
        let classes = Target.isMultilabel ? nil : Target.numbers(of: y)
        return try splits(of: SplitSamples(count: y.count, classes: classes, groups: Group.numbers(of: groups)))
    }
}

extension Int: CrossValidator {
    /// Returns the splits of this number of folds: of ``StratifiedKFold`` if the targets are classes, otherwise of
    /// ``KFold``, without a shuffle.
    ///
    /// - Throws: what those throw.
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        let rule: any CrossValidator = samples.classes == nil ? KFold(nSplits: self) : StratifiedKFold(nSplits: self)
        return try rule.splits(of: samples)
    }
}
