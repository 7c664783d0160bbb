import LinearAlgebra
import TestSupport
import Testing

@testable import NeuralNetwork

/// The counterparts of scikit-learn's tests of `.lbfgs`.
@Suite struct LBFGSTrainingTests {
    @Test(arguments: Activation.allCases) func classifies(activation: Activation) throws {
        for classes in [2, 3] {
            let (x, y) = try SmallData.images(classes: classes)
            let train = Array(0..<150)
            var mlp = MLPClassifier(
                hiddenLayerSizes: [50], activation: activation, solver: .lbfgs, maxIter: 150, randomState: 1)
            try mlp.fit(x.selectingRows(train), Array(y[..<150]))
            #expect(try mlp.score(x.selectingRows(train), Array(y[..<150])) > 0.95)
            #expect(try mlp.predict(x.selectingRows(Array(150..<200))).count == 50)
        }
    }

    @Test(arguments: Activation.allCases) func regresses(activation: Activation) throws {
        let (x, targets) = try SmallData.regression(outputs: 5)
        let y = targets.map { $0[0] }
        var mlp = MLPRegressor(
            hiddenLayerSizes: [50], activation: activation, solver: .lbfgs, maxIter: 200, randomState: 1, tol: 1e-3)
        try mlp.fit(x, y)
        #expect(try mlp.score(x, y) > 0.98)
        var several = MLPRegressor<[Double], Double>(mlp.hyperparameters)
        try several.fit(x, targets)
        #expect(several.nOutputs == 5)
        #expect(try several.score(x, targets) > 0.9)
    }

    @Test(arguments: Activation.allCases) func maxFunLimitsTheIterations(activation: Activation) throws {
        let (x, y) = try SmallData.images(classes: 3)
        let parameters = MLPHyperparameters(
            hiddenLayerSizes: [50], activation: activation, solver: .lbfgs, maxIter: 150, randomState: 1, tol: 0,
            maxFun: 10)
        var classifier = MLPClassifier<Int, Double>(parameters)
        var regressor = MLPRegressor<Double, Double>(parameters)
        let lines = try LogRecorder.lines {
            try classifier.fit(x, y)
            try regressor.fit(x, y.map { Double($0) })
        }
        #expect(lines.count == 2)
        for fitted in [classifier.fitted, regressor.fitted] {
            #expect(try #require(fitted.nIter) <= 10)
            #expect(fitted.stopReason == .reachedMaxFun)
        }
    }

    @Test func learnsMultilabelTargets() throws {
        let x = try SmallData.features(rows: 50)
        let y = SmallData.indicators(x)
        var mlp = MLPClassifier<[Int], Double>(
            hiddenLayerSizes: [50], activation: .logistic, solver: .lbfgs, alpha: 1e-5, maxIter: 150, randomState: 0)
        try mlp.fit(x, y)
        #expect(try mlp.score(x, y) > 0.97)
    }

    @Test func sparseEqualsDense() throws {
        let (x, y) = try SmallData.images(classes: 2, rows: 50)
        let thinned = x.map { $0 < 0.5 ? 0 : $0 }
        var mlp = MLPClassifier(hiddenLayerSizes: [15], solver: .lbfgs, randomState: 1)
        try mlp.fit(thinned, y)
        var sparse = mlp
        try sparse.fit(SparseMatrix(thinned), y)
        let predictions = try mlp.predict(thinned)
        #expect(try sparse.predict(SparseMatrix(thinned)) == predictions)
        #expect(try sparse.predict(thinned) == predictions)
        #expect(try mlp.predict(SparseMatrix(thinned)) == predictions)
    }

    @Test func poissonNetworkWithoutHiddenLayersEqualsTheLinearModel() throws {
        let x = Matrix(rows: 100, columns: 1, elements: (0..<100).map { Double($0) / 99 })
        let noise = try SmallData.features(rows: 100, columns: 1, seed: 4)
        let y = (0..<100).map { row in (.exp(x[row, 0] + 1) * (1 + 0.5 * noise[row, 0])).rounded() }
        // Newton's method for the slope and intercept of the log-linear model.
        var (slope, intercept) = (0.0, 1.0)
        for _ in 0..<50 {
            var (g0, g1, h00, h01, h11) = (0.0, 0.0, 0.0, 0.0, 0.0)
            for row in 0..<100 {
                let (x, mean) = (x[row, 0], Double.exp(slope * x[row, 0] + intercept))
                g0 += (mean - y[row]) * x
                g1 += mean - y[row]
                h00 += mean * x * x
                h01 += mean * x
                h11 += mean
            }
            let determinant = h00 * h11 - h01 * h01
            slope -= (h11 * g0 - h01 * g1) / determinant
            intercept -= (h00 * g1 - h01 * g0) / determinant
        }
        let expected = x.elements.map { Double.exp(slope * $0 + intercept) }
        for hidden in [[], [1]] {
            var mlp = MLPRegressor(
                loss: .poisson, hiddenLayerSizes: hidden, activation: .identity, solver: .lbfgs, alpha: 0,
                randomState: 1, tol: 1e-7)
            try mlp.fit(x, y)
            #expect(try greatestDifference(mlp.predict(x), expected) < 1e-4)
            mlp.loss = .squaredError
            try mlp.fit(x, y)
            #expect(try greatestDifference(mlp.predict(x), expected) > 1e-4)
        }
    }
}
