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
                .numbers(["size"], StandardScaler()), .words(["color"], OneHotEncoder<String?>()),
            ]),
            MLPClassifier<String, Double>(hiddenLayerSizes: [5], maxIter: 50, randomState: 1))
        try model.fit(table, y, sampleWeight: nil)
        let report = try model.htmlReport(test: (table, y))
        let shown = try #require(Double(try cell("Accuracy", in: report)))
        #expect(abs(shown - (try model.score(table, y))) < 1e-4)
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
