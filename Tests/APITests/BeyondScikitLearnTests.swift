// The examples of Documentation/BeyondScikitLearn.md, and the section of that name in the description of the API.

import Composition
import Datasets
import Estimators
import Foundation
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import Preprocessing
import Testing

@Suite struct BeyondScikitLearnTests {
    private let x: Matrix<Double>
    private let y: [Int]
    private let xVal: Matrix<Double>
    private let yVal: [Int]

    init() throws {
        let iris = try loadIris()
        (x, xVal, y, yVal) = try trainTestSplit(iris.data, iris.target, testSize: 0.2, randomState: 0)
    }

    @Test func theSectionOfTheAPI() throws {
        var mlp = MLPClassifier(randomState: 1, classWeight: .balanced)
        try mlp.fit(x, y, validation: (xVal, yVal)) { epoch in
            epoch.validationLoss ?? 1 < 0.5 ? .stop : .continue
        }
        #expect(mlp.stopReason == .stopped)
        #expect(try #require(mlp.validationLossCurve.last) < 0.5)
        #expect(mlp.report?.stopReason == .stopped)
    }

    @Test func weightsOfClasses() throws {
        let weights = [Double](repeating: 2, count: x.rows)
        var mlp = MLPClassifier(maxIter: 5, randomState: 1, classWeight: .balanced)
        try mlp.fit(x, y)
        let balanced = mlp.coefs
        mlp.classWeight = .weights([0: 1, 1: 5])
        try mlp.fit(x, y, sampleWeight: weights)
        #expect(mlp.coefs != balanced)
    }

    @Test func everyEpoch() throws {
        var mlp = MLPClassifier(maxIter: 500, randomState: 1)
        try mlp.fit(x, y) { epoch in
            epoch.loss < 0.3 || epoch.elapsed > 60 ? .stop : .continue
        }
        #expect(mlp.stopReason == .stopped)
        mlp.verbose = .progressBar
        #expect(mlp.verbose == .progressBar)
    }

    @Test func pipelinesResumeFromACheckpoint() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "swift-mlp-beyond-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var model = Pipeline(StandardScaler(), MLPClassifier(maxIter: 50, randomState: 1))
        let file = CheckpointFile(folder.appending(path: "model.safetensors"), every: 10)
        try model.fit(x, y, validation: (xVal, yVal), checkpoint: file) { epoch in
            epoch.index == 30 ? .stop : .continue
        }
        var same = try Pipeline<StandardScaler, MLPClassifier<Int, Double>>(contentsOf: file.url)
        try same.resume(x, y, validation: (xVal, yVal))
        var whole = Pipeline(StandardScaler(), MLPClassifier(maxIter: 50, randomState: 1))
        try whole.fit(x, y, validation: (xVal, yVal))
        #expect(same.last.coefs == whole.last.coefs)
    }

    @Test func aValidationSetOfOnesOwn() throws {
        var mlp = MLPClassifier(randomState: 1, earlyStopping: true, monitor: .scorer(.f1Macro))
        try mlp.fit(x, y, validation: (xVal, yVal))
        #expect(mlp.validationLossCurve.count == mlp.validationScores.count)
        #expect(mlp.bestValidationScore == mlp.validationScores.max())

        var search = GridSearchCV(
            Pipeline(StandardScaler(), MLPClassifier(maxIter: 20, randomState: 1, earlyStopping: true)),
            paramGrid: [.init(\.last.alpha, [1e-4, 1e-2])])
        search.validatesOnTestSide = true
        try search.fit(x, y)
        #expect(search.bestScore != nil)
    }

    @Test func aReport() throws {
        var mlp = MLPClassifier(maxIter: 5, randomState: 1)
        try mlp.fit(x, y)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .prettyPrinted
        let json = try encoder.encode(mlp.report)
        let report = try JSONDecoder().decode(TrainingReport.self, from: json)
        #expect(report.epochs.map(\.loss) == mlp.lossCurve)
    }

    @Test func goingOnWhereTrainingStopped() throws {
        var mlp = MLPClassifier(maxIter: 5, randomState: 1)
        try mlp.fit(x, y)
        mlp.maxIter = 10
        try mlp.resume(x, y)
        var atOnce = MLPClassifier(maxIter: 10, randomState: 1)
        try atOnce.fit(x, y)
        #expect(mlp == atOnce)
    }
}
