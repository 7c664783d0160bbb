import Metrics
import TestSupport
import Testing

/// Arguments that regression scores reject, and weights that accuracy rejects too.
private func regressionRefusals(
    _ name: String, of score: @escaping @Sendable ([[Double]], [[Double]], [Double]?) throws -> Double
) -> [Refusal] {
    func refusal(
        _ what: String, _ truth: [[Double]], _ guess: [[Double]], _ weights: [Double]? = nil, mentions: String,
        _ value: String
    ) -> Refusal {
        Refusal("\(name): \(what)", mentions: mentions, value) { _ = try score(truth, guess, weights) }
    }
    let two: [[Double]] = [[1], [2]]
    return [
        refusal("no samples", [], [], mentions: "yTrue", "empty"),
        refusal("fewer predictions", two, [[1]], mentions: "yPred", "1"),
        refusal("no predictions", two, [], mentions: "yPred", "0"),
        refusal("NaN in the truth", [[1], [.nan]], two, mentions: "yTrue[1", "nan"),
        refusal("NaN in the prediction", two, [[.nan], [1]], mentions: "yPred[0", "nan"),
        refusal("infinite truth", [[-.infinity], [1]], two, mentions: "yTrue[0", "-inf"),
        refusal("infinite prediction", two, [[1], [.infinity]], mentions: "yPred[1", "inf"),
        refusal("ragged truth", [[1], [1, 2]], two, mentions: "yTrue[1]", "2"),
        refusal("ragged prediction", two, [[1], []], mentions: "yPred[1]", "0"),
        refusal("no outputs", [[], []], [[], []], mentions: "yTrue[0]", "0"),
        refusal("more outputs", two, [[1, 2], [1, 2]], mentions: "yPred", "2"),
    ] + weightRefusals(name) { try score(two, two, $0) }
}

/// Weights that a score of two samples rejects.
private func weightRefusals(_ name: String, of score: @escaping @Sendable ([Double]) throws -> Double) -> [Refusal] {
    func refusal(_ what: String, _ weights: [Double], mentions value: String) -> Refusal {
        Refusal("\(name): \(what)", mentions: "sampleWeight", value) { _ = try score(weights) }
    }
    return [
        refusal("no weights", [], mentions: "0"),
        refusal("more weights", [1, 2, 3], mentions: "3"),
        refusal("negative weight", [1, -0.5], mentions: "-0.5"),
        refusal("weight NaN", [.nan, 1], mentions: "nan"),
        refusal("infinite weight", [1, .infinity], mentions: "inf"),
        refusal("weights with sum 0", [0, 0], mentions: "0.0"),
        refusal("weights with infinite sum", [1e308, 1e308], mentions: "inf"),
    ]
}

private let accuracyRefusals: [Refusal] =
    [
        Refusal("accuracyScore: no samples", mentions: "yTrue", "empty") { _ = try accuracyScore([Int](), []) },
        Refusal("accuracyScore: fewer predictions", mentions: "yPred", "1") {
            _ = try accuracyScore(["a", "b"], ["a"])
        },
        Refusal("accuracyScore: more predictions", mentions: "yPred", "2") {
            _ = try accuracyScore([true], [true, true])
        },
        Refusal("accuracyScore: no indicator", mentions: "yTrue[1]", "2") {
            _ = try accuracyScore([[0, 1], [2, 0]], [[0, 1], [0, 0]])
        },
        Refusal("accuracyScore: negative indicator", mentions: "yPred[0]", "-1") {
            _ = try accuracyScore([[0, 1], [1, 0]], [[0, -1], [0, 0]])
        },
        Refusal("accuracyScore: ragged indicators", mentions: "yPred[1]", "1") {
            _ = try accuracyScore([[0, 1], [1, 0]], [[0, 1], [0]])
        },
        Refusal("accuracyScore: indicators of fewer classes", mentions: "yPred", "1") {
            _ = try accuracyScore([[0, 1], [1, 0]], [[0], [0]])
        },
        Refusal("accuracyScore: no classes", mentions: "yTrue[0]", "0") { _ = try accuracyScore([[Int]()], [[]]) },
    ]
    + weightRefusals("accuracyScore") { try accuracyScore([1, 2], [1, 2], sampleWeight: $0) }
    + weightRefusals("accuracyScore, counts") {
        try accuracyScore([1, 2], [1, 2], normalize: false, sampleWeight: $0)
    }

private let twoOutputs: [[Double]] = [[1, 2], [3, 5]]

private let regressionOptions: [Refusal] = [
    Refusal("weights of a single output", mentions: "multioutput", "[1.0]") {
        _ = try meanSquaredError([1, 2], [1, 2], multioutput: [1])
    },
    Refusal("three weights", mentions: "multioutput", "[1.0, 2.0, 3.0]", "2") {
        _ = try meanAbsoluteError(twoOutputs, twoOutputs, multioutput: [1, 2, 3])
    },
    Refusal("weights that cancel", mentions: "multioutput", "[1.0, -1.0]") {
        _ = try r2Score(twoOutputs, twoOutputs, multioutput: [1, -1])
    },
    Refusal("weight NaN", mentions: "multioutput", "nan") {
        _ = try medianAbsoluteError(twoOutputs, twoOutputs, multioutput: [1, .nan])
    },
    Refusal("variances of an error", mentions: "multioutput", ".varianceWeighted") {
        _ = try rootMeanSquaredError(twoOutputs, twoOutputs, multioutput: .varianceWeighted)
    },
    Refusal("greatest of two outputs", mentions: "yTrue", "2") { _ = try maxError(twoOutputs, twoOutputs) },
    Refusal("deviance of two outputs", mentions: "yTrue", "2") { _ = try meanPoissonDeviance(twoOutputs, twoOutputs) },
    Refusal("negative count", mentions: "yTrue[1]", "-1") { _ = try meanPoissonDeviance([1.0, -1], [1, 1]) },
    Refusal("rate 0", mentions: "yPred[0]", "0") { _ = try meanPoissonDeviance([1.0, 1], [0, 1]) },
    Refusal("gamma deviance of two outputs", mentions: "yTrue", "2") {
        _ = try meanGammaDeviance(twoOutputs, twoOutputs)
    },
    Refusal("a target of 0", mentions: "yTrue[1]", "0") { _ = try meanGammaDeviance([1.0, 0], [1, 1]) },
    Refusal("a prediction below 0", mentions: "yPred[0]", "-2") { _ = try meanGammaDeviance([1.0, 1], [-2, 1]) },
    Refusal("no logarithm", mentions: "yTrue", "-1.0") { _ = try meanSquaredLogError([1.0, -1], [1, 1]) },
    Refusal("no predicted logarithm", mentions: "yPred", "-2.0") { _ = try meanSquaredLogError([1.0, 1], [1, -2]) },
]

@Suite("Scores refuse what they cannot use")
struct RefusalTests {
    @Test(arguments: accuracyRefusals) func accuracy(_ refusal: Refusal) {
        refusal.check()
    }

    @Test(arguments: regressionRefusals("meanSquaredError") { try meanSquaredError($0, $1, sampleWeight: $2) })
    func meanSquaredErrors(_ refusal: Refusal) {
        refusal.check()
    }

    @Test(arguments: regressionRefusals("r2Score") { try r2Score($0, $1, sampleWeight: $2) })
    func r2Scores(_ refusal: Refusal) {
        refusal.check()
    }

    @Test(arguments: [
        regressionRefusals("rootMeanSquaredError") { try rootMeanSquaredError($0, $1, sampleWeight: $2) },
        regressionRefusals("meanAbsoluteError") { try meanAbsoluteError($0, $1, sampleWeight: $2) },
        regressionRefusals("medianAbsoluteError") { try medianAbsoluteError($0, $1, sampleWeight: $2) },
        regressionRefusals("meanAbsolutePercentageError") { try meanAbsolutePercentageError($0, $1, sampleWeight: $2) },
        regressionRefusals("meanSquaredLogError") { try meanSquaredLogError($0, $1, sampleWeight: $2) },
        regressionRefusals("explainedVarianceScore") { try explainedVarianceScore($0, $1, sampleWeight: $2) },
        regressionRefusals("meanGammaDeviance") { try meanGammaDeviance($0, $1, sampleWeight: $2) },
        regressionRefusals("rootMeanSquaredLogError") { try rootMeanSquaredLogError($0, $1, sampleWeight: $2) },
        regressionRefusals("meanPoissonDeviance") { try meanPoissonDeviance($0, $1, sampleWeight: $2) },
    ])
    func otherErrors(_ refusals: [Refusal]) {
        for refusal in refusals { refusal.check() }
    }

    @Test(arguments: regressionOptions) func outputsAndRanges(_ refusal: Refusal) {
        refusal.check()
    }

    @Test func singleNumbersAreNamed() {
        Refusal("NaN", mentions: "yTrue[1]", "nan") { _ = try meanSquaredError([1, .nan], [1, 2]) }.check()
        Refusal("infinite", mentions: "yPred[0]", "inf") { _ = try r2Score([1, 2], [Float.infinity, 2]) }.check()
    }
}
