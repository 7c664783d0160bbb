import LinearAlgebra
import Testing

@testable import NeuralNetwork

@Suite struct WarmStartTests {
    /// As in scikit-learn, a warm start goes on from the weights by the parameters as they are now.
    @Test(arguments: Solver.allCases) func aChangedActivationCounts(solver: Solver) throws {
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

        // What an independent network with these weights and the new function does in one more iteration.
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
}
