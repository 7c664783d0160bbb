import Composition
import Datasets
import Estimators
import LinearAlgebra
import Metrics
import ModelSelection
import NeuralNetwork
import Plotting
import Preprocessing
import Tables
import Testing

/// Reports and pictures of compositions are about the whole model: raw samples, and targets in the user's units.
@Suite struct CompositionReportTests {
    /// The text of the cell beside a heading.
    private func cell(_ heading: String, in report: String) throws -> String {
        let row = try #require(report.range(of: ">\(heading)</th>"))
        let rest = report[row.upperBound...]
        let start = try #require(rest.range(of: "<td"))
        let text = rest[start.upperBound...].drop { $0 != ">" }.dropFirst()
        return String(text.prefix { $0 != "<" })
    }

    @Test func aTransformedTargetIsReportedInItsOwnUnits() throws {
        let diabetes = try loadDiabetes()
        var model = TransformedTargetRegressor(
            Pipeline(
                StandardScaler(),
                MLPRegressor(hiddenLayerSizes: [10], learningRateInit: 0.01, maxIter: 500, randomState: 1)),
            transformer: StandardScaler())
        try model.fit(diabetes.data, diabetes.target)
        let report = try model.htmlReport(test: (diabetes.data, diabetes.target))
        let score = try model.score(diabetes.data, diabetes.target)
        let shown = try #require(Double(try cell("R²", in: report)))
        #expect(abs(shown - score) < 1e-6)
        #expect(score > 0.3)
        let error = try meanAbsoluteError(diabetes.target, model.predict(diabetes.data))
        #expect(abs(try #require(Double(try cell("Mean absolute error", in: report))) - error) < 1e-3)
        #expect(report.contains("TransformedTargetRegressor(Pipeline(StandardScaler()"))
        #expect(try LossCurveDisplay(model).lossCurve == model.regressor.last.lossCurve)
    }

    @Test func aSearchOverAPipelineIsReportedByItsBestCandidate() throws {
        let iris = try loadIris()
        var search = GridSearchCV(
            Pipeline(StandardScaler(), MLPClassifier(hiddenLayerSizes: [5], maxIter: 30, randomState: 1)),
            paramGrid: [.init(\.last.alpha, [1e-4, 1])], cv: 2)
        #expect(throws: EstimatorError.self) { try search.htmlReport() }
        try search.fit(iris.data, iris.target)
        let report = try search.htmlReport(test: (iris.data, iris.target), displayLabels: iris.targetNames)
        let shown = try #require(Double(try cell("Accuracy", in: report)))
        #expect(abs(shown - (try search.score(iris.data, iris.target))) < 1e-4)
        let best = try #require(search.bestEstimator)
        #expect(try LossCurveDisplay(search).lossCurve == best.last.lossCurve)
    }

    @Test func aTableIsReportedFromItsRawColumns() throws {
        let table = try Table([
            "size": .numbers((0..<40).map { Double($0 % 7) }),
            "color": .strings((0..<40).map { $0 % 3 == 0 ? "red" : "blue" }),
        ])
        let y = (0..<40).map { $0 % 3 == 0 ? "yes" : "no" }
        var model = TablePipeline(
            ColumnTransformer([
                .numeric(["size"], StandardScaler()), .categorical(["color"], OneHotEncoder<String?>()),
            ]),
            MLPClassifier<String, Double>(hiddenLayerSizes: [5], maxIter: 50, randomState: 1))
        try model.fit(table, y, sampleWeight: nil)
        let report = try model.htmlReport(test: (table, y))
        let wider = try table.addingColumn("note", .numbers([Double](repeating: 1, count: 40)))
        #expect(try model.htmlReport(test: (wider, y)) == report)
        let shown = try #require(Double(try cell("Accuracy", in: report)))
        #expect(abs(shown - (try model.score(table, y))) < 1e-4)
    }

    /// The exact number behind the first number of the summary.
    private func headline(of report: String) throws -> Double? {
        Double(try #require(report.firstMatch(of: /<dd><data value="([^"]+)"/)).output.1)
    }

    private struct Whole<Model: Estimator> {
        let model: Model
        let x: Model.Features
        let y: [Model.Target]
    }

    /// Checks the score of a report, in the summary and as text.
    private func expectScore<Model: Estimator>(_ whole: Whole<Model>) throws {
        let report = try whole.model.htmlReport(test: (whole.x, whole.y))
        let score = try whole.model.score(whole.x, whole.y)
        #expect(try headline(of: report) == score)
        #expect(try cell("Score, all digits", in: report) == "\(score)")
        #expect(report.contains("Importance of the features"))
    }

    /// Every composition of a regressor, with targets far from those that its network learns.
    @Test func scoresOfReportsEqualScore() throws {
        let diabetes = try loadDiabetes()
        let (x, y) = (diabetes.data, diabetes.target.map { 1000 * $0 })
        let network = MLPRegressor(hiddenLayerSizes: [5], learningRateInit: 0.01, maxIter: 60, randomState: 1)
        let target = TransformedTargetRegressor(Pipeline(StandardScaler(), network), transformer: StandardScaler())
        try expectScore(Whole(model: target.fitted(x, y), x: x, y: y))
        let inside = Pipeline(StandardScaler(), network)
        try expectScore(Whole(model: inside.fitted(x, diabetes.target), x: x, y: diabetes.target))
        let search = GridSearchCV(target, paramGrid: [.init(\.regressor.last.alpha, [1e-4, 1])], cv: 2)
        try expectScore(Whole(model: search.fitted(x, y), x: x, y: y))
        let columns = try Table(
            columnNames: (0..<x.columns).map { "c\($0)" }, columns: (0..<x.columns).map { .numbers(x.column($0)) })
        let table = TransformedTargetRegressor(
            TablePipeline(ColumnTransformer([.numeric(columns.columnNames, StandardScaler())]), network),
            transformer: StandardScaler())
        try expectScore(Whole(model: table.fitted(columns, y), x: columns, y: y))
        let byTable = GridSearchCV(table, paramGrid: [.init(\.regressor.last.alpha, [1e-4, 1])], cv: 2)
        try expectScore(Whole(model: byTable.fitted(columns, y), x: columns, y: y))
        #expect(try table.fitted(columns, y).htmlReport(test: (columns, y)).contains(">c3</text>"))
    }

    /// A search is scored by its scorer, not by accuracy.
    @Test func aSearchIsReportedByItsScorer() throws {
        let iris = try loadIris()
        let model = Pipeline(StandardScaler(), MLPClassifier(hiddenLayerSizes: [5], maxIter: 30, randomState: 1))
        let search = try GridSearchCV(
            model, paramGrid: [.init(\.last.alpha, [1e-4, 1])], scoring: .f1Macro, cv: 2
        ).fitted(iris.data, iris.target)
        let report = try search.htmlReport(test: (iris.data, iris.target))
        #expect(try headline(of: report) == search.score(iris.data, iris.target))
        #expect(report.contains(">Test score</dt>") && !report.contains(">Test accuracy</dt>"))
    }

    /// Targets and predictions of each picture are in the same unit.
    @Test func picturesOfATransformedTargetAreInItsUnits() throws {
        let diabetes = try loadDiabetes()
        let y = diabetes.target.map { 1000 * $0 }
        let network = Pipeline(
            StandardScaler(),
            MLPRegressor(hiddenLayerSizes: [5], maxIter: 30, randomState: 1, earlyStopping: true))
        let model = try TransformedTargetRegressor(network, transformer: StandardScaler()).fitted(diabetes.data, y)
        let errors = try PredictionErrorDisplay(model, diabetes.data, y)
        #expect(errors.yTrue == y)
        #expect(try errors.yPred == model.predict(diabetes.data))
        // The losses of a network that learns standardized targets cannot be in units of y.
        let losses = try LossCurveDisplay(model).figure
        #expect(losses.yLabel == "Loss (transformed target)")
        #expect(try LossCurveDisplay(model.regressor).figure.yLabel == "Loss")
        let report = try model.htmlReport()
        #expect(report.contains("Training, in units of the transformed target"))
        let curve = try learningCurve(model, diabetes.data, y, cv: 2)
        #expect(try LearningCurveDisplay(curve).testScores == curve.testScores)
    }

    @Test func displaysTakeTables() throws {
        let table = try Table([
            "size": .numbers((0..<60).map { Double($0 % 7) }),
            "color": .strings((0..<60).map { $0 % 3 == 0 ? "red" : "blue" }),
        ])
        let y = (0..<60).map { $0 % 3 == 0 || $0 % 7 == 1 ? "yes" : "no" }
        let model = try TablePipeline(
            ColumnTransformer([
                .numeric(["size"], StandardScaler()), .categorical(["color"], OneHotEncoder<String?>()),
            ]),
            MLPClassifier<String, Double>(hiddenLayerSizes: [5], maxIter: 50, randomState: 1)
        ).fitted(table, y)
        let search = try GridSearchCV(model, paramGrid: [.init(\.last.alpha, [1e-4, 1])], cv: 2).fitted(table, y)
        let matrix = try ConfusionMatrixDisplay(model, table, y).confusionMatrix
        #expect(abs(try model.score(table, y) - (matrix[0, 0] + matrix[1, 1]) / 60) < 1e-12)
        #expect(try RocCurveDisplay(model, table, y).rocAUC > 0.5)
        #expect(try PrecisionRecallDisplay(search, table, y).posLabel == "yes")
        #expect(try ConfusionMatrixDisplay(search, table, y).displayLabels == ["no", "yes"])
        #expect(try LossCurveDisplay(search).lossCurve.count == 50)
        let curve = try validationCurve(model, table, y, param: \.last.alpha, range: [1e-4, 1], cv: 2)
        #expect(try ValidationCurveDisplay(curve, paramName: "alpha", paramRange: [1e-4, 1]).testScores.count == 2)
        let report = try search.htmlReport(test: (table, y))
        for part in [
            "GridSearchCV", "ColumnTransformer", ".categorical([&quot;color&quot;], OneHotEncoder", ">color</text>",
            "2, as 3 inputs", "Balance of the classes", ">Calibration<", "hiddenLayerSizes: [5]",
        ] {
            #expect(report.contains(part), "\(part)")
        }
    }

    @Test func aModelWithoutANetworkSaysSo() throws {
        struct Mean: Estimator {
            mutating func fit(_ x: Matrix<Double>, _ y: [Double], sampleWeight: [Double]?) throws {}
            func predict(_ x: Matrix<Double>) throws -> [Double] { Array(repeating: 0, count: x.rows) }
            func score(_ x: Matrix<Double>, _ y: [Double], sampleWeight: [Double]?) throws -> Double { 0 }
        }
        let error = #expect(throws: EstimatorError.self) { try LossCurveDisplay(Mean()) }
        #expect(error?.description.contains("Mean") == true)
    }
}
