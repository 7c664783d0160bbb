import Estimators
import LinearAlgebra
import Metrics
import TestSupport
import Testing

/// Expects two numbers to agree to 12 digits; NaN agrees with NaN.
func expectEqual(
    _ value: Double, _ expected: Double, _ comment: Comment?, sourceLocation: SourceLocation = #_sourceLocation
) {
    expectEqual([value], [expected], comment, sourceLocation: sourceLocation)
}

/// Expects two lists to agree to 12 digits, for numbers below 1 to 12 decimals; NaN agrees with NaN.
func expectEqual(
    _ values: [Double], _ expected: [Double], _ comment: Comment?, tolerance: Double = 1e-12,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let agree =
        values.count == expected.count
        && zip(values, expected).allSatisfy {
            $0 == $1 || $0.isNaN && $1.isNaN || abs($0 - $1) <= tolerance * max(1, abs($1))
        }
    #expect(agree, "\(values) is not \(expected): \(comment?.rawValue ?? "")", sourceLocation: sourceLocation)
}

/// Cases by the type of their targets.
struct Cases<Labels: Decodable, Names: Decodable, Bools: Decodable, Indicators: Decodable>: Decodable {
    let labels: [Labels]
    let names: [Names]
    let bools: [Bools]
    let indicators: [Indicators]
}

/// No case of that type.
struct None: Decodable {}

/// A target that can be read.
typealias Target = ClassificationTarget & Decodable

// MARK: - Classes

@Suite("Scores of classes equal scikit-learn's")
struct ClassScoreEqualityTests {
    struct Accuracy<T: Target>: Decodable {
        let yTrue, yPred: [T]
        let normalize: Bool
        let sampleWeight: [Double]?
        let accuracy, zeroOne, hamming: [Double]

        func check() throws {
            let right = try accuracyScore(yTrue, yPred, normalize: normalize, sampleWeight: sampleWeight)
            let wrong = try zeroOneLoss(yTrue, yPred, normalize: normalize, sampleWeight: sampleWeight)
            expectEqual([right], accuracy, "accuracy \(self)")
            expectEqual([wrong], zeroOne, "zeroOne \(self)")
            expectEqual([try hammingLoss(yTrue, yPred, sampleWeight: sampleWeight)], hamming, "hamming \(self)")
        }
    }

    @Test func accuracy() throws {
        let cases: Cases<Accuracy<Int>, Accuracy<String>, None, Accuracy<[Int]>> =
            try fixture("accuracy", in: .module)
        for test in cases.labels { try test.check() }
        for test in cases.names { try test.check() }
        for test in cases.indicators { try test.check() }
    }

    struct Setwise<T: Target>: Decodable {
        let yTrue, yPred: [T]
        let labels: [T.Label]?
        let posLabel: T.Label?
        let average: Average?
        let sampleWeight: [Double]?
        let zeroDivision, beta: Double
        let precision, recall, f1, fbeta: [Double]
        let jaccard: [Double]?

        func check() throws {
            expectEqual(try result(precisionScore, precisionScore), precision, "precision \(self)")
            expectEqual(try result(recallScore, recallScore), recall, "recall \(self)")
            expectEqual(try result(f1Score, f1Score), f1, "F1 \(self)")
            let averagedF =
                {
                    try fbetaScore(
                        $0, $1, beta: beta, labels: $2, posLabel: $3, average: $4, sampleWeight: $5, zeroDivision: $6)
                } as Averaged
            let everyF =
                { try fbetaScore($0, $1, beta: beta, labels: $2, average: $3, sampleWeight: $4, zeroDivision: $5) }
                as PerLabel
            expectEqual(try result(averagedF, everyF), fbeta, "Fβ \(self)")
            if let jaccard { expectEqual(try result(jaccardScore, jaccardScore), jaccard, "Jaccard \(self)") }
        }

        typealias Averaged = ([T], [T], [T.Label]?, T.Label?, Average, [Double]?, Double) throws -> Double
        typealias PerLabel = ([T], [T], [T.Label]?, PerClass?, [Double]?, Double) throws -> [Double]

        func result(_ averaged: Averaged, _ perClass: PerLabel) throws -> [Double] {
            guard let average else { return try perClass(yTrue, yPred, labels, nil, sampleWeight, zeroDivision) }
            return [try averaged(yTrue, yPred, labels, posLabel, average, sampleWeight, zeroDivision)]
        }
    }

    @Test func setwise() throws {
        let cases: Cases<Setwise<Int>, Setwise<String>, Setwise<Bool>, Setwise<[Int]>> =
            try fixture("setwise", in: .module)
        for test in cases.labels { try test.check() }
        for test in cases.names { try test.check() }
        for test in cases.bools { try test.check() }
        for test in cases.indicators { try test.check() }
    }

    struct Report<T: Target>: Decodable {
        let yTrue, yPred: [T]
        let labels: [T.Label]?
        let targetNames: [String]?
        let sampleWeight: [Double]?
        let digits: Int?
        let zeroDivision: Double?
        let text: String
        let macro: [Double]
        let accuracy: [Double]?

        func check() throws {
            let report = try classificationReport(
                yTrue, yPred, labels: labels, targetNames: targetNames, sampleWeight: sampleWeight, digits: digits ?? 2,
                zeroDivision: zeroDivision ?? 0)
            #expect(report.description == text, "\(self)")
            let average = report.macroAvg
            expectEqual([average.precision, average.recall, average.f1Score, average.support], macro, "\(self)")
            expectEqual(report.accuracy.map { [$0] } ?? [], accuracy ?? [], "\(self)")
        }
    }

    @Test func reports() throws {
        let cases: Cases<Report<Int>, Report<String>, Report<Bool>, Report<[Int]>> =
            try fixture("reports", in: .module)
        for test in cases.labels { try test.check() }
        for test in cases.names { try test.check() }
        for test in cases.bools { try test.check() }
        for test in cases.indicators { try test.check() }
    }

    struct Confusion<Label: ClassLabel>: Decodable {
        let yTrue, yPred: [Label]
        let labels: [Label]?
        let sampleWeight: [Double]?
        let normalize: ConfusionNormalization?
        let weights: KappaWeights?
        let confusion, multilabel, balanced, matthews, kappa: [Double]

        func check() throws {
            let matrix = try confusionMatrix(
                yTrue, yPred, labels: labels, sampleWeight: sampleWeight, normalize: normalize)
            expectEqual(matrix.elements, confusion, "confusion \(self)")
            let matrices = try multilabelConfusionMatrix(yTrue, yPred, sampleWeight: sampleWeight, labels: labels)
            expectEqual(matrices.flatMap(\.elements), multilabel, "multilabel \(self)")
            let accuracies = try [false, true].map {
                try balancedAccuracyScore(yTrue, yPred, sampleWeight: sampleWeight, adjusted: $0)
            }
            expectEqual(accuracies, balanced, "balanced \(self)")
            expectEqual([try matthewsCorrcoef(yTrue, yPred, sampleWeight: sampleWeight)], matthews, "matthews \(self)")
            let agreement = try cohenKappaScore(
                yTrue, yPred, labels: labels, weights: weights, sampleWeight: sampleWeight)
            expectEqual([agreement], kappa, "kappa \(self)")
        }
    }

    @Test func confusion() throws {
        let cases: Cases<Confusion<Int>, Confusion<String>, Confusion<Bool>, None> =
            try fixture("confusion", in: .module)
        for test in cases.labels { try test.check() }
        for test in cases.names { try test.check() }
        for test in cases.bools { try test.check() }
    }

    struct MultilabelConfusion: Decodable {
        let yTrue, yPred: [[Int]]
        let labels: [Int]?
        let sampleWeight: [Double]?
        let samplewise: Bool
        let multilabel: [Double]
    }

    @Test func multilabelConfusion() throws {
        let cases: Cases<None, None, None, MultilabelConfusion> = try fixture("multilabelConfusion", in: .module)
        for test in cases.indicators {
            let matrices = try multilabelConfusionMatrix(
                test.yTrue, test.yPred, sampleWeight: test.sampleWeight, labels: test.labels,
                samplewise: test.samplewise)
            expectEqual(matrices.flatMap(\.elements), test.multilabel, "\(test)")
        }
    }
}

// MARK: - Numbers

@Suite("Scores of numbers equal scikit-learn's")
struct RegressionEqualityTests {
    /// The fixture's name of a combination of outputs.
    enum Combination: Decodable {
        case rawValues
        case one(MultiOutput)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let weights = try? container.decode([Double].self) {
                self = .one(.weights(weights))
                return
            }
            switch try container.decode(String.self) {
            case "raw_values": self = .rawValues
            case "variance_weighted": self = .one(.varianceWeighted)
            default: self = .one(.uniformAverage)
            }
        }
    }

    struct Regression: Decodable {
        let outputs: [[[Double]]]
        let sampleWeight: [Double]?
        let multioutput, varianceMultioutput: Combination
        let forceFinite: Bool
        let scores: [String: [Double]]

        func result<T: RegressionTarget>(of name: String, _ truth: [T], _ guess: [T]) throws -> [Double] {
            switch (name, multioutput) {
            case ("meanSquaredError", .one(let mean)):
                [try meanSquaredError(truth, guess, sampleWeight: sampleWeight, multioutput: mean)]
            case ("meanSquaredError", .rawValues):
                try meanSquaredError(truth, guess, sampleWeight: sampleWeight, multioutput: .rawValues)
            case ("rootMeanSquaredError", .one(let mean)):
                [try rootMeanSquaredError(truth, guess, sampleWeight: sampleWeight, multioutput: mean)]
            case ("rootMeanSquaredError", .rawValues):
                try rootMeanSquaredError(truth, guess, sampleWeight: sampleWeight, multioutput: .rawValues)
            case ("meanAbsoluteError", .one(let mean)):
                [try meanAbsoluteError(truth, guess, sampleWeight: sampleWeight, multioutput: mean)]
            case ("meanAbsoluteError", .rawValues):
                try meanAbsoluteError(truth, guess, sampleWeight: sampleWeight, multioutput: .rawValues)
            case ("medianAbsoluteError", .one(let mean)):
                [try medianAbsoluteError(truth, guess, multioutput: mean, sampleWeight: sampleWeight)]
            case ("medianAbsoluteError", .rawValues):
                try medianAbsoluteError(truth, guess, multioutput: .rawValues, sampleWeight: sampleWeight)
            case ("meanAbsolutePercentageError", .one(let mean)):
                [try meanAbsolutePercentageError(truth, guess, sampleWeight: sampleWeight, multioutput: mean)]
            case ("meanAbsolutePercentageError", .rawValues):
                try meanAbsolutePercentageError(truth, guess, sampleWeight: sampleWeight, multioutput: .rawValues)
            case ("rootMeanSquaredLogError", .one(let mean)):
                [try rootMeanSquaredLogError(truth, guess, sampleWeight: sampleWeight, multioutput: mean)]
            case ("rootMeanSquaredLogError", .rawValues):
                try rootMeanSquaredLogError(truth, guess, sampleWeight: sampleWeight, multioutput: .rawValues)
            default:
                try varianceResult(of: name, truth, guess)
            }
        }

        func varianceResult<T: RegressionTarget>(of name: String, _ truth: [T], _ guess: [T]) throws -> [Double] {
            switch (name, varianceMultioutput) {
            case ("r2", .one(let mean)):
                [
                    try r2Score(
                        truth, guess, sampleWeight: sampleWeight, multioutput: mean, forceFinite: forceFinite)
                ]
            case ("r2", .rawValues):
                try r2Score(
                    truth, guess, sampleWeight: sampleWeight, multioutput: .rawValues, forceFinite: forceFinite)
            case ("explainedVariance", .one(let mean)):
                [
                    try explainedVarianceScore(
                        truth, guess, sampleWeight: sampleWeight, multioutput: mean, forceFinite: forceFinite)
                ]
            case ("explainedVariance", .rawValues):
                try explainedVarianceScore(
                    truth, guess, sampleWeight: sampleWeight, multioutput: .rawValues, forceFinite: forceFinite)
            default: try singleOutputResult(of: name)
            }
        }

        /// Of the first output, and where a score needs it of counts and rates.
        func singleOutputResult(of name: String) throws -> [Double] {
            let (truth, guess) = (outputs[0].map { $0[0] }, outputs[1].map { $0[0] })
            let (counts, rates) = (truth.map { max($0.rounded(.toNearestOrEven), 0) }, guess.map { abs($0) + 0.125 })
            switch name {
            case "maxError": return [try maxError(truth, guess)]
            case "meanSquaredLogError":
                return [try meanSquaredLogError(counts, rates, sampleWeight: sampleWeight)]
            case "meanPoissonDeviance":
                return [try meanPoissonDeviance(counts, rates, sampleWeight: sampleWeight)]
            case "meanGammaDeviance": return [try meanGammaDeviance(truth, guess, sampleWeight: sampleWeight)]
            default: throw EstimatorError.notSupported(name)
            }
        }
    }

    @Test(arguments: ["regression", "constantTargets", "rates"])
    func regression(cases: String) throws {
        for test in try fixture(cases, in: .module, of: [Regression].self) {
            let (truth, guess) = (test.outputs[0], test.outputs[1])
            for (name, expected) in test.scores {
                // Sums with cancellation keep 10 digits.
                expectEqual(
                    try test.result(of: name, truth, guess), expected, "\(name) \(test)",
                    tolerance: name == "meanPoissonDeviance" || truth[0][0] > 1e5 ? 1e-9 : 1e-12)
                guard truth[0].count == 1 else { continue }
                let (numbers, guesses) = (truth.map { $0[0] }, guess.map { $0[0] })
                #expect(
                    try test.result(of: name, numbers, guesses).description
                        == test.result(of: name, truth, guess).description, "\(name) \(test)")
            }
        }
    }
}
