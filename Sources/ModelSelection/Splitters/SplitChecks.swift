import Estimators
import LinearAlgebra

extension SplitSamples {
    /// Rejects an empty set of samples, one that does not fit in memory, and classes or groups of another number.
    func check() throws {
        try Check.require(count >= 1, parameter: "nSamples", count, allowed: "at least 1")
        if let classes { try Check.sameCount(classes.count, argument: "y", as: count, of: "the data") }
        if let groups { try Check.sameCount(groups.count, argument: "groups", as: count, of: "the data") }
        try checkMemory([("nSamples", count)])
    }

    /// The classes, which the rule named `splitter` requires.
    func requiredClasses(for splitter: String) throws -> [Int] {
        try Check.require(
            classes != nil, "y", "must be one class per sample for \(splitter), but there are no classes")
        return classes ?? []
    }

    /// The groups, numbered from 0, which the rule named `splitter` requires.
    func requiredGroups(for splitter: String) throws -> [Int] {
        try Check.require(groups != nil, "groups", "must be given for \(splitter), but there are none")
        return Int.numbers(of: groups ?? [])  // the caller may have left gaps
    }
}

/// Rejects numbers of folds that leave a fold empty or nothing to train on.
func checkFolds(_ nSplits: Int, among count: Int, _ unit: String = "samples") throws {
    try Check.require(
        nSplits >= 2 && nSplits <= count, parameter: "nSplits", nSplits,
        allowed: "an integer of at least 2 and at most the number of \(unit), \(count)")
}

/// Rejects a count below `minimum`.
func checkCount(_ value: Int, name: String, atLeast minimum: Int = 1) throws {
    try Check.require(value >= minimum, parameter: name, value, allowed: "an integer of at least \(minimum)")
}

/// Rejects splits whose indices, as many as the product of the factors, do not fit in this machine's memory.
func checkMemory(_ factors: [(name: String, value: Int)]) throws {
    // Each split has two arrays beside its indices, which matter where there are many small splits.
    let wordsPerSplit = 12
    var words = 1
    for (position, factor) in factors.enumerated() {
        let isLast = position == factors.count - 1
        let (padded, sumOverflow) = factor.value.addingReportingOverflow(isLast ? wordsPerSplit : 0)
        let (product, overflow) = words.multipliedReportingOverflow(by: padded)
        words = sumOverflow || overflow ? .max : product
    }
    let bytes = PhysicalMemory.bytes ?? 1 << 34
    try Check.require(
        words <= bytes / MemoryLayout<Int>.stride, parameter: factors.map(\.name).joined(separator: " × "),
        factors.map { "\($0.value)" }.joined(separator: " × "), allowed: "small enough for all indices to fit in memory"
    )
}

/// A rule that does not look at the groups of samples.
protocol IgnoringGroups: CrossValidator {}

extension Int: IgnoringGroups {}
extension KFold: IgnoringGroups {}
extension RepeatedKFold: IgnoringGroups {}
extension StratifiedKFold: IgnoringGroups {}
extension RepeatedStratifiedKFold: IgnoringGroups {}
extension ShuffleSplit: IgnoringGroups {}
extension StratifiedShuffleSplit: IgnoringGroups {}
extension LeaveOneOut: IgnoringGroups {}
extension LeavePOut: IgnoringGroups {}
extension PredefinedSplit: IgnoringGroups {}
extension TimeSeriesSplit: IgnoringGroups {}

/// Warns of classes with fewer samples than there are folds.
func warnOfSmallClasses(_ nSplits: Int, in samples: SplitSamples) {
    guard let classes = samples.classes else { return }
    let least = Dictionary(grouping: classes) { $0 }.values.map(\.count).min() ?? nSplits
    guard least < nSplits else { return }
    FitWarnings.warn(
        "The smallest class has \(least) \(least == 1 ? "sample" : "samples"), fewer than nSplits = \(nSplits): "
            + "some test sides lack it.", kind: "The smallest class has fewer samples than nSplits")
}
