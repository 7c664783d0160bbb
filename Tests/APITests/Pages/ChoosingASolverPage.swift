// The examples of Documentation/ChoosingASolver.md.

import Composition
import Estimators
import NeuralNetwork
import Preprocessing
import Testing

@Suite struct ChoosingASolverPage {
    private let support: PageSupport

    init() throws { support = try PageSupport() }

    @Test func solvers() throws {
        let (x, y) = (support.x, support.y)

        var small = MLPClassifier(solver: .lbfgs, maxIter: 1000, randomState: 1)
        try small.fit(x, y)

        var model = Pipeline(StandardScaler(), MLPClassifier(maxIter: 500, randomState: 1))
        try model.fit(x, y)
        print(model.last.stopReason ?? .reachedMaxIter, model.last.nIter ?? 0)

        var stopping = MLPClassifier(
            solver: .adam, maxIter: 1000, randomState: 1, earlyStopping: true, validationFraction: 0.2)
        try stopping.fit(x, y)
        print(stopping.bestValidationScore ?? 0, stopping.validationScores.count)

        var steered = MLPClassifier(
            solver: .sgd, learningRate: .adaptive, learningRateInit: 0.1, maxIter: 500, randomState: 1, momentum: 0.9)
        try steered.fit(x, y)

        #expect(small.stopReason == .converged)
        #expect(stopping.stopReason == .validationStoppedImproving)
        #expect(try model.score(x, y) > 0.95)
        #expect(steered.lossCurve.last ?? 1 < 0.3)
    }
}
