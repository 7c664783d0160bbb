import Metrics
import Testing

/// Cases in which scikit-learn warns but returns a number.
@Suite("Scores of next to nothing")
struct DegenerateScoreTests {
    @Test func aSingleClass() throws {
        #expect(try precisionScore([0, 0], [0, 0]) == 0)
        #expect(try precisionScore([1, 1], [1, 1]) == 1)
        #expect(try precisionScore(["a", "a"], ["a", "a"]) == 0)
        #expect(try precisionScore(["a", "a"], ["a", "a"], posLabel: "b", zeroDivision: 1) == 1)
        #expect(try balancedAccuracyScore([1, 1], [1, 0], adjusted: true) == -.infinity)
        #expect(try balancedAccuracyScore([1, 1], [1, 1], adjusted: true).isNaN)
        #expect(try matthewsCorrcoef([1, 1], [1, 1]) == 0)
        #expect(try cohenKappaScore([1, 1], [1, 1]).isNaN)
        #expect(try cohenKappaScore([1, 1], [1, 1], replaceUndefinedBy: -1) == -1)
        #expect(try cohenKappaScore([1, 2], [3, 3], labels: [2, 1], weights: .linear).isNaN)
        #expect(try confusionMatrix([1, 1], [1, 1]) == [[2]])
    }

    @Test func noLabels() throws {
        #expect(try precisionScore([0, 1], [0, 1], labels: [], average: .macro).isNaN)
        #expect(try precisionScore([0, 1], [0, 1], labels: [], average: .micro) == 0)
        #expect(try precisionScore([0, 1], [0, 1], labels: [], average: nil) == [])
        #expect(try f1Score([0, 1], [0, 1], labels: [7, 0], average: nil) == [0, 1])
    }

    @Test func nothingIsTrue() throws {
        #expect(try precisionScore([[0, 0]], [[1, 0]], average: .weighted) == 0)
        #expect(try recallScore([[0, 0]], [[1, 0]], average: .weighted, zeroDivision: 1) == 1)
        #expect(try recallScore([[0, 0], [1, 1]], [[1, 0], [1, 0]], average: .samples, zeroDivision: .nan) == 0.5)
        let weights = [1.0, 0]
        let none = try recallScore(
            [[0, 0], [1, 1]], [[1, 0], [1, 0]], average: .samples, sampleWeight: weights, zeroDivision: .nan)
        #expect(none.isNaN)
        #expect(try rocAUCScore([[0, 0], [0, 0]], [[0.3, 0.7], [0.5, 0.5]], average: .weighted) == 0)
        #expect(try averagePrecisionScore([[0, 0], [0, 0]], [[0.3, 0.7], [0.5, 0.5]], average: .samples) == 0)
    }

    /// A label that is listed twice is counted at its last position.
    @Test func repeatedLabels() throws {
        #expect(try confusionMatrix([1, 2], [2, 2], labels: [2, 1, 2]) == [[0, 0, 0], [0, 0, 1], [0, 0, 1]])
        #expect(try precisionScore([0, 1, 2], [2, 1, 0], labels: [1, 7, 1], average: nil) == [1, 0, 1])
    }

    /// A row of one indicator is a label, as in scikit-learn.
    @Test func singleIndicators() throws {
        #expect(try f1Score([[1], [0], [1]], [[1], [1], [1]]) == 0.8)
        #expect(try classificationReport([[1], [0]], [[1], [0]]).accuracy == 1)
        #expect(try rocAUCScore([[0], [1], [1]], [0.3, 0.5, 0.2]) == 0.5)
        #expect(try hammingLoss([[1], [0]], [[1], [1]]) == 0.5)
        #expect(try logLoss([[1], [0]], [0.5, 0.5]) == logLoss([1, 0], [0.5, 0.5]))
    }
}
