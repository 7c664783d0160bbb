import Estimators
import LinearAlgebra
import Preprocessing
import Testing

@testable import NeuralNetwork

/// Training throws an error with suggestions if the loss or weights are no longer finite, and the estimator does not
/// change.
@Suite struct DivergenceTests {
    @Test func enormousRateDiverges() throws {
        let x = try SmallData.features()
        for hidden in [[], [10]] {
            var mlp = MLPRegressor(hiddenLayerSizes: hidden, solver: .sgd, maxIter: 5, randomState: 1)
            try expectDivergence(of: &mlp, x, SmallData.numbers(x)) {
                $0.learningRateInit = 1e6
                $0.maxIter = 1_000
                // A linear network overflows slowly and would converge before.
                $0.nIterNoChange = .max
            }
        }
    }

    @Test(arguments: Solver.allCases) func enormousTargetsDiverge(solver: Solver) throws {
        let x = try SmallData.features()
        var mlp = MLPRegressor(hiddenLayerSizes: [10], solver: solver, maxIter: 5, randomState: 1)
        try mlp.fit(x, SmallData.numbers(x))
        let before = mlp
        #expect { try mlp.fit(x, SmallData.numbers(x).map { $0 * 1e200 }) } throws: { Self.isDivergence($0) }
        #expect(mlp == before)
    }

    @Test func enormousTargetsDivergeInFloat() throws {
        let x = try SmallData.features(Float.self)
        var mlp = MLPRegressor<Double, Float>(solver: .adam, maxIter: 5)
        #expect { try mlp.fit(x, Array(repeating: 1e38, count: x.rows)) } throws: { Self.isDivergence($0) }
        #expect(mlp.nIter == nil)
    }

    @Test func overflowingExponentialDiverges() throws {
        let x = try SmallData.features().map { $0 * 1e4 }
        let y = (0..<x.rows).map { Double($0 % 3) }
        var mlp = MLPRegressor(loss: .poisson, hiddenLayerSizes: [10], maxIter: 5, randomState: 1)
        #expect { try mlp.fit(x, y) } throws: { Self.isDivergence($0) }
    }

    @Test func divergingPartialFitKeepsTheModel() throws {
        let x = try SmallData.features()
        let y = SmallData.numbers(x)
        var mlp = MLPRegressor(hiddenLayerSizes: [10], solver: .sgd, randomState: 1)
        try mlp.partialFit(x, y)
        let before = mlp
        #expect { try mlp.partialFit(x, y.map { $0 * 1e200 }) } throws: { Self.isDivergence($0) }
        #expect(mlp == before)
        // The stored moments continue as if the failed call had not been made.
        var other = before
        try mlp.partialFit(x, y)
        try other.partialFit(x, y)
        #expect(mlp == other)
    }

    @Test func messageSuggestsRemedies() {
        for iteration in [nil, 3] {
            let text = EstimatorError.diverged(iteration: iteration).description
            #expect(text.contains("StandardScaler") && text.contains("smaller learningRateInit"))
            #expect(text.contains("iteration 3") == (iteration == 3))
        }
    }

    private func expectDivergence(
        of mlp: inout MLPRegressor<Double, Double>, _ x: Matrix<Double>, _ y: [Double],
        after change: (inout MLPHyperparameters) -> Void
    ) throws {
        try mlp.fit(x, y)
        let predictions = try mlp.predict(x)
        let fitted = mlp.fitted
        change(&mlp.hyperparameters)
        #expect { try mlp.fit(x, y) } throws: { Self.isDivergence($0) }
        #expect(mlp.fitted == fitted)
        #expect(try mlp.predict(x) == predictions)
    }

    private static func isDivergence(_ error: any Error) -> Bool {
        if case EstimatorError.diverged = error { true } else { false }
    }
}
