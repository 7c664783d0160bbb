import Datasets
import LinearAlgebra
import Metrics
import Testing

@testable import NeuralNetwork

/// The counterparts of scikit-learn's tests of `partialFit`.
@Suite struct PartialFitTests {
    @Test(arguments: [2, 3]) func hundredPassesClassifyLikeFit(classes: Int) throws {
        let (x, y) = try SmallData.images(classes: classes)
        var whole = MLPClassifier(
            solver: .sgd, alpha: 1e-5, learningRateInit: 0.2, maxIter: 100, randomState: 1, tol: 0)
        try whole.fit(x, y)
        var passes = MLPClassifier(solver: .sgd, alpha: 1e-5, learningRateInit: 0.2, randomState: 1)
        for _ in 0..<100 { try passes.partialFit(x, y, classes: Array(0..<classes)) }
        #expect(try passes.predict(x) == whole.predict(x))
        #expect(try passes.score(x, y) > 0.95)
        #expect(passes.lossCurve.count == 100)
    }

    @Test(arguments: [0, 0.9]) func hundredPassesRegressLikeFit(momentum: Double) throws {
        let (x, targets) = try SmallData.regression()
        let y = targets.map { $0[0] }
        var whole = MLPRegressor(
            solver: .sgd, batchSize: 200, learningRateInit: 0.05, maxIter: 100, randomState: 1, tol: 0,
            momentum: momentum)
        try whole.fit(x, y)
        var passes = whole
        passes._fitted = FittedNetwork()
        for _ in 0..<100 { try passes.partialFit(x, y) }
        #expect(try greatestDifference(passes.predict(x), whole.predict(x)) < 1e-7)
        #expect(try passes.score(x, y) > 0.65)
    }

    @Test func learnsAClassThatFirstOccursLater() throws {
        var mlp = MLPClassifier<String, Double>(randomState: 0)
        try mlp.partialFit([[1], [2], [3]], ["a", "b", "c"], classes: ["a", "b", "c", "d"])
        try mlp.partialFit([[4]], ["d"])
        #expect(mlp.classes == ["a", "b", "c", "d"])
        #expect(try mlp.score([[1], [2], [3], [4]], ["a", "b", "c", "d"]) > 0)
    }

    @Test func learnsMultilabelTargets() throws {
        let x = try SmallData.features(rows: 50)
        let y = SmallData.indicators(x)
        var mlp = MLPClassifier<[Int], Double>(
            hiddenLayerSizes: [50], activation: .logistic, solver: .sgd, alpha: 1e-5, learningRateInit: 0.2,
            randomState: 0)
        for _ in 0..<100 { try mlp.partialFit(x, y, classes: [0, 1, 2]) }
        #expect(try mlp.score(x, y) > 0.8)
    }

    @Test func aCopyLearnsAnotherTarget() throws {
        var first = MLPRegressor(hiddenLayerSizes: [42], learningRateInit: 0.01, maxIter: 200, randomState: 42)
        try first.fit([[2]], [4])
        var second = first
        for _ in 0..<200 { try second.partialFit([[2]], [1]) }
        #expect(try abs(second.predict([[2]])[0] - 1) < 1e-4)
    }
}
