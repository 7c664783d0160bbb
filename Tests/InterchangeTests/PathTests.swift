import Composition
import Datasets
import Foundation
import Interchange
import LinearAlgebra
import ModelFiles
import ModelSelection
import NeuralNetwork
import Plotting
import Preprocessing
import Tables
import Testing

/// Every function that reads or writes a file takes a path as well as a `URL`.
@Suite final class PathTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "swift-mlp-paths-\(UUID())")
    private let x: Matrix<Double> = [[1, 2], [0, 3], [4, 5], [6, 7]]
    private let network = MLPClassifier(hiddenLayerSizes: [2], maxIter: 2, randomState: 0, verbose: .silent)

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func path(_ name: String) -> String { folder.appending(path: name).path }

    @Test func modelsAndGraphs() throws {
        let model = try network.fitted(x, [0, 1, 0, 1])
        try model.save(to: path("model"))
        #expect(try MLPClassifier<Int, Double>(contentsOf: path("model")) == model)
        #expect(try MLPClassifier<Int, Double>(contentsOf: folder.appending(path: "model")) == model)
        try model.exportONNX(to: path("model.onnx"))
        #expect(try Data(contentsOf: folder.appending(path: "model.onnx")) == model.onnxModel())
        #expect(throws: ModelFileError.self) { try model.exportONNX(to: path("none/model.onnx")) }
        #expect(throws: ModelFileError.self) { try StandardScaler(skops: path("none.skops")) }
        #expect(throws: InterchangeError.self) { try StandardScaler(skops: path("model")) }
    }

    @Test func checkpointsAndJournals() throws {
        var model = network
        try model.fit(x, [0, 1, 0, 1], checkpoint: CheckpointFile(path("checkpoint")))
        #expect(CheckpointFile(path("checkpoint")) == CheckpointFile(folder.appending(path: "checkpoint")))
        #expect(try MLPClassifier<Int, Double>(contentsOf: path("checkpoint")) == model)
        let grid = [ParameterAxis<MLPClassifier<Int, Double>>(\.alpha, [0.1, 1])]
        var search = GridSearchCV(network, paramGrid: grid, cv: 2, journal: path("journal"))
        try search.fit(x, [0, 1, 0, 1])
        #expect(search.journal == folder.appending(path: "journal"))
        #expect(
            try String(contentsOf: folder.appending(path: "journal"), encoding: .utf8).split(separator: "\n").count == 5
        )
        #expect(GridSearchCV(network, paramGrid: grid, journal: nil).journal == nil)
    }

    @Test func picturesReportsAndTables() throws {
        let model = try network.fitted(x, [0, 1, 0, 1])
        let display = try LossCurveDisplay(model)
        try display.write(to: path("loss.svg"))
        try display.figure.write(to: path("figure.svg"))
        #expect(try String(contentsOf: folder.appending(path: "loss.svg"), encoding: .utf8) == display.svg())
        #expect(try String(contentsOf: folder.appending(path: "figure.svg"), encoding: .utf8) == display.svg())
        try model.writeReport(to: path("report.html"))
        #expect(try Data(contentsOf: folder.appending(path: "report.html")).count > 1000)
        let table = try Table(["a": .numbers([1, 2])])
        try table.writeCSV(to: path("table.csv"))
        #expect(try readCSV(path("table.csv")) == table)
        let error = #expect(throws: TableError.self) { try table.writeCSV(to: path("none/table.csv")) }
        #expect(error?.description.hasSuffix("does not exist.") == true)
    }

    @Test func folders() throws {
        let error = #expect(throws: DatasetError.self) {
            try fetchCaliforniaHousing(dataHome: path("home"), downloadIfMissing: false)
        }
        #expect(error?.description.contains(path("home")) == true)
    }
}
