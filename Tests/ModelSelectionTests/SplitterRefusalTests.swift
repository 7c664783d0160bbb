import ModelSelection
import TestSupport
import Testing

private let ten = Array(0..<10)
private let halves = ten.map { $0 % 2 }

private let numbers: [Int] = [.min, -1, 0, 1, 11, .max]

/// Numbers of folds that ten samples of two classes and five groups do not allow.
private let foldRefusals = numbers.flatMap { number in
    [
        Refusal("KFold \(number)", mentions: "nSplits", "\(number)") {
            _ = try KFold(nSplits: number).split(nSamples: 10)
        },
        Refusal("RepeatedKFold \(number)", mentions: "nSplits", "\(number)") {
            _ = try RepeatedKFold(nSplits: number).split(nSamples: 10)
        },
        Refusal("StratifiedKFold \(number)", mentions: "nSplits", "\(number)") {
            _ = try StratifiedKFold(nSplits: number).split(halves)
        },
        Refusal("RepeatedStratifiedKFold \(number)", mentions: "nSplits", "\(number)") {
            _ = try RepeatedStratifiedKFold(nSplits: number).split(halves)
        },
        Refusal("GroupKFold \(number)", mentions: "nSplits", "\(number)") {
            _ = try GroupKFold(nSplits: number).split(groups: ten.map { $0 / 2 })
        },
        Refusal("StratifiedGroupKFold \(number)", mentions: "nSplits", "\(number)") {
            _ = try StratifiedGroupKFold(nSplits: number).split(halves, groups: ten.map { $0 / 2 })
        },
        Refusal("TimeSeriesSplit \(number)", mentions: "nSplits", "\(number)") {
            _ = try TimeSeriesSplit(nSplits: number).split(nSamples: 10)
        },
        Refusal("integer \(number)", mentions: "nSplits", "\(number)") { _ = try number.split(nSamples: 10) },
    ]
}

/// Every cross-validator with its arguments.
private let rules: [(name: String, rule: any CrossValidator)] = [
    ("KFold", KFold(nSplits: 2)), ("StratifiedKFold", StratifiedKFold(nSplits: 2)), ("RepeatedKFold", RepeatedKFold()),
    ("RepeatedStratifiedKFold", RepeatedStratifiedKFold()), ("GroupKFold", GroupKFold(nSplits: 2)),
    ("StratifiedGroupKFold", StratifiedGroupKFold(nSplits: 2)), ("ShuffleSplit", ShuffleSplit()),
    ("StratifiedShuffleSplit", StratifiedShuffleSplit()), ("GroupShuffleSplit", GroupShuffleSplit()),
    ("LeaveOneOut", LeaveOneOut()), ("LeavePOut", LeavePOut(p: 2)), ("LeaveOneGroupOut", LeaveOneGroupOut()),
    ("TimeSeriesSplit", TimeSeriesSplit(nSplits: 2)), ("Int", 2),
]

private let countRefusals = rules.flatMap { name, rule in
    [Int.min, -1, 0, .max].map { count in
        Refusal("\(name) of \(count) samples", mentions: "nSamples", "\(count)") {
            _ = try rule.splits(of: SplitSamples(count: count))
        }
    } + [
        Refusal("\(name) with too few classes", mentions: "y", "3", "10") {
            _ = try rule.splits(of: SplitSamples(count: 10, classes: [0, 1, 1], groups: ten))
        },
        Refusal("\(name) with too many groups", mentions: "groups", "11", "10") {
            _ = try rule.splits(of: SplitSamples(count: 10, classes: halves, groups: Array(0...10)))
        },
    ]
}

private let missingRefusals =
    rules.filter { $0.name.contains("Stratified") }.map { name, rule in
        Refusal("\(name) without classes", mentions: "y", "no classes") {
            _ = try rule.splits(of: SplitSamples(count: 20, groups: (0..<20).map { $0 / 2 }))
        }
    }
    + rules.filter { $0.name.contains("Group") }.map { name, rule in
        Refusal("\(name) without groups", mentions: "groups", name) {
            _ = try rule.splits(of: SplitSamples(count: 10, classes: halves))
        }
    }

private let drawRefusals = [
    Refusal("no draw", mentions: "nSplits", "0") { _ = try ShuffleSplit(nSplits: 0).split(nSamples: 10) },
    Refusal("negative draws", mentions: "nSplits", "-1") { _ = try GroupShuffleSplit(nSplits: -1).split(groups: ten) },
    Refusal("endless draws", mentions: "nSplits", "9223372036854775807") {
        _ = try ShuffleSplit(nSplits: .max).split(nSamples: 10)
    },
    Refusal("endless stratified draws", mentions: "nSplits", "9223372036854775807") {
        _ = try StratifiedShuffleSplit(nSplits: .max, testSize: 4).split(halves)
    },
    Refusal("all as test", mentions: "testSize", "10") { _ = try ShuffleSplit(testSize: 10).split(nSamples: 10) },
    Refusal("more than all as test", mentions: "testSize", "1.5") {
        _ = try ShuffleSplit(testSize: 1.5).split(nSamples: 10)
    },
    Refusal("NaN as training", mentions: "trainSize", "nan") {
        _ = try ShuffleSplit(trainSize: .fraction(.nan)).split(nSamples: 10)
    },
    Refusal("more groups than there are", mentions: "testSize", "groups", "5") {
        _ = try GroupShuffleSplit(testSize: 5).split(groups: ten.map { $0 / 2 })
    },
    Refusal("one group", mentions: "groups", "1") { _ = try GroupShuffleSplit().split(groups: ten.map { _ in "a" }) },
    Refusal("a class of one", mentions: "y", "1 of class rare") {
        _ = try StratifiedShuffleSplit(testSize: 0.3).split(ten.map { $0 == 4 ? "rare" : "common" })
    },
    Refusal("more classes than test samples", mentions: "testSize", "1 samples", "2") {
        _ = try StratifiedShuffleSplit().split(halves)
    },
    Refusal("rows that are no indicators", mentions: "y[9]", "9") {
        _ = try StratifiedShuffleSplit(testSize: 0.3).split(ten.map { [0, $0 == 9 ? 9 : 1] })
    },
    Refusal("no targets", mentions: "y", "empty") { _ = try StratifiedShuffleSplit().split([Int]()) },
]

private let otherRefusals = [
    Refusal("a seed without a shuffle", mentions: "randomState", "7") {
        _ = try KFold(randomState: 7).split(nSamples: 10)
    },
    Refusal("a seed without a shuffle of groups", mentions: "randomState", "0") {
        _ = try GroupKFold(randomState: 0).split(groups: ten)
    },
    Refusal("no round", mentions: "nRepeats", "0") { _ = try RepeatedKFold(nRepeats: 0).split(nSamples: 10) },
    Refusal("endless rounds", mentions: "nRepeats", "9223372036854775807") {
        _ = try RepeatedStratifiedKFold(nRepeats: .max).split(halves)
    },
    Refusal("indicators for strata", mentions: "y", "no classes") {
        _ = try StratifiedKFold(nSplits: 2).split(ten.map { [$0 % 2, 1] })
    },
    Refusal("other groups than targets", mentions: "groups", "2", "10") {
        _ = try StratifiedGroupKFold(nSplits: 2).split(halves, groups: ["a", "b"])
    },
    Refusal("more folds than a class has", mentions: "nSplits", "6", "5") {
        _ = try StratifiedKFold(nSplits: 6).split(halves)
    },
    Refusal("one group to leave out", mentions: "groups", "1") {
        _ = try LeaveOneGroupOut().split(groups: [true, true, true])
    },
    Refusal("one sample to leave out", mentions: "nSamples", "1") { _ = try LeaveOneOut().split(nSamples: 1) },
    Refusal("a million to leave out", mentions: "nSamples", "10000000") {
        _ = try LeaveOneOut().split(nSamples: 10_000_000)
    },
    Refusal("none to leave out", mentions: "p", "0") { _ = try LeavePOut(p: 0).split(nSamples: 10) },
    Refusal("all to leave out", mentions: "p", "10") { _ = try LeavePOut(p: 10).split(nSamples: 10) },
    Refusal("too many choices", mentions: "splits") { _ = try LeavePOut(p: 500).split(nSamples: 1000) },
    Refusal("no test size", mentions: "testSize", "0") { _ = try TimeSeriesSplit(testSize: 0).split(nSamples: 10) },
    Refusal("endless test size", mentions: "testSize", "9223372036854775807") {
        _ = try TimeSeriesSplit(testSize: .max).split(nSamples: 10)
    },
    Refusal("negative gap", mentions: "gap", "-1") { _ = try TimeSeriesSplit(gap: -1).split(nSamples: 10) },
    Refusal("endless gap", mentions: "gap", "9223372036854775807") {
        _ = try TimeSeriesSplit(gap: .max).split(nSamples: 10)
    },
    Refusal("no training", mentions: "gap", "5 × 1 + 5", "10") { _ = try TimeSeriesSplit(gap: 5).split(nSamples: 10) },
    Refusal("no training size", mentions: "maxTrainSize", "0") {
        _ = try TimeSeriesSplit(maxTrainSize: 0).split(nSamples: 10)
    },
    Refusal("no fold", mentions: "testFold", "empty") { _ = try PredefinedSplit(testFold: []).split() },
    Refusal("training folds only", mentions: "testFold", "-1") { _ = try PredefinedSplit(testFold: [-1, -1]).split() },
    Refusal("other folds than samples", mentions: "testFold", "2", "3") {
        _ = try PredefinedSplit(testFold: [0, 1]).split(nSamples: 3)
    },
]

@Suite("Cross-validators refuse what they cannot use")
struct SplitterRefusalTests {
    @Test(arguments: foldRefusals) func folds(_ refusal: Refusal) { refusal.check() }
    @Test(arguments: countRefusals) func counts(_ refusal: Refusal) { refusal.check() }
    @Test(arguments: missingRefusals) func missing(_ refusal: Refusal) { refusal.check() }
    @Test(arguments: drawRefusals) func draws(_ refusal: Refusal) { refusal.check() }
    @Test(arguments: otherRefusals) func others(_ refusal: Refusal) { refusal.check() }
}
