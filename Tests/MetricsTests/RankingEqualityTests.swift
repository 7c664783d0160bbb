import Estimators
import LinearAlgebra
import Metrics
import TestSupport
import Testing

@Suite("Scores of rankings and probabilities equal scikit-learn's")
struct RankingEqualityTests {
    struct Curve<Label: ClassLabel>: Decodable {
        let yTrue: [Label]
        let yScore: [Double]
        let posLabel: Label?
        let sampleWeight: [Double]?
        let dropIntermediate: Bool
        let maxFPR: Double
        let roc, precisionRecall: [[Double]]
        let area: [Double]
        let partialArea, averagePrecision: [Double]?

        func check() throws {
            let (fpr, tpr, falling) = try rocCurve(
                yTrue, yScore, posLabel: posLabel, sampleWeight: sampleWeight, dropIntermediate: dropIntermediate)
            for (values, expected) in zip([fpr, tpr, falling], roc) { expectEqual(values, expected, "ROC \(self)") }
            let (precision, recall, rising) = try precisionRecallCurve(
                yTrue, yScore, posLabel: posLabel, sampleWeight: sampleWeight, dropIntermediate: dropIntermediate)
            for (values, expected) in zip([precision, recall, rising], precisionRecall) {
                expectEqual(values, expected, "precision and recall \(self)")
            }
            expectEqual([try rocAUCScore(yTrue, yScore, sampleWeight: sampleWeight)], area, "area \(self)")
            if let partialArea {
                expectEqual(
                    [try rocAUCScore(yTrue, yScore, sampleWeight: sampleWeight, maxFPR: maxFPR)], partialArea,
                    "partial area \(self)")
            }
            if let averagePrecision {
                expectEqual(
                    [try averagePrecisionScore(yTrue, yScore, posLabel: posLabel, sampleWeight: sampleWeight)],
                    averagePrecision, "average precision \(self)")
            }
        }
    }

    @Test func curves() throws {
        let cases: Cases<Curve<Int>, Curve<String>, Curve<Bool>, None> = try fixture("curves", in: .module)
        for test in cases.labels { try test.check() }
        for test in cases.names { try test.check() }
        for test in cases.bools { try test.check() }
    }

    struct SeveralClasses<T: Target>: Decodable {
        let yTrue: [T]
        let yScore: [[Double]]
        let labels: [T.Label]?
        let sampleWeight, areaWeight: [Double]?
        let average: Average?
        let multiClass: MultiClass?
        let area: [Double]
        let averagePrecision: [Double]?

        func check() throws {
            let scores = try Matrix(yScore)
            let comparison = multiClass ?? .raise
            if let average {
                let result = try rocAUCScore(
                    yTrue, scores, average: average, sampleWeight: areaWeight, multiClass: comparison, labels: labels)
                expectEqual([result], area, "area \(self)")
            } else {
                let result = try rocAUCScore(
                    yTrue, scores, average: nil, sampleWeight: areaWeight, multiClass: comparison, labels: labels)
                expectEqual(result, area, "area \(self)")
            }
            guard let averagePrecision else { return }
            if let average {
                let result = try averagePrecisionScore(yTrue, yScore, average: average, sampleWeight: sampleWeight)
                expectEqual([result], averagePrecision, "average precision \(self)")
            } else {
                let result = try averagePrecisionScore(yTrue, yScore, average: nil, sampleWeight: sampleWeight)
                expectEqual(result, averagePrecision, "average precision \(self)")
            }
        }
    }

    @Test func severalClasses() throws {
        let cases: Cases<SeveralClasses<Int>, SeveralClasses<String>, None, SeveralClasses<[Int]>> =
            try fixture("rankings", in: .module)
        for test in cases.labels { try test.check() }
        for test in cases.names { try test.check() }
        for test in cases.indicators { try test.check() }
    }

    struct Probability<T: Target>: Decodable {
        let yTrue: [T]
        let yProba: [[Double]]
        let normalize: Bool
        let labels: [T.Label]?
        let sampleWeight: [Double]?
        let logLoss: [Double]
        let second, brier, topK: [Double]?

        func check() throws {
            let proba = try Matrix(yProba)
            let result = try Metrics.logLoss(
                yTrue, proba, normalize: normalize, sampleWeight: sampleWeight, labels: labels)
            expectEqual([result], logLoss, "log loss \(self)")
            guard let second else { return }
            let ofSecond = try Metrics.logLoss(
                yTrue, yProba.map { $0[1] }, normalize: normalize, sampleWeight: sampleWeight, labels: labels)
            expectEqual(ofSecond, second[0], "log loss \(self)")
        }
    }

    @Test func probabilities() throws {
        func check<Label: ClassLabel>(_ test: Probability<Label>) throws {
            try test.check()
            let proba = try Matrix(test.yProba)
            let brier = try brierScoreLoss(test.yTrue, proba, sampleWeight: test.sampleWeight, labels: test.labels)
            expectEqual([brier], try #require(test.brier), "Brier \(test)")
            if let second = test.second, second.count > 1 {
                let loss = try brierScoreLoss(test.yTrue, test.yProba.map { $0[1] }, sampleWeight: test.sampleWeight)
                expectEqual(loss, second[1], "Brier \(test)")
            }
            for (k, expected) in zip(1..., test.topK ?? []) {
                let found = try topKAccuracyScore(
                    test.yTrue, proba, k: k, normalize: test.normalize, sampleWeight: test.sampleWeight,
                    labels: test.labels)
                expectEqual(found, expected, "top \(k) \(test)")
            }
        }
        let cases: Cases<Probability<Int>, Probability<String>, Probability<Bool>, Probability<[Int]>> =
            try fixture("probabilities", in: .module)
        for test in cases.labels { try check(test) }
        for test in cases.names { try check(test) }
        for test in cases.bools { try check(test) }
        for test in cases.indicators { try test.check() }
    }
}
