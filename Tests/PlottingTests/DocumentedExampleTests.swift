import Composition
import Datasets
import Estimators
import Foundation
import ModelFiles
import ModelSelection
import NeuralNetwork
import Plotting
import Preprocessing
import Testing

/// The examples of Documentation/Plotting.md, line by line.
@Suite struct DocumentedExampleTests {
    @Test func examplesCompileAndWriteTheirFiles() throws {
        // Scripts/test-report.sh can name a folder for the files, which are the pictures of the page.
        let kept = ProcessInfo.processInfo.environment["SWIFT_MLP_GALLERY"].map { URL(filePath: $0) }
        let folder = (kept ?? FileManager.default.temporaryDirectory).appending(path: "examples-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { if kept == nil { try? FileManager.default.removeItem(at: folder) } }

        let iris = try loadIris()
        let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(
            iris.data, iris.target, testSize: 0.2, randomState: 42, stratify: iris.target)
        var model = Pipeline(StandardScaler(), MLPClassifier(hiddenLayerSizes: [20], maxIter: 400, randomState: 1))
        try model.fit(xTrain, yTrain)

        try LossCurveDisplay(model).write(to: folder.appending(path: "loss.svg"))
        try ConfusionMatrixDisplay(model, xTest, yTest, displayLabels: iris.targetNames)
            .write(to: folder.appending(path: "confusion-matrix.svg"), width: 480, height: 400)

        try DecisionBoundaryDisplay(model, iris.data, iris.target, displayLabels: iris.targetNames)
            .write(to: folder.appending(path: "boundary.svg"), width: 560, height: 400)

        let diabetes = try loadDiabetes()
        var regressor = MLPRegressor(hiddenLayerSizes: [20], solver: .lbfgs, maxIter: 50, randomState: 1)
        try regressor.fit(diabetes.data, diabetes.target)
        let predicted = try regressor.predict(diabetes.data)
        try PredictionErrorDisplay(diabetes.target, predicted, kind: .actualVsPredicted)
            .write(to: folder.appending(path: "actual.svg"))

        let range = [1e-4, 1e-2, 1.0]
        let curve = try validationCurve(
            MLPClassifier(maxIter: 30, randomState: 1), iris.data, iris.target, param: \.alpha, range: range, cv: 3)
        try ValidationCurveDisplay(curve, paramName: "alpha", paramRange: range, scoreName: "Accuracy")
            .write(to: folder.appending(path: "alpha.svg"))

        var search = GridSearchCV(
            MLPClassifier(maxIter: 30, randomState: 1),
            paramGrid: [.init(\.activation, [.relu, .tanh]), .init(\.alpha, range)], cv: 3)
        try search.fit(iris.data, iris.target)
        try SearchDisplay(search).write(to: folder.appending(path: "search.svg"))

        var figure = try RocCurveDisplay(model, xTest, yTest).figure
        figure.title = "Iris, test set"
        figure.xLabel = "False alarms"
        try figure.write(to: folder.appending(path: "roc.svg"), width: 900, height: 600)

        try model.writeReport(
            to: folder.appending(path: "report.html"), test: (xTest, yTest), displayLabels: iris.targetNames,
            title: "Iris")

        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(
            files == [
                "actual.svg", "alpha.svg", "boundary.svg", "confusion-matrix.svg", "loss.svg", "report.html", "roc.svg",
                "search.svg",
            ])
    }

    /// Every line of each example of the page is in this file, in the same order.
    @Test func pageShowsTheseExamples() throws {
        let checkout = URL(filePath: #filePath).appending(path: "../../..").standardized
        func lines(_ url: URL) throws -> [String] {
            try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
                .map { $0.trimmingCharacters(in: .whitespaces) }
        }
        var own = try lines(URL(filePath: #filePath))[...]
        var isExample = false
        for line in try lines(checkout.appending(path: "Documentation/Plotting.md")) {
            if line.hasPrefix("```") {
                isExample = line == "```swift"
            } else if isExample {
                let place = try #require(
                    own.firstIndex(of: line), "“\(line)” is not in this file, or not in this place")
                own = own[(place + 1)...]
            }
        }
    }
}
