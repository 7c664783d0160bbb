import Estimators
import Foundation
import ModelSelection
import TestSupport
import Testing

@Suite("Cross-validators equal scikit-learn's, index for index")
struct SplitterEqualityTests {
    /// The splits of scikit-learn's cross-validator; no count if it raised an error.
    struct Case: Decodable {
        enum Kind: String, Decodable { case int, string, bool }

        let splitter: String
        let n: Int
        /// One letter per sample.
        let y: String?
        let groups: String?
        let kind: Kind?

        let nSplits: Int?
        let nRepeats: Int?
        let shuffle: Bool?
        let seed: UInt32?
        let test: String?
        let train: String?
        let maxTrain: Int?
        let gap: Int?
        let p: Int?
        let fold: [Int]?

        let count: Int?
        let hash: String?
        let splits: [[[Int]]]?

        /// The cross-validator; its defaults apply to missing parameters.
        func validator() throws -> any CrossValidator {
            switch splitter {
            case "KFold": return KFold(nSplits: nSplits ?? 5, shuffle: shuffle ?? false, randomState: seed)
            case "RepeatedKFold":
                return RepeatedKFold(nSplits: nSplits ?? 5, nRepeats: nRepeats ?? 10, randomState: seed)
            case "StratifiedKFold":
                return StratifiedKFold(nSplits: nSplits ?? 5, shuffle: shuffle ?? false, randomState: seed)
            case "RepeatedStratifiedKFold":
                return RepeatedStratifiedKFold(nSplits: nSplits ?? 5, nRepeats: nRepeats ?? 10, randomState: seed)
            case "GroupKFold": return GroupKFold(nSplits: nSplits ?? 5, shuffle: shuffle ?? false, randomState: seed)
            case "StratifiedGroupKFold":
                return StratifiedGroupKFold(nSplits: nSplits ?? 5, shuffle: shuffle ?? false, randomState: seed)
            case "ShuffleSplit":
                var validator = ShuffleSplit(testSize: try size(test), trainSize: try size(train), randomState: seed)
                validator.nSplits = nSplits ?? validator.nSplits
                return validator
            case "StratifiedShuffleSplit":
                var validator = StratifiedShuffleSplit(
                    testSize: try size(test), trainSize: try size(train), randomState: seed)
                validator.nSplits = nSplits ?? validator.nSplits
                return validator
            case "GroupShuffleSplit":
                var validator = GroupShuffleSplit(
                    testSize: try size(test), trainSize: try size(train), randomState: seed)
                validator.nSplits = nSplits ?? validator.nSplits
                return validator
            case "TimeSeriesSplit":
                return TimeSeriesSplit(
                    nSplits: nSplits ?? 5, maxTrainSize: maxTrain, testSize: test.flatMap { Int($0) }, gap: gap ?? 0)
            case "LeaveOneOut": return LeaveOneOut()
            case "LeavePOut": return LeavePOut(p: try #require(p))
            case "LeaveOneGroupOut": return LeaveOneGroupOut()
            case "PredefinedSplit": return PredefinedSplit(testFold: try #require(fold))
            default:
                Issue.record("no cross-validator is called \(splitter)")
                return KFold()
            }
        }

        /// Expects the same splits in the same order, or the same error.
        func expectEqual() throws {
            let validator = try validator()
            switch kind ?? .int {
            case .int:
                try expectEqual(
                    validator, classes: ["a": 10, "b": -3, "c": 7, "d": 0, "e": 100],
                    groupOf: { Int($0.asciiValue ?? 0) * 31 % 101 })
            case .string:
                try expectEqual(
                    validator, classes: ["a": "zebra", "b": "Ähre", "c": "Zebra", "d": "ähre", "e": "zebra 2"],
                    groupOf: { String($0) })
            case .bool:
                try expectEqual(
                    validator, classes: ["a": true, "b": false, "c": true, "d": false, "e": true],
                    groupOf: { String($0) })
            }
        }

        private func expectEqual(
            _ validator: any CrossValidator, classes: [Character: some ClassificationTarget],
            groupOf: (Character) -> some ClassLabel
        ) throws {
            let y = try y?.map { try #require(classes[$0]) }
            let groups = groups?.map(groupOf)
            func split() throws -> [SplitIndices] {
                switch (y, groups) {
                case (nil, nil): try validator.split(nSamples: n)
                case (let y?, nil): try validator.split(y)
                case (nil, let groups?): try validator.split(groups: groups)
                case (let y?, let groups?): try validator.split(y, groups: groups)
                }
            }
            guard let hash else {
                #expect(throws: EstimatorError.self, "\(self)") { try split() }
                return
            }
            let found = try split()
            #expect(found.count == count, "\(self)")
            #expect(
                fingerprint(found.flatMap { [$0.train.count, $0.test.count] + $0.train + $0.test }) == hash, "\(self)")
            if let splits { #expect(found.map { [$0.train, $0.test] } == splits, "\(self)") }
        }
    }

    @Test func splitters() throws {
        for test in try fixture("splitters", in: .module, of: [Case].self) {
            try test.expectEqual()
        }
    }
}
