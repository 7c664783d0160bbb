import Composition
import Estimators
import Foundation
import Interchange
import LinearAlgebra
import ModelFiles
import NeuralNetwork
import Preprocessing
import Tables
import TabularNetworks
import Testing

/// The examples of `Documentation/Exchange.md`, compiled like a client of the package.
@Suite struct ExchangeExampleTests {
    private let folder = Bundle.module.resourceURL?.appending(path: "Fixtures") ?? URL(filePath: "Fixtures")
    private let x: Matrix<Double> = [[0, 1], [1, 0], [2, -1], [-1, 2]]
    private let y = [0, 1, 1, 0]

    @Test func fromScikitLearn() throws {
        let url = folder.appending(path: "pipeline-string.skops")
        let x: Matrix<Double> = [[0, 1, 2]]

        typealias Model = Pipeline<StandardScaler, MLPClassifier<String, Double>>

        let model = try Model(skops: url)
        let labels = try model.predict(x)
        let probabilities = try model.predictProba(x)

        #expect(model.classes.contains(labels[0]))
        #expect(probabilities.columns == 3)
    }

    @Test func continuesTraining() throws {
        let url = folder.appending(path: "number-sgd.skops")
        let x: Matrix<Double> = [[0, 1, 2], [1, 0, -1]]
        let y = [0.5, 1]

        var mlp = try MLPRegressor<Double, Double>(skops: url)
        try mlp.partialFit(x, y)
        let losses = mlp.lossCurve

        #expect(losses.count == 6)
    }

    @Test func toONNX() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).onnx")
        defer { try? FileManager.default.removeItem(at: url) }

        var model = Pipeline(StandardScaler(), MLPClassifier(maxIter: 50, randomState: 0))
        try model.fit(x, y)
        try model.exportONNX(to: url)

        #expect(FileManager.default.fileExists(atPath: url.path))
    }

    @Test func networkForTablesToONNX() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).onnx")
        defer { try? FileManager.default.removeItem(at: url) }
        let people = try Table([
            "age": .numbers([38, .nan, 51, 20]), "job": .strings(["clerk", "smith", nil, "clerk"]),
        ])
        let answers = ["yes", "no", "no", "yes"]

        var model = TabularMLPClassifier<String>(randomState: 0)
        try model.fit(people, answers)
        try model.exportONNX(to: url)

        #expect(FileManager.default.fileExists(atPath: url.path))
    }

    @Test func workflowToONNX() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).onnx")
        defer { try? FileManager.default.removeItem(at: url) }
        let people = try Table([
            "age": .numbers([38, .nan, 51, 20]), "hours": .numbers([40, 20, 38, 10]),
            "job": .strings(["clerk", "smith", nil, "clerk"]),
        ])
        let answers = ["yes", "no", "yes", "no"]

        let columns = ColumnTransformer([
            .numeric(["age", "hours"], SimpleImputer(), StandardScaler()),
            .categorical(["job"], CategoryImputer(), OneHotEncoder(handleUnknown: .ignore)),
        ])
        var workflow = TablePipeline(columns, MLPClassifier<String, Double>(maxIter: 50, randomState: 0))
        try workflow.fit(people, answers)
        try workflow.exportONNX(to: url)

        #expect(FileManager.default.fileExists(atPath: url.path))
    }

    @Test func fromGivenWeights() throws {
        var mlp = try MLPClassifier<Int, Double>(
            coefs: [[[0.5, -1], [1, 0.25]], [[2], [-1]]], intercepts: [[0, 0.1], [0.3]], classes: [0, 1])
        let before = try mlp.predict(x)
        mlp.warmStart = true
        try mlp.fit(x, y)  // starts from these weights

        #expect(before == [1, 1, 1, 1])
    }

    @Test func hiddenLayers() throws {
        var mlp = MLPClassifier(hiddenLayerSizes: [8, 3], maxIter: 50, randomState: 0)
        try mlp.fit(x, y)
        let hidden: Matrix<Double> = try mlp.transform(x, layer: 2)  // samples × 3

        #expect((hidden.rows, hidden.columns) == (4, 3))
    }

    /// Each example of the page is compiled here.
    @Test func pageShowsTheseExamples() throws {
        let here = URL(filePath: #filePath)
        let page = here.appending(path: "../../../Documentation/Exchange.md").standardized
        let lines = { (url: URL) in
            try String(contentsOf: url, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let compiled = try lines(here).joined(separator: "\n")
        let examples = try lines(page).joined(separator: "\n").components(separatedBy: "```swift\n").dropFirst()
            .compactMap { $0.components(separatedBy: "```").first }
        #expect(examples.count == 7)
        for example in examples {
            #expect(compiled.contains(example), "\(example)")
            #expect(example.split(separator: "\n").count <= 25)
        }
    }
}
