public import Estimators

/// A rule that splits samples into training and test sets, several times.
///
/// An integer is a cross-validator too: that number of folds, stratified where the targets are classes.
///
/// ```swift
/// try crossValScore(MLPClassifier(), x, y, cv: 5)
/// try crossValScore(MLPClassifier(), x, y, cv: ShuffleSplit(nSplits: 3, testSize: 0.25, randomState: 6))
/// ```
public protocol CrossValidator: Sendable {
    /// The splits of the given samples, each as the numbers of its training and its test samples.
    ///
    /// - Throws: `EstimatorError` for parameters outside of their range, and for samples that cannot be split this way.
    func splits(of samples: SplitSamples) throws -> [SplitIndices]
}

/// The samples of the two sides of a split, by number.
public typealias SplitIndices = (train: [Int], test: [Int])

/// The information about samples that a ``CrossValidator`` may use.
public struct SplitSamples: Sendable, Equatable {
    /// The number of samples.
    public var count: Int

    /// The class of each sample, numbered from 0 in ascending order of the labels; nil where targets are not classes.
    public var classes: [Int]?

    /// The group of each sample, numbered from 0 in ascending order; nil where there are no groups.
    public var groups: [Int]?

    /// Samples with a known number, and optionally with classes and groups.
    public init(count: Int, classes: [Int]? = nil, groups: [Int]? = nil) {
        (self.count, self.classes, self.groups) = (count, classes, groups)
    }
}

extension CrossValidator {
    /// The splits of `nSamples` samples without classes and groups.
    ///
    /// - Throws: what ``splits(of:)`` throws.
    public func split(nSamples: Int) throws -> [SplitIndices] {
        try splits(of: SplitSamples(count: nSamples))
    }

    /// The splits of samples with the given targets; rows of indicators do not count as classes.
    ///
    /// - Throws: what ``splits(of:)`` throws.
    public func split<Target: ClassificationTarget>(_ y: [Target]) throws -> [SplitIndices] {
        try splits(of: SplitSamples(count: y.count, classes: Target.isMultilabel ? nil : Target.numbers(of: y)))
    }

    /// The splits of samples of the given groups.
    ///
    /// - Throws: what ``splits(of:)`` throws.
    public func split<Group: ClassLabel>(groups: [Group]) throws -> [SplitIndices] {
        try splits(of: SplitSamples(count: groups.count, groups: Group.numbers(of: groups)))
    }

    /// The splits of samples with the given targets and of the given groups.
    ///
    /// - Throws: `EstimatorError.invalidInput` when their numbers differ, and what ``splits(of:)`` throws.
    public func split<Target: ClassificationTarget, Group: ClassLabel>(
        _ y: [Target], groups: [Group]
    ) throws -> [SplitIndices] {
        try Check.sameCount(groups.count, argument: "groups", as: y.count, of: "y")
        let classes = Target.isMultilabel ? nil : Target.numbers(of: y)
        return try splits(of: SplitSamples(count: y.count, classes: classes, groups: Group.numbers(of: groups)))
    }
}

extension Int: CrossValidator {
    /// This number of folds: ``StratifiedKFold`` where the targets are classes, else ``KFold``; neither shuffles.
    ///
    /// - Throws: what those throw.
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        let rule: any CrossValidator = samples.classes == nil ? KFold(nSplits: self) : StratifiedKFold(nSplits: self)
        return try rule.splits(of: samples)
    }
}
