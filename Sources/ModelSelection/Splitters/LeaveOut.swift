import Estimators

/// Splits in which each sample is the test set once.
///
/// The number of splits is the number of samples, so the rule suits small data only.
public struct LeaveOneOut: CrossValidator, Equatable, Codable {
    /// A rule without parameters.
    public init() {}

    /// Returns the splits of the given samples. Only their number is used.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for fewer than 2 samples.
    /// - Complexity: O(samples²).
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        try LeavePOut(p: 1).splits(of: samples)
    }
}

/// Splits in which each combination of `p` samples is the test set once, in lexicographic order.
///
/// The number of splits is the binomial coefficient of the number of samples and `p`, which grows fast.
public struct LeavePOut: CrossValidator, Equatable, Codable {
    /// The number of test samples, at least 1 and less than the number of samples.
    public var p: Int

    /// A rule with `p` samples in each test set.
    public init(p: Int) { self.p = p }

    /// Returns the splits of the given samples. Only their number is used.
    ///
    /// - Throws: `EstimatorError.invalidParameter` unless `p` is at least 1 and less than the number of samples.
    /// - Complexity: O(samples × splits).
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        try checkCount(p, name: "p")
        try checkCount(samples.count, name: "nSamples", atLeast: 2)
        try samples.check()
        try Check.require(
            p < samples.count, parameter: "p", p, allowed: "less than the number of samples, \(samples.count)")
        let count = LeavePOut.combinationCount(samples.count, p)
        try checkMemory([("splits", count), ("nSamples", samples.count)])

        var chosen = Array(0..<p)
        var splits: [SplitIndices] = []
        splits.reserveCapacity(count)
        while true {
            var isTest = [Bool](repeating: false, count: samples.count)
            for sample in chosen { isTest[sample] = true }
            splits.append(splitIndices(count: samples.count) { isTest[$0] })
            // Moves the last choice that can move up by one, and puts those after it directly behind it.
            guard let moving = chosen.indices.last(where: { chosen[$0] < samples.count - p + $0 }) else {
                return splits
            }
            let first = chosen[moving] + 1
            for index in moving..<p { chosen[index] = first + index - moving }
        }
    }

    /// The number of choices of `p` from `n`; `Int.max` where it is more than that.
    fileprivate static func combinationCount(_ n: Int, _ p: Int) -> Int {
        var result = 1
        for index in 0..<min(p, n - p) {
            let (product, overflow) = result.multipliedReportingOverflow(by: n - index)
            guard !overflow else { return .max }
            result = product / (index + 1)
        }
        return result
    }
}

/// Splits in which each group is the test set once, in ascending order of the groups.
public struct LeaveOneGroupOut: CrossValidator, Equatable, Codable {
    /// A rule without parameters.
    public init() {}

    /// Returns the splits of samples with groups.
    ///
    /// - Throws: `EstimatorError.invalidInput` if the samples have no groups, or only one group.
    /// - Complexity: O(samples × groups).
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        try samples.check()
        let groups = try samples.requiredGroups(for: "LeaveOneGroupOut")
        let count = (groups.max() ?? -1) + 1
        try Check.require(
            count >= 2, "groups", "must name at least 2 groups for LeaveOneGroupOut, but names \(count)")
        try checkMemory([("groups", count), ("nSamples", samples.count)])
        return (0..<count).map { group in splitIndices(count: samples.count) { groups[$0] == group } }
    }
}

/// Splits in which each combination of `nGroups` groups is the test set once, in lexicographic order of the groups.
///
/// The number of splits is the binomial coefficient of the number of groups and `nGroups`, which grows fast.
public struct LeavePGroupsOut: CrossValidator, Equatable {
    /// The number of groups in each test set, at least 1 and less than the number of groups.
    public var nGroups: Int

    /// A rule with `nGroups` groups in each test set.
    public init(nGroups: Int) { self.nGroups = nGroups }

    /// Returns the splits of samples with groups.
    ///
    /// - Throws: `EstimatorError.invalidInput` if the samples have no groups; `EstimatorError.invalidParameter` unless
    ///   `nGroups` is at least 1 and less than the number of groups.
    /// - Complexity: O(samples × splits).
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        try checkCount(nGroups, name: "nGroups")
        try samples.check()
        let groups = try samples.requiredGroups(for: "LeavePGroupsOut")
        let count = (groups.max() ?? -1) + 1
        try Check.require(
            nGroups < count, parameter: "nGroups", nGroups, allowed: "less than the number of groups, \(count)")
        try checkMemory([("splits", LeavePOut.combinationCount(count, nGroups)), ("nSamples", samples.count)])
        return try LeavePOut(p: nGroups).splits(of: SplitSamples(count: count)).map { choice in
            let tested = Set(choice.test)
            return splitIndices(count: samples.count) { tested.contains(groups[$0]) }
        }
    }
}
