import Estimators
import Foundation
import Metrics
import TestSupport
import Testing

/// Expects that two numbers agree to 12 digits, NaN agreeing with NaN.
func expectEqual(
    _ value: Double, _ expected: Double, _ comment: Comment?, sourceLocation: SourceLocation = #_sourceLocation
) {
    let agree = value == expected || value.isNaN && expected.isNaN || abs(value - expected) <= 1e-12 * abs(expected)
    #expect(agree, "\(value) is not \(expected): \(comment?.rawValue ?? "")", sourceLocation: sourceLocation)
}

@Suite("Scores equal scikit-learn's")
struct ScikitLearnEqualityTests {
    struct Accuracy: Decodable {
        let labels: [[Int]]?
        let names: [[String]]?
        let indicators: [[[Int]]]?
        let normalize: Bool
        let sampleWeight: [Double]?
        let score: Double

        func result() throws -> Double {
            func score(_ pair: [[some ClassificationTarget]]) throws -> Double {
                try accuracyScore(pair[0], pair[1], normalize: normalize, sampleWeight: sampleWeight)
            }
            if let labels { return try score(labels) }
            if let names { return try score(names) }
            return try score(try #require(indicators))
        }
    }

    @Test func accuracy() throws {
        for test in try fixture("accuracy", in: .module, of: [Accuracy].self) {
            expectEqual(try test.result(), test.score, "\(test)")
        }
    }

    struct Regression: Decodable {
        let outputs: [[[Double]]]
        let sampleWeight: [Double]?
        let meanSquaredError: Double
        let r2: Double
    }

    @Test func regression() throws {
        for test in try fixture("regression", in: .module, of: [Regression].self) {
            let (truth, guess) = (test.outputs[0], test.outputs[1])
            expectEqual(
                try meanSquaredError(truth, guess, sampleWeight: test.sampleWeight), test.meanSquaredError, "\(test)")
            expectEqual(try r2Score(truth, guess, sampleWeight: test.sampleWeight), test.r2, "\(test)")
            guard truth[0].count == 1 else { continue }
            let (numbers, guesses) = (truth.map { $0[0] }, guess.map { $0[0] })
            expectEqual(
                try meanSquaredError(numbers, guesses, sampleWeight: test.sampleWeight), test.meanSquaredError,
                "\(test)")
            expectEqual(try r2Score(numbers, guesses, sampleWeight: test.sampleWeight), test.r2, "\(test)")
        }
    }

    @Test func documentedExamples() throws {
        #expect(try accuracyScore([0, 1, 2, 3], [0, 2, 1, 3]) == 0.5)
        #expect(try meanSquaredError([3, -0.5, 2, 7], [2.5, 0.0, 2, 8]) == 0.375)
        #expect(try meanSquaredError([[0.5, 1], [-1, 1], [7, -6]], [[0, 2], [-1, 2], [8, -5]]) == 17.0 / 24)
    }
}
