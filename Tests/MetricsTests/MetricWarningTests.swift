import Estimators
import LinearAlgebra
import Metrics
import TestSupport
import Testing

/// What scikit-learn warns of, as one line of the log.
@Suite struct MetricWarningTests {
    private static func one(
        _ mentions: String..., sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
    ) throws {
        let lines = try LogRecorder.lines { try body() }
        #expect(lines.count == 1, "\(lines)", sourceLocation: sourceLocation)
        for mention in mentions {
            #expect(lines.first?.contains(mention) == true, "\(lines)", sourceLocation: sourceLocation)
        }
    }

    private static func none(
        sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
    ) throws {
        #expect(try LogRecorder.lines { try body() }.isEmpty, sourceLocation: sourceLocation)
    }

    @Test func labelsOutOfOrder() throws {
        let p: Matrix<Double> = [[1, 0], [0, 1]]
        try Self.one("dog, cat", "cat, dog") { _ = try logLoss(["dog", "cat"], p, labels: ["dog", "cat"]) }
        try Self.one("dog, cat") { _ = try brierScoreLoss(["dog", "cat"], p, labels: ["dog", "cat"]) }
        try Self.none { _ = try logLoss(["dog", "cat"], p, labels: ["cat", "dog"]) }
    }

    @Test func rowsThatDoNotSumToOne() throws {
        try Self.one("row 1", "0.75") { _ = try logLoss([0, 1], [[0.5, 0.5], [0.5, 0.25]] as Matrix<Double>) }
        try Self.one("row 0", "sum to 1") {
            _ = try brierScoreLoss([0, 1], [[0.5, 0.6], [0.5, 0.5]] as Matrix<Double>)
        }
        try Self.none { _ = try logLoss([0, 1], [[0.1 + 0.2, 0.7], [0.5, 0.5]] as Matrix<Double>) }
        try Self.none { _ = try logLoss([0, 1], [[0.3, 0.7], [0.49999, 0.50001]] as Matrix<Float>) }
        try Self.none { _ = try logLoss([[1, 1], [0, 1]], [[0.9, 0.9], [0.1, 0.8]] as Matrix<Double>) }
    }

    @Test func zeroDivision() throws {
        let (truth, guess) = ([0, 1, 2], [0, 0, 2])
        try Self.one("Precision of classes without predictions") {
            _ = try precisionScore(truth, guess, average: .macro)
        }
        try Self.one("Precision of classes") { _ = try precisionScore(truth, guess, average: nil) }
        try Self.one("Recall of classes without true samples") { _ = try recallScore(guess, truth, average: .weighted) }
        try Self.one("Recall without true samples") { _ = try recallScore([0, 0], [0, 1]) }
        try Self.one("The F score", "true samples and predictions") { _ = try f1Score([0, 0], [0, 0]) }
        try Self.one("The F score") {
            _ = try fbetaScore([0, 1], [0, 1], beta: 2, labels: [0, 1, 5], average: .macro)
        }
        try Self.one("The Jaccard score") { _ = try jaccardScore([0, 0], [0, 0]) }
        try Self.one("of samples") { _ = try recallScore([[0, 0], [1, 0]], [[0, 1], [1, 0]], average: .samples) }
        for value in [0, 1, Double.nan] {
            try Self.none { _ = try precisionScore(truth, guess, average: .macro, zeroDivision: value) }
            try Self.none { _ = try classificationReport(truth, guess, zeroDivision: value) }
        }
        try Self.none { _ = try f1Score(truth, guess, average: .macro) }
        // One line for all lines and averages of a report.
        try Self.one("Precision of classes") { _ = try classificationReport(truth, guess) }
    }

    @Test func optionsWithoutEffect() throws {
        try Self.one("posLabel 2") { _ = try f1Score([1, 2], [1, 2], posLabel: 2, average: .macro) }
        try Self.none { _ = try f1Score([1, 2], [1, 2], posLabel: 1, average: .macro) }
        try Self.one("k = 2", "2 classes") { _ = try topKAccuracyScore([0, 1], [0.2, 0.8]) }
        try Self.none { _ = try topKAccuracyScore([0, 1], [0.2, 0.8], k: 1) }
        try Self.one("single class") { _ = try confusionMatrix([1, 1], [1, 1]) }
        try Self.none { _ = try confusionMatrix([1, 1], [1, 1], labels: [0, 1]) }
    }

    @Test func scoresThatAreUndefined() throws {
        try Self.one("ROC curve") { _ = try rocAUCScore([1, 1], [0.1, 0.2]) }
        try Self.one("false positive rate", "negative") { _ = try rocCurve([1, 1], [0.1, 0.2]) }
        try Self.one("true positive rate", "positive") { _ = try rocCurve([0, 0], [0.1, 0.2]) }
        try Self.one("Recall is set to 1") { _ = try precisionRecallCurve([0, 0], [0.1, 0.2]) }
        try Self.one("Recall is set to 1") { _ = try averagePrecisionScore([0, 0], [0.1, 0.2]) }
        try Self.one("R²", "single sample") { _ = try r2Score([1.0], [1.0]) }
        try Self.one("kappa", "nan", "one label") { _ = try cohenKappaScore([1, 1], [1, 1]) }
        try Self.one("Balanced accuracy") { _ = try balancedAccuracyScore([0, 0], [0, 1]) }
        try Self.none {
            _ = try rocAUCScore([0, 1], [0.1, 0.2])
            _ = try rocCurve([0, 1], [0.1, 0.2])
            _ = try precisionRecallCurve([0, 1], [0.1, 0.2])
            _ = try r2Score([1.0, 2], [1.0, 2])
            _ = try cohenKappaScore([1, 0], [1, 0])
            _ = try balancedAccuracyScore([0, 1], [0, 1])
        }
    }
}
