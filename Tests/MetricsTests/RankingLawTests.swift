import Estimators
import LinearAlgebra
import Metrics
import Testing

@Suite("Laws of the scores of rankings and probabilities")
struct RankingLawTests {
    /// Labels of both classes, and scores with ties, for a seed.
    struct Sample {
        let truth: [Bool]
        let scores, weights: [Double]

        init(seed: Int) {
            var generator = SplitMix64(state: UInt64(seed))
            let count = Int.random(in: 2...40, using: &generator)
            truth = [true, false] + (2..<count).map { _ in Bool.random(using: &generator) }
            scores = truth.map { Double(Int.random(in: $0 ? 2...12 : 0...9, using: &generator)) / 4 }
            weights = truth.map { _ in Double(Int.random(in: 1...5, using: &generator)) }
        }
    }

    @Test(arguments: 0..<40) func areaIsTheShareOfOrderedPairs(seed: Int) throws {
        let sample = Sample(seed: seed)
        var (ordered, all) = (0.0, 0.0)
        for positive in sample.truth.indices where sample.truth[positive] {
            for negative in sample.truth.indices where !sample.truth[negative] {
                let weight = sample.weights[positive] * sample.weights[negative]
                let (high, low) = (sample.scores[positive], sample.scores[negative])
                all += weight
                ordered += high > low ? weight : high == low ? weight / 2 : 0
            }
        }
        let area = try rocAUCScore(sample.truth, sample.scores, sampleWeight: sample.weights)
        expectEqual(area, ordered / all, nil)
        let turned = try rocAUCScore(sample.truth, sample.scores.map { -$0 }, sampleWeight: sample.weights)
        expectEqual(area + turned, 1, "turned around")
        expectEqual(
            try rocAUCScore(sample.truth, sample.scores.map { $0 * 3 + 1 }, sampleWeight: sample.weights), area,
            "only the order matters")
        expectEqual(try rocAUCScore(sample.truth, sample.scores, sampleWeight: sample.weights, maxFPR: 1), area, nil)
    }

    @Test(arguments: 0..<40) func curvesRunFromCornerToCorner(seed: Int) throws {
        let sample = Sample(seed: seed)
        let (fpr, tpr, thresholds) = try rocCurve(sample.truth, sample.scores, sampleWeight: sample.weights)
        #expect(fpr.first == 0 && tpr.first == 0 && fpr.last == 1 && tpr.last == 1)
        #expect(fpr == fpr.sorted() && tpr == tpr.sorted() && thresholds == thresholds.sorted(by: >))
        let (precision, recall, rising) = try precisionRecallCurve(sample.truth, sample.scores)
        #expect(precision.count == rising.count + 1 && recall == recall.sorted(by: >) && rising == rising.sorted())
        #expect(recall.first == 1 && precision.last == 1 && recall.last == 0)
    }

    /// Points on a straight line between their neighbors change nothing.
    @Test(arguments: 0..<40) func droppedPointsCarryNoArea(seed: Int) throws {
        let sample = Sample(seed: seed)
        func area(_ drop: Bool) throws -> Double {
            let (x, y, _) = try rocCurve(sample.truth, sample.scores, dropIntermediate: drop)
            var area = 0.0
            for point in 1..<x.count {
                let (width, height) = (x[point] - x[point - 1], (y[point] + y[point - 1]) / 2)
                area += width * height
            }
            return area
        }
        expectEqual(try area(true), try area(false), nil)
    }

    @Test func perfectRankingsScoreBest() throws {
        let (truth, scores) = ([0, 1, 0, 1], [0.1, 0.8, 0.2, 0.7])
        #expect(try rocAUCScore(truth, scores) == 1)
        #expect(try rocAUCScore(truth, scores, maxFPR: 0.3) == 1)
        #expect(try averagePrecisionScore(truth, scores) == 1)
        let proba: Matrix<Double> = [[0.9, 0, 0.1], [0, 1, 0], [0.2, 0.2, 0.6]]
        #expect(try topKAccuracyScore([0, 1, 2], proba, k: 1) == 1)
        #expect(try brierScoreLoss([0, 1], [0.0, 1]) == 0)
        #expect(try logLoss([0, 1], [0.0, 1]) < 1e-15)
    }

    @Test func twoClassesAreOneColumnOrTwo() throws {
        let truth = ["no", "yes", "yes", "no"]
        let second = [0.25, 0.5, 0.875, 0.125]
        let both = try Matrix(second.map { [1 - $0, $0] })
        #expect(try logLoss(truth, second) == logLoss(truth, both))
        #expect(try brierScoreLoss(truth, second, posLabel: "yes") == brierScoreLoss(truth, both))
        #expect(try rocAUCScore(truth, second) == rocAUCScore(truth, Matrix(second.map { [$0] })))
    }

    /// Single-precision probabilities are clipped with the ε of single precision.
    @Test func precisionSetsTheLimitOfProbabilities() throws {
        expectEqual(try logLoss([1, 0], [0.0, 0]), 52 * 0.693_147_180_559_945_3 / 2, nil)
        let single = try logLoss([1, 0], [Float(0), 0])
        #expect(abs(single - 23 * 0.693_147_180_559_945_3 / 2) < 1e-6)
    }

    @Test(arguments: 0..<20) func twoClassesCompareAlikeInEveryWay(seed: Int) throws {
        let sample = Sample(seed: seed)
        let truth = sample.truth.map { $0 ? 1 : 0 }
        let proba = try Matrix(sample.scores.map { [1 - $0 / 3, $0 / 3, 0] })
        let area = try rocAUCScore(sample.truth, sample.scores)
        expectEqual(
            try rocAUCScore(truth, proba, multiClass: .ovo, labels: [0, 1, 2]), area, "one against one")
        let each = try rocAUCScore(truth, proba, average: nil, multiClass: .ovr, labels: [0, 1, 2])
        expectEqual(Array(each[..<2]), [area, area], "one against the rest")
        #expect(each[2].isNaN)
    }

    @Test func aClassAloneHasNoArea() throws {
        #expect(try rocAUCScore([1, 1], [0.2, 0.3]).isNaN)
        #expect(try rocAUCScore([1, 0], [0.2, 0.3], sampleWeight: [0, 1]).isNaN)
        #expect(try rocAUCScore([1, 0], [0.2, 0.3], sampleWeight: [0, 1], maxFPR: 0.5).isNaN)
        #expect(try rocAUCScore([1, 0], [0.2, 0.3], sampleWeight: [1, 0], maxFPR: 0.5).isNaN)
        #expect(try averagePrecisionScore([0, 0], [0.2, 0.3]) == 0)
    }
}
