// The examples of Documentation/BeyondScikitLearn.md, word for word; BeyondScikitLearnTests tests their results.

import Composition
import Datasets
import Estimators
import Foundation
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import Preprocessing
import Testing

@Suite struct BeyondScikitLearnPage {
    private let x: Matrix<Double>
    private let y: [Int]

    init() throws {
        let support = try PageSupport()
        (x, y) = (support.x, support.y)
    }

    @Test func weightsOfClasses() throws {
        let weights = [Double](repeating: 2, count: x.rows)

        var mlp = MLPClassifier(randomState: 1, classWeight: .balanced)
        try mlp.fit(x, y)
        mlp.classWeight = .weights([0: 1, 1: 5])
        try mlp.fit(x, y, sampleWeight: weights)
    }

    @Test func everyEpoch() throws {
        var mlp = MLPClassifier(maxIter: 500, randomState: 1)
        try mlp.fit(x, y) { epoch in
            epoch.loss < 0.3 || epoch.elapsed > 60 ? .stop : .continue
        }
        print(mlp.stopReason == .stopped)

        #expect(mlp.stopReason == .stopped)
    }

    @Test func validationSets() throws {
        let (xTrain, xVal, yTrain, yVal) = try trainTestSplit(x, y, testSize: 0.2, randomState: 0)

        var mlp = MLPClassifier(randomState: 1, earlyStopping: true, monitor: .scorer(.f1Macro))
        try mlp.fit(xTrain, yTrain, validation: (xVal, yVal))
        print(mlp.validationLossCurve.count, mlp.validationScores.count, mlp.bestValidationScore ?? 0)

        var search = GridSearchCV(
            Pipeline(StandardScaler(), MLPClassifier(randomState: 1, earlyStopping: true)),
            paramGrid: [.init(\.last.alpha, [1e-4, 1e-2])])
        search.validatesOnTestSide = true
        try search.fit(x, y)

        #expect(search.bestScore != nil)
    }

    @Test func reports() throws {
        var mlp = MLPClassifier(maxIter: 5, randomState: 1)
        try mlp.fit(x, y)

        let encoder = JSONEncoder()
        encoder.outputFormatting = .prettyPrinted
        let json = try encoder.encode(mlp.report)
        let report = try JSONDecoder().decode(TrainingReport.self, from: json)
        print(report.epochs.map(\.loss) == mlp.lossCurve)
    }

    @Test func goingOn() throws {
        var mlp = MLPClassifier(maxIter: 50, randomState: 1)
        try mlp.fit(x, y)
        mlp.maxIter = 100
        try mlp.resume(x, y)

        var atOnce = MLPClassifier(maxIter: 100, randomState: 1)
        try atOnce.fit(x, y)
        #expect(mlp == atOnce)
    }

    /// Only compiled, because it is slow: LayerSearchExampleTests runs a smaller search.
    private func layers() throws {
        let iris = try loadIris()
        var search = RandomizedSearchCV(
            Pipeline(StandardScaler(), MLPClassifier(maxIter: 60, randomState: 1)),
            paramDistributions: [
                .init(\.last.hiddenLayerSizes, .layers(count: 1...3, units: 16...512)),
                .init(\.last.alpha, .logUniform(1e-5, 1e-1)),
            ],
            nIter: 8, nJobs: -1, cv: 3, randomState: 0)
        try search.fit(iris.data, iris.target)
        if let layers = search.bestParams?[\.last.hiddenLayerSizes] { print(layers) }
    }
}
