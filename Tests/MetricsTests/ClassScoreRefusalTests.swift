import Estimators
import LinearAlgebra
import Metrics
import TestSupport
import Testing

/// Arguments that every score of true and predicted labels rejects.
private func pairRefusals(
    _ name: String, arguments: (String, String) = ("yTrue", "yPred"),
    of score: @escaping @Sendable ([Int], [Int], [Double]?) throws -> Void
) -> [Refusal] {
    let (first, second) = arguments
    return [
        Refusal("\(name): no samples", mentions: first, "empty") { try score([], [], nil) },
        Refusal("\(name): fewer", mentions: second, "1") { try score([0, 1], [0], nil) },
        Refusal("\(name): more weights", mentions: "sampleWeight", "3") { try score([0, 1], [0, 1], [1, 1, 1]) },
        Refusal("\(name): negative weight", mentions: "sampleWeight[1]", "-1") {
            try score([0, 1], [0, 1], [3, -1])
        },
        Refusal("\(name): weight NaN", mentions: "sampleWeight[0]", "nan") { try score([0, 1], [0, 1], [.nan, 1]) },
        Refusal("\(name): no weight at all", mentions: "sampleWeight", "0.0") { try score([0, 1], [0, 1], [0, 0]) },
    ]
}

private let common: [Refusal] =
    pairRefusals("zeroOneLoss") { _ = try zeroOneLoss($0, $1, sampleWeight: $2) }
    + pairRefusals("hammingLoss") { _ = try hammingLoss($0, $1, sampleWeight: $2) }
    + pairRefusals("balancedAccuracyScore") { _ = try balancedAccuracyScore($0, $1, sampleWeight: $2) }
    + pairRefusals("matthewsCorrcoef") { _ = try matthewsCorrcoef($0, $1, sampleWeight: $2) }
    + pairRefusals("cohenKappaScore", arguments: ("y1", "y2")) { _ = try cohenKappaScore($0, $1, sampleWeight: $2) }
    + pairRefusals("confusionMatrix") { _ = try confusionMatrix($0, $1, sampleWeight: $2) }
    + pairRefusals("multilabelConfusionMatrix") { _ = try multilabelConfusionMatrix($0, $1, sampleWeight: $2) }
    + pairRefusals("precisionScore") { _ = try precisionScore($0, $1, sampleWeight: $2) }
    + pairRefusals("precisionScore by class") { _ = try precisionScore($0, $1, average: nil, sampleWeight: $2) }
    + pairRefusals("recallScore") { _ = try recallScore($0, $1, sampleWeight: $2) }
    + pairRefusals("f1Score") { _ = try f1Score($0, $1, sampleWeight: $2) }
    + pairRefusals("fbetaScore") { _ = try fbetaScore($0, $1, beta: 2, sampleWeight: $2) }
    + pairRefusals("jaccardScore") { _ = try jaccardScore($0, $1, sampleWeight: $2) }
    + pairRefusals("classificationReport") { _ = try classificationReport($0, $1, sampleWeight: $2) }

private let rows = [[0, 1], [1, 1]]

private let options: [Refusal] = [
    Refusal("three classes", mentions: "average", ".binary", "3") { _ = try f1Score([0, 1, 2], [0, 1, 2]) },
    Refusal("multilabel", mentions: "average", ".binary", ".samples") { _ = try f1Score(rows, rows) },
    Refusal("no positive label", mentions: "posLabel", "nil", "a, b") { _ = try recallScore(["a", "b"], ["a", "b"]) },
    Refusal("strange positive label", mentions: "posLabel", "7", "0, 1") {
        _ = try precisionScore([0, 1], [0, 1], posLabel: 7)
    },
    Refusal("samples of labels", mentions: "yTrue", "indicators") {
        _ = try f1Score([0, 1], [0, 1], average: .samples)
    },
    Refusal("zeroDivision", mentions: "zeroDivision", "0.5") { _ = try f1Score([0, 1], [0, 1], zeroDivision: 0.5) },
    Refusal("Jaccard's zeroDivision", mentions: "zeroDivision", "nan") {
        _ = try jaccardScore([0, 1], [0, 1], zeroDivision: .nan)
    },
    Refusal("negative beta", mentions: "beta", "-1") { _ = try fbetaScore([0, 1], [0, 1], beta: -1) },
    Refusal("beta NaN", mentions: "beta", "nan") { _ = try fbetaScore([0, 1], [0, 1], beta: .nan, average: nil) },
    Refusal("no such column", mentions: "labels", "2", "0 ... 1") {
        _ = try f1Score(rows, rows, labels: [2], average: nil)
    },
    Refusal("negative column", mentions: "labels", "-1") {
        _ = try f1Score(rows, rows, labels: [-1], average: .samples)
    },
    Refusal("other width", mentions: "yPred", "2", "1") { _ = try f1Score(rows, [[0], [1]], average: .macro) },
    Refusal("no indicator", mentions: "yPred[1]", "3") { _ = try f1Score(rows, [[0, 1], [3, 0]], average: .macro) },
    Refusal("samplewise labels", mentions: "yTrue", "indicators") {
        _ = try multilabelConfusionMatrix([0, 1], [0, 1], samplewise: true)
    },
    Refusal("no label of the truth", mentions: "labels", "[5]", "yTrue") {
        _ = try confusionMatrix([0, 1], [0, 1], labels: [5])
    },
    Refusal("no labels", mentions: "labels", "[]") { _ = try confusionMatrix([0, 1], [0, 1], labels: []) },
    Refusal("kappa's labels", mentions: "labels", "[5]", "y1") { _ = try cohenKappaScore([0], [0], labels: [5]) },
    Refusal("kappa's replacement", mentions: "replaceUndefinedBy", "2.0") {
        _ = try cohenKappaScore([0], [0], replaceUndefinedBy: 2)
    },
    Refusal("report without labels", mentions: "labels", "[]") { _ = try classificationReport([0], [0], labels: []) },
    Refusal("too many names", mentions: "targetNames", "2", "1") {
        _ = try classificationReport([0], [0], targetNames: ["a", "b"])
    },
    Refusal("no names", mentions: "targetNames", "[]") { _ = try classificationReport([0], [0], targetNames: []) },
    Refusal("negative digits", mentions: "digits", "-1") { _ = try classificationReport([0], [0], digits: -1) },
    Refusal("absurd digits", mentions: "digits", "\(Int.max)") { _ = try classificationReport([0], [0], digits: .max) },
    Refusal("report's zeroDivision", mentions: "zeroDivision", "2.0") {
        _ = try classificationReport([0], [0], zeroDivision: 2)
    },
]

@Suite("Scores of classes refuse what they cannot use")
struct ClassScoreRefusalTests {
    @Test(arguments: common) func pairs(_ refusal: Refusal) { refusal.check() }

    @Test(arguments: options) func chosenOptions(_ refusal: Refusal) { refusal.check() }
}
