import Datasets
import Estimators
import LinearAlgebra
import Testing

@testable import NeuralNetwork

@Suite struct WarmStartTests {
    /// As in scikit-learn, a warm start continues from the weights with the current parameters.
    @Test(arguments: Solver.allCases) func warmStartUsesTheChangedActivation(solver: Solver) throws {
        let x = try SmallData.features(rows: 40)
        let y = SmallData.numbers(x)
        var mlp = MLPRegressor(
            hiddenLayerSizes: [6], activation: .tanh, solver: solver, batchSize: 40, maxIter: 3, shuffle: false,
            randomState: 1, warmStart: true)
        try mlp.fit(x, y)
        let weights = try #require(mlp.fitted.model?.network)

        mlp.activation = .relu
        mlp.maxIter = 1
        try mlp.fit(x, y)
        let network = try #require(mlp.fitted.model?.network)
        #expect(network.activation == .relu)

        // The expected result: an independent network with these weights and the new function after one more iteration.
        var changed = weights
        changed.activation = .relu
        var other = MLPRegressor(
            hiddenLayerSizes: [6], activation: .relu, solver: solver, batchSize: 40, maxIter: 1, shuffle: false,
            randomState: 1, warmStart: true)
        other._fitted.model = TrainedModel(network: changed, history: TrainingHistory(watching: .loss))
        try other.fit(x, y)
        #expect(mlp.finalLoss == other.finalLoss)
        #expect(mlp.coefs == other.coefs)
        #expect(try mlp.predict(x) == other.predict(x))
    }

    @Test func warmStartRequiresTheSameClasses() throws {
        let iris = try loadIris()
        var mlp = MLPClassifier(
            hiddenLayerSizes: [2], solver: .lbfgs, randomState: 42, tol: 1e-2, warmStart: true)
        try mlp.fit(iris.data, iris.target)
        try mlp.fit(iris.data, iris.target)
        // The same classes in different rows.
        try mlp.fit(iris.data, (0..<150).map { $0 < 40 ? 0 : $0 < 80 ? 1 : 2 })
        for other in [(0..<150).map { $0 / 75 }, (0..<150).map { [0, 1, 3][$0 / 50] }, (0..<150).map { $0 * 5 / 150 }] {
            let error = #expect(throws: EstimatorError.self) { try mlp.fit(iris.data, other) }
            #expect(error?.description.contains("[0, 1, 2]") == true)
            #expect(error?.description.contains("\(Set(other).sorted())") == true)
        }
    }

    @Test func eachWarmStartCanUseAllOfMaxIter() throws {
        let iris = try loadIris()
        for solver in Solver.allCases {
            let parameters = MLPHyperparameters(
                hiddenLayerSizes: [10], solver: solver, maxIter: 3, randomState: 0, tol: 0, warmStart: true,
                nIterNoChange: .max)
            var classifier = MLPClassifier<Int, Double>(parameters)
            var regressor = MLPRegressor<Double, Double>(parameters)
            for maxIter in [3, 3, 6] {
                classifier.maxIter = maxIter
                regressor.maxIter = maxIter
                try classifier.fit(iris.data, iris.target)
                try regressor.fit(iris.data, iris.target.map { Double($0) })
                for fitted in [classifier.fitted, regressor.fitted] {
                    #expect(fitted.nIter == maxIter, "\(solver)")
                    #expect(fitted.stopReason == .reachedMaxIter, "\(solver)")
                }
            }
        }
    }

    @Test func warmStartAppendsValidationScores() throws {
        let iris = try loadIris()
        var mlp = MLPClassifier(maxIter: 10, randomState: 0, warmStart: true, earlyStopping: true)
        try mlp.fit(iris.data, iris.target)
        let before = mlp.validationScores
        mlp.maxIter = 20
        try mlp.fit(iris.data, iris.target)
        #expect(mlp.validationScores.count > before.count)
        #expect(mlp.validationScores.starts(with: before))
    }
}
