import Datasets
import Estimators
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// The counterparts of scikit-learn's tests of early stopping.
@Suite struct EarlyStoppingTests {
    @Test func stopsWhenTheScoreNoLongerImproves() throws {
        let (x, y) = try SmallData.images(classes: 2, rows: 100)
        let parameters = MLPHyperparameters(
            solver: .sgd, maxIter: 3_000, randomState: 1, tol: 0.2, earlyStopping: true)
        var classifier = MLPClassifier<Int, Double>(parameters)
        var regressor = MLPRegressor<Double, Double>(parameters)
        try classifier.fit(x, y)
        try regressor.fit(x, y.map { Double($0) })
        for fitted in [classifier.fitted, regressor.fitted] {
            let best = try #require(fitted.bestValidationScore)
            #expect(try #require(fitted.nIter) < 3_000)
            #expect(fitted.stopReason == .validationStoppedImproving)
            #expect(fitted.bestLoss == nil)
            #expect(fitted.validationScores.max() == best)
            #expect(fitted.validationScores.suffix(2).allSatisfy { best + 0.2 > $0 })
        }
        classifier.earlyStopping = false
        regressor.earlyStopping = false
        try classifier.fit(x, y)
        try regressor.fit(x, y.map { Double($0) })
        for fitted in [classifier.fitted, regressor.fitted] {
            #expect(fitted.validationScores.isEmpty)
            #expect(fitted.bestValidationScore == nil)
            #expect(fitted.bestLoss == fitted.lossCurve.min())
        }
    }

    @Test func supportsAllLabelTypes() throws {
        let (x, y) = try SmallData.images(classes: 3)
        var strings = MLPClassifier<String, Double>(maxIter: 50, randomState: 42, earlyStopping: true)
        try strings.fit(x, y.map { "class_\($0)" })
        #expect(strings.validationScores.count == strings.nIter)
        #expect(strings.validationScores.allSatisfy { $0.isFinite })
        let small = try SmallData.features(rows: 50)
        var multilabel = MLPClassifier<[Int], Double>(maxIter: 50, randomState: 1, earlyStopping: true)
        try multilabel.fit(small, SmallData.indicators(small))
        #expect(try multilabel.predict(small).count == 50)
    }

    @Test func rejectsAClassWithOneSample() {
        var mlp = MLPClassifier(earlyStopping: true)
        let error = #expect(throws: EstimatorError.self) {
            try mlp.fit(Matrix(rows: 20, columns: 1, repeating: 1), Array(repeating: 0, count: 19) + [1])
        }
        #expect(error?.description.contains("class") == true)
    }

    @Test func rejectsTwoSamples() {
        var mlp = MLPRegressor(randomState: 0, earlyStopping: true)
        let error = #expect(throws: EstimatorError.self) { try mlp.fit([[1, 2], [3, 4]], [1, 2]) }
        #expect(error?.description.contains("validationFraction") == true)
    }

    @Test func unitWeightsEqualNoWeights() throws {
        let x = try SmallData.features(rows: 100, columns: 2)
        let y = SmallData.numbers(x)
        var weighted = MLPRegressor(
            hiddenLayerSizes: [10], batchSize: 10, learningRateInit: 0.01, randomState: 42, tol: 1e-2,
            earlyStopping: true)
        var plain = weighted
        try weighted.fit(x, y, sampleWeight: Array(repeating: 1, count: 100))
        try plain.fit(x, y)
        #expect(try greatestDifference(weighted.predict(x), plain.predict(x)) < 1e-7)
    }

    @Test func partialFitThrows() throws {
        let iris = try loadIris()
        var mlp = MLPClassifier(maxIter: 5, randomState: 0, earlyStopping: true)
        try mlp.fit(iris.data, iris.target)
        let error = #expect(throws: EstimatorError.self) { try mlp.partialFit(iris.data, iris.target) }
        #expect(error?.description.contains("earlyStopping") == true)
    }

    /// scikit-learn continues with NaN scores. Here, divergence always throws, and the model does not change.
    @Test func divergenceThrows() throws {
        let iris = try loadIris()
        var mlp = MLPRegressor(
            activation: .identity, solver: .sgd, learningRateInit: 1, maxIter: 20, randomState: 0, earlyStopping: true)
        let error = #expect(throws: EstimatorError.self) { try mlp.fit(iris.data, iris.target.map { Double($0) }) }
        guard case .diverged = error else {
            Issue.record("\(String(describing: error)) is no divergence")
            return
        }
        #expect(mlp.nIter == nil)
    }
}
