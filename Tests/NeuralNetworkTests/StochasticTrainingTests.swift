import Datasets
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// The counterparts of scikit-learn's tests of `.sgd` and `.adam`.
@Suite struct StochasticTrainingTests {
    @Test func strongerPenaltyMakesWeightsSmaller() throws {
        let (x, y) = try SmallData.images(classes: 2, rows: 100)
        let sums = try [0.0, 1].map { alpha in
            var mlp = MLPClassifier(hiddenLayerSizes: [10], alpha: alpha, randomState: 1)
            try mlp.fit(x, y)
            return mlp.coefs.map { $0.elements.reduce(0) { $0 + abs($1) } }
        }
        #expect(sums[0][0] > sums[1][0])
        #expect(sums[0][1] > sums[1][1])
    }

    /// Two features, one hidden unit, one sample of class 0, and one step calculated by hand.
    @Test func stepEqualsHandCalculation() throws {
        let shape = try #require(NetworkShape(layerUnits: [2, 1, 1]))
        var mlp = MLPClassifier(
            hiddenLayerSizes: [1], activation: .logistic, solver: .sgd, alpha: 0.1, learningRateInit: 0.5, momentum: 0)
        mlp.classes = [0, 1]
        mlp._fitted.model = TrainedModel(
            network: Network(
                shape: shape, activation: .logistic, outActivation: .logistic, parameters: [0.5, -0.25, 2, 0.1, -0.2]),
            history: TrainingHistory(watching: .loss))
        try mlp.partialFit([[1, 2]], [0])

        func logistic(_ z: Double) -> Double { 1 / (1 + .exp(-z)) }
        let hidden = logistic(0.5 * 1 - 0.25 * 2 + 0.1)
        let output = logistic(2 * hidden - 0.2)
        // The target is 0, so the delta of the output is the output. The hidden delta follows by the chain rule.
        let delta = output * 2 * hidden * (1 - hidden)
        let expected = [
            0.5 - 0.5 * (1 * delta + 0.1 * 0.5), -0.25 - 0.5 * (2 * delta + 0.1 * -0.25),
            2 - 0.5 * (hidden * output + 0.1 * 2), 0.1 - 0.5 * delta, -0.2 - 0.5 * output,
        ]
        let parameters = try #require(mlp.fitted.model?.network.parameters)
        #expect(greatestDifference(parameters, expected) < 1e-15)
        let after = logistic(
            expected[2] * logistic(expected[0] * 1 + expected[1] * 2 + expected[3]) + expected[4])
        #expect(abs(try mlp.predictProba([[1, 2]])[0, 1] - after) < 1e-15)
    }

    @Test func shufflingChangesTheModelReproducibly() throws {
        let x = try SmallData.features(rows: 50, columns: 5)
        let y = SmallData.numbers(x)
        func coefs(shuffle: Bool) throws -> [Matrix<Double>] {
            var mlp = MLPRegressor(hiddenLayerSizes: [1], batchSize: 1, maxIter: 1, shuffle: shuffle, randomState: 0)
            try mlp.fit(x, y)
            return mlp.coefs
        }
        #expect(try coefs(shuffle: true) == coefs(shuffle: true))
        #expect(try coefs(shuffle: false) == coefs(shuffle: false))
        #expect(try coefs(shuffle: true) != coefs(shuffle: false))
    }

    @Test func largeToleranceEndsTrainingEarly() throws {
        var mlp = MLPClassifier(solver: .sgd, maxIter: 3_000, randomState: 1, tol: 0.5)
        try mlp.fit([[3, 2], [1, 6]], [1, 0])
        #expect(try #require(mlp.nIter) < 3_000)
        #expect(mlp.stopReason == .converged)
    }

    @Test func adaptiveRateDecreasesBelowItsLimit() throws {
        var mlp = MLPClassifier(solver: .sgd, learningRate: .adaptive, maxIter: 3_000, randomState: 1, tol: 0.5)
        try mlp.fit([[3, 2], [1, 6]], [1, 0])
        #expect(try #require(mlp.nIter) < 3_000)
        #expect(try #require(rate(of: mlp)) < 1e-6)
    }

    @Test func warmStartContinuesTheLearningRateSchedule() throws {
        let x: Matrix<Double> = [[3, 2], [1, 6], [5, 6], [-2, -4]]
        for (schedule, expected) in [(LearningRate.constant, 0.001), (.invscaling, 0.001 / .pow(8 + 1, 0.25))] {
            var mlp = MLPClassifier(
                hiddenLayerSizes: [4], solver: .sgd, learningRate: schedule, powerT: 0.25, maxIter: 1, randomState: 1,
                warmStart: true)
            try mlp.fit(x, [1, 1, 1, 0])
            try mlp.fit(x, [1, 1, 1, 0])
            #expect(mlp.t == 8)
            #expect(rate(of: mlp) == expected)
        }
    }

    @Test(arguments: [2, 5, 10, 50, 100]) func stopsAfterNIterNoChangeEpochs(epochs: Int) throws {
        let (x, y) = try SmallData.images(classes: 2, rows: 100)
        var mlp = MLPClassifier(solver: .sgd, maxIter: 3_000, randomState: 1, tol: 0.01, nIterNoChange: epochs)
        try mlp.fit(x, y)
        #expect(mlp.fitted.model?.history.plateau.epochsWithoutImprovement == epochs + 1)
        #expect(try #require(mlp.nIter) < 3_000)
    }

    @Test func unlimitedNIterNoChangeReachesMaxIter() throws {
        let (x, y) = try SmallData.images(classes: 2, rows: 100)
        var mlp = MLPClassifier(solver: .sgd, maxIter: 300, randomState: 1, tol: 1e9, nIterNoChange: .max)
        try mlp.fit(x, y)
        #expect(mlp.nIter == 300)
        #expect(mlp.fitted.model?.history.plateau.epochsWithoutImprovement == 299)
    }

    @Test func hugeFeaturesThrowDivergence() throws {
        let x = try SmallData.features(rows: 10, columns: 2).map { abs($0) * .greatestFiniteMagnitude }
        var mlp = MLPRegressor(randomState: 1)
        #expect(throws: (any Error).self) { try mlp.fit(x, Array(repeating: 1, count: 10)) }
    }

    #if compiler(>=6.2)
        @Test func verboseTrainingPrintsIterations() async throws {
            let result = try await #require(processExitsWith: .success, observing: [\.standardOutputContent]) {
                var mlp = MLPClassifier(
                    hiddenLayerSizes: [2], solver: .sgd, maxIter: 2, randomState: 1, verbose: true)
                try mlp.fit([[3, 2], [1, 6]], [1, 0])
                try mlp.partialFit([[3, 2], [1, 6]], [1, 0])
            }
            let output = String(decoding: result.standardOutputContent, as: UTF8.self)
            #expect(
                output.split(separator: "\n").filter { $0.hasPrefix("Iteration ") && $0.contains(", loss = ") }.count
                    == 3)
        }
    #endif
}

/// Returns the current rate of gradient descent.
func rate<Target, Scalar>(of mlp: MLPClassifier<Target, Scalar>) -> Double? {
    if case .sgd(let sgd) = mlp.fitted.model?.optimizer { sgd.learningRate } else { nil }
}
