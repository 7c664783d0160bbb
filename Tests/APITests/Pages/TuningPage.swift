// The examples of Documentation/Tuning.md.

import Composition
import Estimators
import Foundation
import Metrics
import ModelSelection
import NeuralNetwork
import Plotting
import Preprocessing
import Testing

@Suite struct TuningPage {
    private let support: PageSupport

    init() throws { support = try PageSupport() }

    @Test func searches() throws {
        let (x, y) = (support.x, support.y)

        var grid = GridSearchCV(
            Pipeline(StandardScaler(), MLPClassifier(solver: .lbfgs, maxIter: 200, randomState: 1)),
            paramGrid: [.init(\.last.alpha, [0.01, 0.1, 1]), .init(\.last.hiddenLayerSizes, [[5], [20]])],
            nJobs: -1, cv: 5)
        try grid.fit(x, y)
        print(grid.cvResults)

        var random = RandomizedSearchCV(
            Pipeline(StandardScaler(), MLPClassifier(maxIter: 60, randomState: 1)),
            paramDistributions: [
                .init(\.last.alpha, .logUniform(1e-5, 1e-1)),
                .init(\.last.learningRateInit, .logUniform(1e-4, 1e-2)),
                .init(\.last.hiddenLayerSizes, .choice([[10], [20], [20, 10]])),
            ],
            nIter: 6, nJobs: -1, cv: 3, randomState: 0)
        try random.fit(x, y)
        print(random.bestScore ?? 0, random.bestParams.map(\.description) ?? "none")

        var halving = HalvingGridSearchCV(
            Pipeline(StandardScaler(), MLPClassifier(solver: .lbfgs, maxIter: 100, randomState: 1)),
            paramGrid: [.init(\.last.alpha, [1e-4, 1e-3, 1e-2, 1e-1, 1])],
            cv: 3, randomState: 0, nJobs: -1)
        try halving.fit(x, y)

        let balanced = Scorer<MLPClassifier<Int, Double>>("balanced") { model, x, y in
            try balancedAccuracyScore(y, model.predict(x))
        }
        print(try crossValScore(MLPClassifier(solver: .lbfgs, randomState: 1), x, y, scoring: balanced, cv: 3))

        let chance = try permutationTestScore(
            MLPClassifier(solver: .lbfgs, maxIter: 50, randomState: 1), x, y, cv: 3, nPermutations: 20, nJobs: -1)
        print(chance.score, chance.pvalue)
        #expect(chance.pvalue < 0.05)

        let honest = try crossValScore(grid, x, y, cv: 3)
        print(honest)

        #expect(grid.cvResults.params.count == 6)
        #expect(random.bestScore != nil && halving.bestScore != nil)
        #expect(honest.count == 3)
    }

    @Test func whatIsWritten() throws {
        try PageSupport.inFolder { folder in
            let (x, y) = (support.x, support.y)

            var long = GridSearchCV(
                Pipeline(StandardScaler(), MLPClassifier(maxIter: 30, randomState: 1)),
                paramGrid: [.init(\.last.alpha, [1e-4, 1e-2])], cv: 3, journal: folder.appending(path: "search.jsonl"))
            try long.fit(x, y)

            let range = [1e-4, 1e-2, 1, 100]
            let curve = try validationCurve(
                Pipeline(StandardScaler(), MLPClassifier(solver: .lbfgs, randomState: 1)), x, y, param: \.last.alpha,
                range: range)
            try ValidationCurveDisplay(curve, paramName: "alpha", paramRange: range, scoreName: "Accuracy")
                .write(to: folder.appending(path: "alpha.svg"))

            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            #expect(files == ["alpha.svg", "search.jsonl"])
        }
    }
}
