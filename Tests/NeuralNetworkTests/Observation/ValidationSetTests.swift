import Estimators
import LinearAlgebra
import Metrics
import ModelSelection
import Testing

@testable import NeuralNetwork

/// A validation set that the caller passes, and what early stopping watches on it.
@Suite struct ValidationSetTests {
    private let x: Matrix<Double>
    private let y: [Int]
    private let xVal: Matrix<Double>
    private let yVal: [Int]

    init() throws {
        let table = try SmallData.features(rows: 90)
        let labels = SmallData.classes(table, count: 3)
        x = table.selectingRows(Array(0..<60))
        y = Array(labels[..<60])
        xVal = table.selectingRows(Array(60..<90))
        yVal = Array(labels[60...])
    }

    private func classifier(_ change: (inout MLPHyperparameters) -> Void = { _ in }) -> MLPClassifier<Int, Double> {
        var parameters = MLPHyperparameters(
            hiddenLayerSizes: [8], batchSize: 16, learningRateInit: 0.05, maxIter: 60, randomState: 4, nIterNoChange: 5)
        change(&parameters)
        return MLPClassifier(parameters)
    }

    @Test(arguments: Solver.allCases) func isOnlyRecordedWithoutEarlyStopping(solver: Solver) throws {
        var alone = classifier { $0.solver = solver }
        var validated = alone
        try alone.fit(x, y)
        try validated.fit(x, y, validation: (xVal, yVal))
        #expect(validated.coefs == alone.coefs && validated.stopReason == alone.stopReason)
        #expect(validated.lossCurve == alone.lossCurve)
        #expect(validated.validationLossCurve.count == validated.nIter)
        #expect(alone.validationLossCurve.isEmpty && alone.validationScores.isEmpty)
        #expect(validated.bestValidationScore == nil)
        // The last entries are those of the current model.
        let loss = try logLoss(yVal, validated.predictProba(xVal))
        #expect(abs(try #require(validated.validationLossCurve.last) - loss) < 1e-12)
        #expect(try validated.validationScores.last == validated.score(xVal, yVal))
    }

    @Test func earlyStoppingKeepsTheWeightsOfTheBestScore() throws {
        var mlp = classifier { $0.earlyStopping = true }
        try mlp.fit(x, y, validation: (xVal, yVal))
        #expect(mlp.stopReason == .validationStoppedImproving)
        #expect(try mlp.score(xVal, yVal) == mlp.validationScores.max())
        #expect(mlp.bestValidationScore == mlp.validationScores.max())
        // No sample was split off.
        #expect(mlp.t == 60 * (mlp.nIter ?? 0))
    }

    @Test func earlyStoppingCanWatchTheLoss() throws {
        var mlp = classifier { $0.earlyStopping = true }
        mlp.monitor = .loss
        try mlp.fit(x, y, validation: (xVal, yVal))
        #expect(mlp.stopReason == .validationStoppedImproving && mlp.bestValidationScore == nil && mlp.bestLoss == nil)
        let least = try #require(mlp.validationLossCurve.min())
        #expect(abs(try logLoss(yVal, mlp.predictProba(xVal)) - least) < 1e-12)
        let best = try #require(mlp.validationLossCurve.firstIndex(of: least))
        #expect(mlp.nIter == best + 1 + 6, "a patience of 5 epochs ends with the 6th")
    }

    @Test(arguments: [Scorer<MLPClassifier<Int, Double>>.f1Macro, .negLogLoss])
    func earlyStoppingCanWatchAnyScorer(scorer: Scorer<MLPClassifier<Int, Double>>) throws {
        var mlp = classifier { $0.earlyStopping = true }
        mlp.monitor = .scorer(scorer)
        try mlp.fit(x, y, validation: (xVal, yVal))
        #expect(try scorer(mlp, xVal, yVal) == mlp.validationScores.max())
        #expect(mlp.report?.monitor == scorer.name)
    }

    /// The monitor also applies to the split of early stopping.
    @Test func monitorsTheSplitOfEarlyStoppingInTheSameWay() throws {
        var score = classifier { $0.earlyStopping = true }
        var scorer = score
        scorer.monitor = .scorer(.accuracy)
        var loss = score
        loss.monitor = .loss
        try score.fit(x, y)
        try scorer.fit(x, y)
        try loss.fit(x, y)
        #expect(scorer.fitted == score.fitted && !score.validationScores.isEmpty)
        #expect(score.validationLossCurve.count == score.nIter)
        let shared = min(loss.nIter ?? 0, score.nIter ?? 0)
        #expect(Array(loss.validationLossCurve[..<shared]) == Array(score.validationLossCurve[..<shared]))
    }

    @Test func regressorLossIsHalfTheSquaredError() throws {
        let numbers = SmallData.numbers(x)
        var mlp = MLPRegressor(hiddenLayerSizes: [8], maxIter: 5, randomState: 4)
        try mlp.fit(x, numbers, validation: (xVal, SmallData.numbers(xVal)))
        let error = try meanSquaredError(SmallData.numbers(xVal), mlp.predict(xVal))
        #expect(abs(try #require(mlp.validationLossCurve.last) - error / 2) < 1e-12)
        #expect(try mlp.validationScores.last == mlp.score(xVal, SmallData.numbers(xVal)))
    }

    @Test(arguments: [Monitor<MLPClassifier<Int, Double>>.score, .loss, .scorer(.f1Macro)])
    func resumesWithAValidationSet(monitor: Monitor<MLPClassifier<Int, Double>>) throws {
        var whole = classifier { $0.earlyStopping = true }
        whole.monitor = monitor
        var model = whole
        try whole.fit(x, y, validation: (xVal, yVal))
        model.maxIter = 3
        try model.fit(x, y, validation: (xVal, yVal))
        model.maxIter = whole.maxIter
        let stopped = model
        #expect(throws: EstimatorError.self) { try model.resume(x, y) }
        #expect(throws: EstimatorError.self) { try model.resume(x, y, validation: (x, y)) }
        var other = model
        other.monitor = .scorer(.accuracy)
        #expect { try other.resume(x, y, validation: (xVal, yVal)) } throws: { "\($0)".hasPrefix("monitor must be ") }
        #expect(model == stopped)
        var epochs: [Int] = []
        try model.resume(x, y, validation: (xVal, yVal)) { epoch in
            epochs.append(epoch.index)
            return .continue
        }
        #expect(model == whole)
        #expect(epochs.first == 4)
    }

    @Test func rejectsMismatchedValidationSets() throws {
        var mlp = classifier()
        let attempts: [(String, (Matrix<Double>, [Int]))] = [
            ("validation.x must have 4 columns", (try SmallData.features(columns: 3), yVal)),
            ("validation.y must have as many samples", (xVal, y)),
            ("validation.y must contain known classes", (xVal, yVal.map { $0 + 1 })),
            ("validation.x must contain finite numbers", (xVal.map { $0 / 0 }, yVal)),
        ]
        for (beginning, validation) in attempts {
            #expect { try mlp.fit(x, y, validation: validation) } throws: { "\($0)".hasPrefix(beginning) }
        }
        #expect(mlp.nIter == nil)
        var scored = MLPClassifier(earlyStopping: true, monitor: .scorer(.accuracy))
        #expect { try scored.fit(SparseMatrix(x), y) } throws: { "\($0)".hasPrefix("monitor must be score or loss") }
    }
}
