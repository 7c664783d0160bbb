import Estimators
import LinearAlgebra
import Metrics
import TestSupport
import Testing

/// Arguments that every score of labels and numbers rejects.
private func scoreRefusals(
    _ name: String, argument: String = "yScore",
    of score: @escaping @Sendable ([Int], [Double], [Double]?) throws -> Void
) -> [Refusal] {
    [
        Refusal("\(name): no samples", mentions: "yTrue", "empty") { try score([], [], nil) },
        Refusal("\(name): fewer scores", mentions: argument, "1") { try score([0, 1], [0.5], nil) },
        Refusal("\(name): score NaN", mentions: "\(argument)[1", "nan") { try score([0, 1], [0.5, .nan], nil) },
        Refusal("\(name): infinite score", mentions: "\(argument)[0", "inf") {
            try score([0, 1], [.infinity, 1], nil)
        },
        Refusal("\(name): fewer weights", mentions: "sampleWeight", "1") { try score([0, 1], [0.5, 0.5], [1]) },
        Refusal("\(name): negative weight", mentions: "sampleWeight[0]", "-1") {
            try score([0, 1], [0.5, 0.5], [-1, 2])
        },
        Refusal("\(name): no weight at all", mentions: "sampleWeight", "0.0") {
            try score([0, 1], [0.5, 0.5], [0, 0])
        },
    ]
}

private let common: [Refusal] =
    scoreRefusals("rocCurve") { _ = try rocCurve($0, $1, sampleWeight: $2) }
    + scoreRefusals("precisionRecallCurve") { _ = try precisionRecallCurve($0, $1, sampleWeight: $2) }
    + scoreRefusals("rocAUCScore") { _ = try rocAUCScore($0, $1, sampleWeight: $2) }
    + scoreRefusals("averagePrecisionScore") { _ = try averagePrecisionScore($0, $1, sampleWeight: $2) }
    + scoreRefusals("topKAccuracyScore") { _ = try topKAccuracyScore($0, $1, k: 1, sampleWeight: $2) }
    + scoreRefusals("logLoss", argument: "yProba") { _ = try logLoss($0, $1, sampleWeight: $2) }
    + scoreRefusals("brierScoreLoss", argument: "yProba") { _ = try brierScoreLoss($0, $1, sampleWeight: $2) }

private let three = [0, 1, 2]
private let proba: Matrix<Double> = [[0.5, 0.25, 0.25], [0, 1, 0], [0.125, 0.125, 0.75]]
private let rows = [[0, 1], [1, 0], [1, 1]]

private let options: [Refusal] = [
    Refusal("labels 1 and 2", mentions: "posLabel", "nil", "1, 2") { _ = try rocCurve([1, 2], [0.1, 0.2]) },
    Refusal("names", mentions: "posLabel", "nil", "a, b") { _ = try precisionRecallCurve(["a", "b"], [0.1, 0.2]) },
    Refusal("three classes", mentions: "yTrue", "3") { _ = try rocCurve(three, [0.1, 0.2, 0.3]) },
    Refusal("two columns", mentions: "yScore", "2") { _ = try rocCurve([0, 1], [[0.1, 0.9], [0.2, 0.8]]) },
    Refusal("area of two columns", mentions: "yScore", "2") {
        _ = try rocAUCScore([0, 1], [[0.1, 0.9], [0.2, 0.8]])
    },
    Refusal("not chosen", mentions: "multiClass", ".raise", ".ovo") { _ = try rocAUCScore(three, proba) },
    Refusal("no sum of 1", mentions: "yScore", "row 1", "2.0") {
        _ = try rocAUCScore(three, [[0.5, 0.5, 0], [1, 1, 0], [0, 0, 1]], multiClass: .ovr)
    },
    Refusal("one column", mentions: "yScore", "3", "1") { _ = try rocAUCScore(three, [1.0, 1, 1], multiClass: .ovr) },
    Refusal("binary average", mentions: "average", ".binary") {
        _ = try rocAUCScore([0, 1], [0.1, 0.2], average: .binary)
    },
    Refusal("average of samples", mentions: "average", ".samples") {
        _ = try rocAUCScore(three, proba, average: .samples, multiClass: .ovr)
    },
    Refusal("micro, one against one", mentions: "average", ".micro") {
        _ = try rocAUCScore(three, proba, average: .micro, multiClass: .ovo)
    },
    Refusal("each, one against one", mentions: "average", "nil") {
        _ = try rocAUCScore(three, proba, average: nil, multiClass: .ovo)
    },
    Refusal("weights, one against one", mentions: "sampleWeight", ".ovo") {
        _ = try rocAUCScore(three, proba, sampleWeight: [1, 1, 1], multiClass: .ovo)
    },
    Refusal("one class, weighted", mentions: "yTrue", "two classes") {
        _ = try rocAUCScore([1, 1, 1], proba, average: .weighted, multiClass: .ovo, labels: three)
    },
    Refusal("part of several classes", mentions: "maxFPR", "0.5") {
        _ = try rocAUCScore(three, proba, maxFPR: 0.5, multiClass: .ovr)
    },
    Refusal("no part", mentions: "maxFPR", "0.0") { _ = try rocAUCScore([0, 1], [0.1, 0.2], maxFPR: 0) },
    Refusal("part NaN", mentions: "maxFPR", "nan") { _ = try rocAUCScore([0, 1], [0.1, 0.2], maxFPR: .nan) },
    Refusal("labels in disorder", mentions: "labels", "2, 1, 0") {
        _ = try rocAUCScore(three, proba, multiClass: .ovr, labels: [2, 1, 0])
    },
    Refusal("labels twice", mentions: "labels", "0, 1, 1") {
        _ = try rocAUCScore(three, proba, multiClass: .ovr, labels: [0, 1, 1])
    },
    Refusal("stranger", mentions: "yTrue", "2") {
        _ = try rocAUCScore(three, proba, multiClass: .ovr, labels: [0, 1, 3])
    },
    Refusal("class without a column", mentions: "yScore", "2", "3") { _ = try rocAUCScore(rows, proba) },
    Refusal("precision of names", mentions: "posLabel", "nil", "a, b") {
        _ = try averagePrecisionScore(["a", "b"], [0.1, 0.2])
    },
    Refusal("positive of three", mentions: "posLabel", "0") {
        _ = try averagePrecisionScore(three, proba, posLabel: 0)
    },
    Refusal("positive column", mentions: "posLabel", "0") {
        _ = try averagePrecisionScore(rows, rows.map { $0.map(Double.init) }, posLabel: 0)
    },
    Refusal("precision, binary", mentions: "average", ".binary") {
        _ = try averagePrecisionScore([0, 1], [0.1, 0.2], average: .binary)
    },
    Refusal("no probability", mentions: "yProba", "row 1", "1.5") { _ = try logLoss([0, 1], [0.5, 1.5]) },
    Refusal("negative probability", mentions: "yProba", "row 0", "-0.5") {
        _ = try brierScoreLoss([0, 1], [-0.5, 1])
    },
    Refusal("one class", mentions: "labels", "nil") { _ = try logLoss([1, 1], [0.5, 1]) },
    Refusal("one label", mentions: "labels", "[1]") { _ = try logLoss([1, 1], [0.5, 1], labels: [1]) },
    Refusal("label twice", mentions: "labels", "[0, 1, 1]") { _ = try logLoss([1, 0], [0.5, 1], labels: [0, 1, 1]) },
    Refusal("unknown label", mentions: "yTrue[1]", "7") { _ = try logLoss([1, 7], [0.5, 1], labels: [0, 1]) },
    Refusal("more columns", mentions: "yProba", "2", "3") { _ = try logLoss([0, 1, 1], proba) },
    Refusal("labels of columns", mentions: "labels", "nil") {
        _ = try logLoss(rows, [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]], labels: [0, 1])
    },
    Refusal("Brier of three", mentions: "yTrue", "3") { _ = try brierScoreLoss(three, [0.5, 0.5, 0.5]) },
    Refusal("Brier of names", mentions: "posLabel", "nil") { _ = try brierScoreLoss(["a", "b"], [0.5, 0.5]) },
    Refusal("k", mentions: "k", "0") { _ = try topKAccuracyScore(three, proba, k: 0) },
    Refusal("empty table", mentions: "yScore", "0 × 0") { _ = try rocAUCScore([0, 1], Matrix<Double>([])) },
]

@Suite("Scores of rankings and probabilities refuse what they cannot use")
struct RankingRefusalTests {
    @Test(arguments: common) func scores(_ refusal: Refusal) { refusal.check() }

    @Test(arguments: options) func chosenOptions(_ refusal: Refusal) { refusal.check() }
}
