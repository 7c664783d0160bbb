import Datasets
import Estimators
import LinearAlgebra
import Metrics
import NeuralNetwork
import TestSupport
import Testing

@Suite("Scores and generators equal scikit-learn's")
struct ScoreEqualityTests {
    struct Scores: Decodable {
        struct Case: Decodable {
            let y, predicted, three, guesses: [Int]
            let score, truth, prediction, dcg, ndcg, pinball, pinballRaw, d2Pinball, d2PinballRaw, tweedie: [Double]
            let d2Tweedie, d2LogLoss, d2Brier, hinge, likelihood, likelihoodReplaced: [Double]
            let weights, threeWeights: [Double]?
            let two: [[[Double]]]
            let table, decisions, relevance, ranking, det, detDropped, support, averaged: [[Double]]
            let d2Absolute: Double
        }
        let cases: [Case]
        let curve, heights, auc: [Double]
    }

    @Test func scores() throws {
        let fixture: Scores = try TestSupport.fixture("scores", in: .module)
        expectEqual(
            [try auc(fixture.curve, fixture.heights), try auc(fixture.curve.reversed(), fixture.heights)], fixture.auc)
        for expected in fixture.cases {
            let (y, w) = (expected.y, expected.weights)
            let det = try detCurve(y, expected.score, sampleWeight: w)
            expectEqual(det.fpr, expected.det[0], "det")
            expectEqual(det.fnr, expected.det[1], "det")
            expectEqual(det.thresholds, expected.det[2], "det")
            let dropped = try detCurve(y, expected.score, sampleWeight: w, dropIntermediate: true)
            expectEqual(dropped.fpr, expected.detDropped[0], "det, dropped")
            expectEqual(dropped.fnr, expected.detDropped[1], "det, dropped")
            let (relevance, ranking) = (expected.relevance, expected.ranking)
            for (index, gain) in expected.dcg.enumerated() {
                let (k, base, ties) = (index < 4 ? nil : 3, index % 4 < 2 ? 2.0 : 10, index % 2 == 1)
                // Which of equal scores is first is up to NumPy's sort.
                if ties { continue }
                expectEqual([try dcgScore(relevance, ranking, k: k, logBase: base, sampleWeight: w)], [gain], "dcg")
            }
            expectEqual([try ndcgScore(relevance, ranking, sampleWeight: w)], [expected.ndcg[0]], "ndcg")
            expectEqual([try ndcgScore(relevance, ranking, k: 3, sampleWeight: w)], [expected.ndcg[2]], "ndcg")
            try regression(expected)
            try classification(expected)
        }
    }

    private func regression(_ expected: Scores.Case) throws {
        let (truth, prediction, w) = (expected.truth, expected.prediction, expected.weights)
        for (index, alpha) in [0, 0.1, 0.5, 0.9, 1].enumerated() {
            let loss = try meanPinballLoss(truth, prediction, sampleWeight: w, alpha: alpha)
            let score = try d2PinballScore(truth, prediction, sampleWeight: w, alpha: alpha)
            expectEqual([loss, score], [expected.pinball[index], expected.d2Pinball[index]], "pinball, \(alpha)")
        }
        let (first, second) = (expected.two[0], expected.two[1])
        expectEqual(
            try meanPinballLoss(first, second, sampleWeight: w, alpha: 0.3, multioutput: .rawValues),
            expected.pinballRaw, "pinball")
        expectEqual(
            try d2PinballScore(first, second, sampleWeight: w, alpha: 0.3, multioutput: .rawValues),
            expected.d2PinballRaw, "d2 pinball")
        expectEqual([try d2AbsoluteErrorScore(first, second, sampleWeight: w)], [expected.d2Absolute], "d2 absolute")
        for (index, power) in [-1.5, 0, 1, 1.5, 2, 3].enumerated() {
            let deviance = try meanTweedieDeviance(truth, prediction, sampleWeight: w, power: power)
            let score = try d2TweedieScore(truth, prediction, sampleWeight: w, power: power)
            expectEqual([deviance, score], [expected.tweedie[index], expected.d2Tweedie[index]], "tweedie, \(power)")
        }
    }

    private func classification(_ expected: Scores.Case) throws {
        let (y, three, w, v) = (expected.y, expected.three, expected.weights, expected.threeWeights)
        let pair = expected.score.map { [1 - $0, $0] }
        expectEqual(
            [try d2LogLossScore(three, expected.table, sampleWeight: v), try d2LogLossScore(y, pair, sampleWeight: w)],
            expected.d2LogLoss, "d2 log loss")
        expectEqual(
            [
                try d2BrierScore(three, expected.table, sampleWeight: v),
                try d2BrierScore(y, expected.score, sampleWeight: w),
            ], expected.d2Brier, "d2 Brier")
        expectEqual(
            [
                try hingeLoss(three, expected.decisions, sampleWeight: v),
                try hingeLoss(y, expected.two[0].map { $0[0] }, sampleWeight: w),
            ], expected.hinge, "hinge")
        let ratios = try classLikelihoodRatios(y, expected.predicted, sampleWeight: w)
        expectEqual([ratios.positive, ratios.negative], expected.likelihood, "likelihood")
        let replaced = try classLikelihoodRatios(
            y, expected.predicted, sampleWeight: w, replaceUndefinedBy: (2, 0.5))
        expectEqual([replaced.positive, replaced.negative], expected.likelihoodReplaced, "likelihood")
        let each = try precisionRecallFscoreSupport(three, expected.guesses, beta: 2, sampleWeight: v)
        for (actual, column) in zip([each.precision, each.recall, each.fscore, each.support], expected.support) {
            expectEqual(actual, column, "support")
        }
        for (average, row) in zip([Average.micro, .macro, .weighted], expected.averaged) {
            let all = try precisionRecallFscoreSupport(
                three, expected.guesses, average: average, sampleWeight: v, zeroDivision: 1)
            expectEqual([all.precision, all.recall, all.fscore], row, "\(average)")
        }
    }

    struct Generators: Decodable {
        struct Arguments: Decodable {
            let n_samples, n_features, n_classes: Int?
            let noise, cov: Double?
            let mean: [Double]?
            let shuffle, hole: Bool?
        }
        struct Case: Decodable {
            let function: String
            let arguments: Arguments
            let seed: UInt32
            let x: [[Double]]
            let y: [Double]
        }
        struct ClassWeights: Decodable {
            let balanced, weighted, given, none, samples, samplesGiven, samplesOfPart: [Double]
        }
        let cases: [Case]
        let classWeight: ClassWeights
    }

    @Test func generators() throws {
        let fixture: Generators = try TestSupport.fixture("generators", in: .module)
        for expected in fixture.cases {
            let (a, seed) = (expected.arguments, expected.seed)
            let (count, noise) = (a.n_samples ?? 100, a.noise ?? 0)
            let (x, y): (Matrix<Double>, [Double])
            switch expected.function {
            case "make_friedman1":
                (x, y) = try makeFriedman1(
                    nSamples: count, nFeatures: a.n_features ?? 10, noise: noise, randomState: seed)
            case "make_friedman2": (x, y) = try makeFriedman2(nSamples: count, noise: noise, randomState: seed)
            case "make_friedman3": (x, y) = try makeFriedman3(nSamples: count, noise: noise, randomState: seed)
            case "make_gaussian_quantiles":
                let made = try makeGaussianQuantiles(
                    mean: a.mean, cov: a.cov ?? 1, nSamples: count, nFeatures: a.n_features ?? 2,
                    nClasses: a.n_classes ?? 3, shuffle: a.shuffle ?? true, randomState: seed)
                (x, y) = (made.x, made.y.map(Double.init))
            case "make_hastie_10_2":
                let made = try makeHastie10_2(nSamples: count, randomState: seed)
                (x, y) = (made.x, made.y.map(Double.init))
            case "make_swiss_roll":
                (x, y) = try makeSwissRoll(nSamples: count, noise: noise, randomState: seed, hole: a.hole ?? false)
            default: (x, y) = try makeSCurve(nSamples: count, noise: noise, randomState: seed)
            }
            expectEqual(x.elements, expected.x.flatMap { $0 }, within: 1e-12, expected.function)
            expectEqual(y, expected.y, within: 1e-12, expected.function)
        }
    }

    @Test func classWeights() throws {
        let expected = try TestSupport.fixture("generators", in: .module, of: Generators.self).classWeight
        let y = [0, 0, 0, 1, 1, 2]
        let given = ClassWeight<Int>.weights([0: 3, 2: 0.5])
        expectEqual(try computeClassWeight(.balanced, classes: [2, 0, 1], y: y), expected.balanced)
        expectEqual(
            try computeClassWeight(.balanced, classes: [0, 1, 2], y: y, sampleWeight: [1, 2, 0.5, 1, 1, 3]),
            expected.weighted)
        expectEqual(try computeClassWeight(given, classes: [0, 1, 2], y: y), expected.given)
        expectEqual(try computeClassWeight(nil, classes: [0, 1, 2], y: y), expected.none)
        expectEqual(try computeSampleWeight(.balanced, y), expected.samples)
        expectEqual(try computeSampleWeight(given, y), expected.samplesGiven)
        expectEqual(try computeSampleWeight(.balanced, y, indices: [0, 3, 3, 4]), expected.samplesOfPart)
    }

    @Test func perfectScores() throws {
        let y = [1.0, 4, 2]
        #expect(try d2PinballScore(y, y) == 1 && d2AbsoluteErrorScore(y, y) == 1 && d2TweedieScore(y, y, power: 1) == 1)
        #expect(try d2PinballScore([1.0, 1], [1.0, 2]) == 0, "only the constant is perfect")
        #expect(try d2TweedieScore(y, [1.5, 3, 2]) == r2Score(y, [1.5, 3, 2]))
        #expect(try d2BrierScore([1], [0.5]).isNaN && d2LogLossScore([1], [0.5]).isNaN)
        let (fpr, tpr, _) = try rocCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
        #expect(try auc(fpr, tpr) == rocAUCScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]))
        #expect(try meanPinballLoss(y, [2, 2, 2]) == meanAbsoluteError(y, [2, 2, 2]) / 2)
    }

    @Test(arguments: [
        Refusal("a curve that goes up and down", mentions: "x", "up and down") { _ = try auc([0, 2, 1], [1, 1, 1]) },
        Refusal("one point", mentions: "x", "two points") { _ = try auc([0], [1]) },
        Refusal("one class", mentions: "yTrue", "two classes") { _ = try detCurve([1, 1], [0.1, 0.2]) },
        Refusal("one document", mentions: "yTrue", "two documents") { _ = try ndcgScore([[1.0]], [[1.0]]) },
        Refusal("negative relevance", mentions: "yTrue[1]", "-1.0") { _ = try ndcgScore([[1.0, -1]], [[1.0, 2]]) },
        Refusal("no ranks", mentions: "k", "0") { _ = try dcgScore([[1.0, 1]], [[1.0, 2]], k: 0) },
        Refusal("base 1", mentions: "logBase", "1.0") { _ = try dcgScore([[1.0, 1]], [[1.0, 2]], logBase: 1) },
        Refusal("a level above 1", mentions: "alpha", "2.0") { _ = try meanPinballLoss([1.0], [1.0], alpha: 2) },
        Refusal("a power between 0 and 1", mentions: "power", "0.5") {
            _ = try meanTweedieDeviance([1.0], [1.0], power: 0.5)
        },
        Refusal("a mean of 0", mentions: "yPred[0]") { _ = try d2TweedieScore([1.0, 2], [0.0, 1], power: 1) },
        Refusal("decisions of other classes", mentions: "predDecision", "3") {
            _ = try hingeLoss([0, 1, 2], [0.1, 0.2, 0.3])
        },
        Refusal("three classes", mentions: "yTrue", "two classes") {
            _ = try classLikelihoodRatios([0, 1, 2], [0, 1, 2])
        },
        Refusal("a ratio below 1", mentions: "replaceUndefinedBy") {
            _ = try classLikelihoodRatios([0, 1], [0, 1], replaceUndefinedBy: (0, 0))
        },
        Refusal("an unknown label", mentions: "y[1]", "7") {
            _ = try computeClassWeight(nil, classes: [0], y: [0, 7])
        },
        Refusal("a class without samples", mentions: "classes", "5") {
            _ = try computeClassWeight(.balanced, classes: [0, 5], y: [0])
        },
        Refusal("indices without balance", mentions: "classWeight", "balanced") {
            _ = try computeSampleWeight(nil, [0, 1], indices: [0])
        },
    ]) func isRefused(_ refusal: Refusal) { refusal.check() }

    @Test func generatorsRejectWhatTheyCannotMake() {
        #expect(throws: DatasetError.self) { try makeFriedman1(nFeatures: 4) }
        #expect(throws: DatasetError.self) { try makeFriedman2(nSamples: 0) }
        #expect(throws: DatasetError.self) { try makeFriedman3(noise: -1) }
        #expect(throws: DatasetError.self) { try makeGaussianQuantiles(nSamples: 2) }
        #expect(throws: DatasetError.self) { try makeGaussianQuantiles(mean: [1]) }
        #expect(throws: DatasetError.self) { try makeSwissRoll(noise: .nan) }
        #expect(throws: DatasetError.self) { try makeSCurve(nSamples: -1) }
        #expect(throws: DatasetError.self) { try makeHastie10_2(nSamples: 1 << 40) }
    }
}
