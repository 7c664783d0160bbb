import Estimators
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// The function that is called after each epoch.
@Suite struct OnEpochTests {
    private struct Enough: Error {}

    @Test(arguments: Solver.allCases) func observesEveryEpochWithoutChangingTheModel(solver: Solver) throws {
        let x = try SmallData.features()
        let y = SmallData.numbers(x)
        var alone = MLPRegressor(hiddenLayerSizes: [5], solver: solver, maxIter: 7, randomState: 1)
        var watched = alone
        try alone.fit(x, y)
        var epochs: [TrainingEpoch] = []
        try watched.fit(x, y) { epoch in
            epochs.append(epoch)
            return .continue
        }
        #expect(watched == alone)
        #expect(epochs.map(\.index) == Array(1...7))
        #expect(epochs.last?.loss == alone.finalLoss)
        #expect(solver == .lbfgs ? alone.lossCurve.isEmpty : epochs.map(\.loss) == alone.lossCurve)
        #expect(epochs.allSatisfy { $0.validationLoss == nil && $0.validationScore == nil && $0.seconds >= 0 })
        #expect(zip(epochs, epochs.dropFirst()).allSatisfy { $0.elapsed <= $1.elapsed })
        #expect(epochs == watched.report?.epochs)
    }

    @Test(arguments: Solver.allCases) func stoppingEqualsReachingMaxIter(solver: Solver) throws {
        let x = try SmallData.features()
        let y = SmallData.numbers(x)
        var short = MLPRegressor(hiddenLayerSizes: [5], solver: solver, maxIter: 4, randomState: 1)
        var stopped = short
        stopped.maxIter = 9
        var whole = stopped
        try short.fit(x, y)
        try whole.fit(x, y)
        try stopped.fit(x, y) { $0.index == 4 ? .stop : .continue }
        #expect(stopped.stopReason == .stopped && stopped.nIter == 4)
        #expect(stopped.coefs == short.coefs && stopped.lossCurve == short.lossCurve)
        try stopped.resume(x, y)
        #expect(stopped == whole)
    }

    @Test func learningRateIsTheOptimizers() throws {
        let x = try SmallData.features()
        let y = SmallData.numbers(x)
        var rates: [Double] = []
        var mlp = MLPRegressor(
            solver: .sgd, learningRate: .invscaling, learningRateInit: 0.25, maxIter: 3, randomState: 1)
        try mlp.fit(x, y) { epoch in
            rates.append(epoch.learningRate ?? .nan)
            return .continue
        }
        #expect(rates == [0.25, 0.25 / 31.0.squareRoot(), 0.25 / 61.0.squareRoot()])
        var fullBatch = MLPRegressor(solver: .lbfgs, maxIter: 2, randomState: 1)
        try fullBatch.fit(x, y) { $0.learningRate == nil ? .continue : .stop }
        #expect(fullBatch.nIter == 2)
    }

    @Test(arguments: Solver.allCases) func errorsEndTheCallWithoutChangingTheModel(solver: Solver) throws {
        let x = try SmallData.features()
        let y = SmallData.numbers(x)
        var mlp = MLPRegressor(solver: solver, maxIter: 3, randomState: 1)
        try mlp.fit(x, y)
        let before = mlp
        #expect(throws: Enough.self) { try mlp.fit(x, y) { _ in throw Enough() } }
        #expect(mlp == before)
    }

    @Test func observesSparseTraining() throws {
        let x = SparseMatrix(try SmallData.features())
        let y = SmallData.numbers(try SmallData.features())
        var mlp = MLPRegressor(maxIter: 5, randomState: 1)
        try mlp.fit(x, y, validation: (x, y)) { $0.index == 2 ? .stop : .continue }
        #expect(mlp.nIter == 2 && mlp.validationLossCurve.count == 2)
    }
}
