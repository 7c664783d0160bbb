import Estimators
import LinearAlgebra
import NumPyRandom
import TestSupport
import Testing

@testable import NeuralNetwork

/// Compares class weights with scikit-learn's fits with `compute_sample_weight`.
@Suite struct ClassWeightTests {
    struct Stored: Decodable {
        struct Targets: Decodable {
            let binary: [Int]
            let multiclass: [Int]
            let multilabel: [[Int]]
        }

        let targets: Targets
        let cases: [Case]
    }

    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let target: String
        let weights: [[Double]]?
        let sampleWeight: [Double]?
        let partialFits: Int
        let earlyStopping: Bool
        let solver: Solver
        let total: [Double]
        let loss: Double
        let lossCurve: [Double]
        let validationScores: [Double]
        let probabilities: [[Double]]

        var testDescription: String { "\(target), \(solver), \(weights == nil ? "balanced" : "weights")" }

        var classWeight: ClassWeight<Int> {
            guard let weights else { return .balanced }
            return .weights(Dictionary(uniqueKeysWithValues: weights.map { (Int($0[0]), $0[1]) }))
        }

        var parameters: MLPHyperparameters {
            MLPHyperparameters(
                hiddenLayerSizes: [5], solver: solver, batchSize: 16, maxIter: 12, randomState: 2,
                earlyStopping: earlyStopping, validationFraction: earlyStopping ? 0.3 : 0.1)
        }
    }

    private static func stored() throws -> Stored { try fixture("class_weight", in: .module) }

    @Test(arguments: try stored().cases) func equalsScikitLearn(_ test: Case) throws {
        let targets = try Self.stored().targets
        switch test.target {
        case "multilabel": try check(test, targets.multilabel)
        case "binary": try check(test, targets.binary)
        default: try check(test, targets.multiclass)
        }
    }

    private func check<Target: ClassificationTarget>(_ test: Case, _ y: [Target]) throws where Target.Label == Int {
        let x = try SmallData.features(rows: 60, seed: 5)
        let classes = try Target.classes(in: y, argument: "y")
        let targets: Matrix<Double> = try Target.encode(y, classes: classes, argument: "y")
        var total = try test.classWeight.sampleWeights(targets, classes: classes, isMultilabel: Target.isMultilabel)
        if let weights = test.sampleWeight { total = zip(total, weights).map { $0 * $1 } }
        #expect(greatestDifference(total, test.total) < 1e-15)

        var mlp = MLPClassifier<Target, Double>(test.parameters)
        mlp.classWeight = test.classWeight
        if test.partialFits == 0 { try mlp.fit(x, y, sampleWeight: test.sampleWeight) }
        for _ in 0..<test.partialFits {
            try mlp.partialFit(x, y, sampleWeight: test.sampleWeight, classes: classes)
        }
        #expect(abs(try #require(mlp.finalLoss) - test.loss) < 1e-8)
        #expect(greatestDifference(mlp.lossCurve, test.lossCurve) < 1e-8)
        #expect(greatestDifference(mlp.validationScores, test.validationScores) < 1e-12)
        let rows = Array(0..<test.probabilities.count)
        let probabilities = try mlp.predictProba(x.selectingRows(rows)).elements
        #expect(greatestDifference(probabilities, test.probabilities.flatMap { $0 }) < 1e-7)
    }

    /// scikit-learn also rejects balanced weights for a single batch.
    @Test func partialFitRejectsBalancedWeights() throws {
        let x = try SmallData.features()
        var mlp = MLPClassifier(randomState: 1, classWeight: .balanced)
        #expect { try mlp.partialFit(x, SmallData.classes(x, count: 2), classes: [0, 1]) } throws: {
            "\($0)".hasPrefix("classWeight must be weights or nil for partialFit")
        }
    }

    @Test(arguments: [
        [0: -1.0], [1: .nan], [0: .infinity], [0: 1, 7: 2], [0: 0, 1: 0, 2: 0],
    ]) func rejectsInvalidWeights(weights: [Int: Double]) throws {
        let x = try SmallData.features()
        var mlp = MLPClassifier(randomState: 1, classWeight: .weights(weights))
        #expect { try mlp.fit(x, SmallData.classes(x, count: 3)) } throws: { "\($0)".hasPrefix("classWeight must be ") }
        #expect(mlp.nIter == nil)
    }

    /// As in scikit-learn, training also works on a fold that lacks a rare class.
    @Test func allowsAWeightForAMissingClass() throws {
        let x = try SmallData.features()
        let y = SmallData.classes(x, count: 2)
        var mlp = MLPClassifier(maxIter: 2, randomState: 1, classWeight: .weights([0: 1, 1: 5, 2: 9]))
        try mlp.fit(x, y)
        var weighted = MLPClassifier(maxIter: 2, randomState: 1)
        try weighted.fit(x, y, sampleWeight: y.map { $0 == 0 ? 1 : 5 })
        #expect(mlp.fitted == weighted.fitted)
    }

    @Test func supportsStringLabels() throws {
        let x = try SmallData.features()
        let y = SmallData.classes(x, count: 2).map { $0 == 0 ? "no" : "yes" }
        var mlp = MLPClassifier<String, Double>(maxIter: 2, randomState: 1, classWeight: .weights(["yes": 5]))
        try mlp.fit(x, y)
        #expect(mlp.report?.classWeight == "[yes: 5.0]")
    }
}
