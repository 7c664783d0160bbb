import Estimators
import LinearAlgebra

extension SplitSamples {
    /// Refuses samples that are none, that memory cannot hold, or that do not pair up with their classes or groups.
    func check() throws {
        guard count >= 1 else {
            throw EstimatorError.invalidParameter(name: "nSamples", value: "\(count)", allowed: "at least 1")
        }
        if let classes { try Check.sameCount(classes.count, argument: "y", as: count, of: "the data") }
        if let groups { try Check.sameCount(groups.count, argument: "groups", as: count, of: "the data") }
        try checkMemory([("nSamples", count)])
    }

    /// The classes, without which the rule named `splitter` cannot work.
    func requiredClasses(for splitter: String) throws -> [Int] {
        guard let classes else {
            throw EstimatorError.invalidInput(
                argument: "y", problem: "must be one class per sample for \(splitter), but there are no classes")
        }
        return classes
    }

    /// The groups, numbered from 0, without which the rule named `splitter` cannot work.
    func requiredGroups(for splitter: String) throws -> [Int] {
        guard let groups else {
            throw EstimatorError.invalidInput(
                argument: "groups", problem: "must be given for \(splitter), but there are none")
        }
        return Int.numbers(of: groups)  // whoever calls may have left gaps
    }
}

/// Refuses numbers of folds that leave a fold empty or nothing to train on.
func checkFolds(_ nSplits: Int, among count: Int, _ unit: String = "samples") throws {
    guard nSplits >= 2, nSplits <= count else {
        throw EstimatorError.invalidParameter(
            name: "nSplits", value: "\(nSplits)",
            allowed: "an integer of at least 2 and at most the number of \(unit), \(count)")
    }
}

/// Refuses a count below `minimum`.
func checkCount(_ value: Int, name: String, atLeast minimum: Int = 1) throws {
    guard value >= minimum else {
        throw EstimatorError.invalidParameter(
            name: name, value: "\(value)", allowed: "an integer of at least \(minimum)")
    }
}

/// Refuses splits whose indices, as many as the product of the factors, do not fit in this machine's memory.
func checkMemory(_ factors: [(name: String, value: Int)]) throws {
    // Each split has two arrays besides its indices, which count where there are many small splits.
    let wordsPerSplit = 12
    var words = 1
    for (position, factor) in factors.enumerated() {
        let isLast = position == factors.count - 1
        let (padded, sumOverflow) = factor.value.addingReportingOverflow(isLast ? wordsPerSplit : 0)
        let (product, overflow) = words.multipliedReportingOverflow(by: padded)
        words = sumOverflow || overflow ? .max : product
    }
    let bytes = PhysicalMemory.bytes ?? 1 << 34
    guard words <= bytes / MemoryLayout<Int>.stride else {
        throw EstimatorError.invalidParameter(
            name: factors.map(\.name).joined(separator: " × "),
            value: factors.map { "\($0.value)" }.joined(separator: " × "),
            allowed: "small enough for all indices to fit in memory")
    }
}
