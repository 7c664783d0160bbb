// The examples of Documentation/BuildingYourOwnNetwork.md, word for word.

import Estimators
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import Testing

@Suite struct BuildingYourOwnNetworkPage {
    private let x: Matrix<Double>
    private let y: [Int]

    init() throws {
        let support = try PageSupport()
        (x, y) = (support.x, support.y)
    }

    @Test func options() throws {
        var mlp = MLPClassifier(
            hiddenLayerSizes: [64, 64], activation: .gelu, solver: .adamW, maxIter: 50, randomState: 0, dropout: 0.1,
            weightDecay: 0.01, schedule: .cosine, maxGradientNorm: 1, labelSmoothing: 0.05)
        try mlp.fit(x, y)

        #expect(mlp.nIter == 50 && mlp.stopReason == .reachedMaxIter)
        #expect(
            "\(mlp)" == "MLPClassifier(hiddenLayerSizes: [64, 64], activation: .gelu, solver: .adamW, maxIter: 50, "
                + "randomState: 0, dropout: 0.1, schedule: cosine, maxGradientNorm: 1.0, labelSmoothing: 0.05)")
    }

    @Test func schedules() throws {
        var slow = MLPClassifier(maxIter: 40, randomState: 0, schedule: .warmUp(0.1, then: .cosine))
        try slow.fit(x, y)
        var square = MLPClassifier(
            maxIter: 40, randomState: 0, schedule: .function("square") { progress in (1 - progress) * (1 - progress) })
        try square.fit(x, y)

        #expect("\(slow.schedule)" == "warmUp(0.1, then: cosine)" && "\(square.schedule)" == #"function("square")"#)
    }

    /// Searches know the options by name.
    @Test func searches() throws {
        var search = GridSearchCV(
            MLPClassifier(hiddenLayerSizes: [10], maxIter: 5, randomState: 0),
            paramGrid: [.init(\.dropout, [0, 0.2]), .init(\.schedule, [.constant, .cosine])], cv: 3)
        try search.fit(x, y)
        #expect(search.cvResults.params.map { "\($0)" }.contains { $0.contains("dropout") && $0.contains("cosine") })
    }

    @Test func severalQuantiles() throws {
        let targets = x.column(0)

        var quantiles = MLPRegressor<[Double], Double>(
            loss: .quantiles([0.05, 0.5, 0.95]), maxIter: 50, randomState: 0)
        try quantiles.fit(x, targets.map { [$0] })
        let intervals = try quantiles.predict(x)

        #expect(intervals.count == x.rows && intervals.allSatisfy { $0.count == 3 })
    }
}
