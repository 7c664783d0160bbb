import Estimators
import Foundation
import TestSupport
import Testing

@testable import ModelSelection

/// scikit-learn's split; nothing if it raised an error.
private protocol StoredSplit {
    var counts: [Int]? { get }
    var hash: String? { get }
    var indices: [[Int]]? { get }
}

extension StoredSplit {
    /// Expects the same samples on both sides in the same order, or the same error.
    func expectEqual(
        sourceLocation: SourceLocation = #_sourceLocation, _ split: () throws -> (train: [Int], test: [Int])
    ) throws {
        guard let counts, let hash else {
            #expect(throws: EstimatorError.self, "\(self)", sourceLocation: sourceLocation) { try split() }
            return
        }
        let (train, test) = try split()
        #expect([train.count, test.count] == counts, "\(self)", sourceLocation: sourceLocation)
        #expect(fingerprint(train + test) == hash, "\(self)", sourceLocation: sourceLocation)
        if let indices {
            #expect([train, test] == indices, "\(self)", sourceLocation: sourceLocation)
        }
    }
}

@Suite("trainTestSplit equals scikit-learn's, index for index")
struct ScikitLearnEqualityTests {
    struct Split: Decodable, StoredSplit {
        let n: Int
        let test: String?
        let train: String?
        let seed: UInt32?
        let shuffle: Bool?
        let counts: [Int]?
        let hash: String?
        let indices: [[Int]]?
    }

    @Test func splits() throws {
        for test in try fixture("splits", in: .module, of: [Split].self) {
            try test.expectEqual {
                try trainTestSplit(
                    Array(0..<test.n), testSize: size(test.test), trainSize: size(test.train), randomState: test.seed,
                    shuffle: test.shuffle ?? true)
            }
        }
    }

    struct StratifiedSplit: Decodable, StoredSplit {
        enum Kind: String, Decodable { case int, string, bool, indicators }

        /// One letter per sample; nil for those of the previous case.
        let strata: String?
        let kind: Kind
        let seed: UInt32
        let test: String?
        let train: String?
        let counts: [Int]?
        let hash: String?
        let indices: [[Int]]?

        func expectEqual(_ strata: String) throws {
            func check(_ classes: [Character: some ClassificationTarget]) throws {
                let stratify = try strata.map { try #require(classes[$0]) }
                try expectEqual {
                    try trainTestSplit(
                        Array(stratify.indices), testSize: size(test), trainSize: size(train), randomState: seed,
                        stratify: stratify)
                }
            }
            switch kind {
            case .int: try check(["a": 10, "b": -3, "c": 7, "d": 0, "e": 100])
            case .string: try check(["a": "zebra", "b": "Ähre", "c": "Zebra", "d": "ähre", "e": "zebra 2"])
            case .bool: try check(["a": true, "b": false, "c": true, "d": false, "e": true])
            case .indicators:
                try check(["a": [1, 0, 0], "b": [0, 1, 1], "c": [0, 0, 0], "d": [1, 1, 1], "e": [0, 1, 0]])
            }
        }
    }

    @Test func stratifiedSplits() throws {
        var strata = ""
        for test in try fixture("stratified_splits", in: .module, of: [StratifiedSplit].self) {
            strata = test.strata ?? strata
            try test.expectEqual(strata)
        }
    }
}
