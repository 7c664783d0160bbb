import Estimators
import LinearAlgebra
import Metrics
import ModelSelection
import TestSupport
import Testing

@Suite("Thresholds equal scikit-learn's")
struct ThresholdEqualityTests {
    struct Fixture: Decodable {
        struct Case: Decodable {
            let scoring, rule: String
            let thresholds, allThresholds, scores: [Double]
            let bestThreshold, bestScore: Double
            let predictions: [Int]
        }
        struct Fixed: Decodable {
            let threshold: Double
            let positive: String?
            let predictions: [String]
        }
        struct Words: Decodable {
            let bestThreshold, bestScore: Double
            let predictions: [String]
        }
        let x, xNew: [[Double]]
        let y: [Int]
        let cases: [Case]
        let fixed: [Fixed]
        let words: Words

        var labels: [String] { y.map { ["no", "yes"][$0] } }
    }

    private let fixture: Fixture

    init() throws { fixture = try TestSupport.fixture("thresholds", in: .module) }

    private let scorers: [String: ThresholdScorer<Int>] = [
        "balancedAccuracy": .balancedAccuracy, "f1": .f1, "accuracy": .accuracy, "precision": .precision,
        "f1Negative": .f1(posLabel: 0),
    ]

    @Test func tuned() throws {
        let (x, xNew) = (try Matrix(fixture.x), try Matrix(fixture.xNew))
        let (first, rest) = (Array(0..<50), Array(50..<x.rows))
        for expected in fixture.cases {
            let scorer = try #require(scorers[expected.scoring])
            let candidates: ThresholdCandidates =
                expected.thresholds.count == 1 ? .count(Int(expected.thresholds[0])) : .at(expected.thresholds)
            var model = TunedThresholdClassifierCV(
                GivenClassifier<Int>(), scoring: scorer, thresholds: candidates, refit: expected.rule == "folds",
                nJobs: 2, storeCVResults: true)
            switch expected.rule {
            case "prefit":
                model.cv = .prefit
                try model.estimator.fit(x.selectingRows(first), fixture.y.selectingSamples(first))
                try model.fit(x.selectingRows(rest), fixture.y.selectingSamples(rest))
            case "held out":
                model.cv = StratifiedShuffleSplit(nSplits: 1, testSize: 0.3, randomState: 4)
                try model.fit(x, fixture.y)
            default: try model.fit(x, fixture.y)
            }
            let what = "\(expected.scoring), \(candidates), \(expected.rule)"
            expectEqual(model.cvResults?.thresholds ?? [], expected.allThresholds, what)
            expectEqual(model.cvResults?.scores ?? [], expected.scores, what)
            expectEqual([model.bestThreshold ?? .nan], [expected.bestThreshold], what)
            expectEqual([model.bestScore ?? .nan], [expected.bestScore], what)
            #expect(try model.predict(xNew) == expected.predictions, "\(what)")
        }
    }

    @Test func positiveClassOfTheScorer() throws {
        let x = try Matrix(fixture.x)
        let model = try TunedThresholdClassifierCV(GivenClassifier<String>(), scoring: .f1(posLabel: "no"))
            .fitted(x, fixture.labels)
        expectEqual([model.bestThreshold ?? .nan], [fixture.words.bestThreshold])
        expectEqual([model.bestScore ?? .nan], [fixture.words.bestScore])
        #expect(try model.predict(Matrix(fixture.xNew)) == fixture.words.predictions)
    }

    @Test func fixed() throws {
        let (x, xNew) = (try Matrix(fixture.x), try Matrix(fixture.xNew))
        for expected in fixture.fixed {
            let model = FixedThresholdClassifier(
                GivenClassifier<String>(), threshold: expected.threshold, posLabel: expected.positive)
            let fitted = try model.fitted(x, fixture.labels)
            #expect(try fitted.predict(xNew) == expected.predictions)
            let prefit = FixedThresholdClassifier(
                fitted.fittedEstimator, threshold: expected.threshold, posLabel: expected.positive)
            #expect(try prefit.predict(xNew) == expected.predictions, "a fitted classifier needs no fit")
        }
    }
}
