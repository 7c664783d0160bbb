import Composition
import Datasets
import Estimators
import LinearAlgebra
import Metrics
import ModelSelection
import NeuralNetwork
import Preprocessing
import Tables
import TabularNetworks
import Testing

@testable import Plotting

/// Reports of networks for tables, ensembles, calibrated models and models without a network.
@Suite struct AnyModelReportTests {
    private static func settings(_ count: Int) -> TabularSettings {
        var settings = TabularSettings.strong
        (settings.hiddenLayerSizes, settings.maxIter, settings.nEnsemble) = ([8], 6, count)
        return settings
    }

    /// The text of the cells beside a heading, in the table with a caption.
    private func cells(_ heading: String, of caption: String, in report: String) throws -> [String] {
        let table = report[try #require(report.range(of: ">\(caption)")).upperBound...]
        let row = table[try #require(table.range(of: ">\(heading)</th>")).upperBound...].prefix { $0 != "\n" }
        let end = row.range(of: "</tr>")?.lowerBound ?? row.endIndex
        return row[..<end].matches(of: /<td[^>]*>([^<]*)/).map { String($0.output.1) }
    }

    @Test func networksForTablesHaveAllParts() throws {
        let report = try Reports.tabular()
        for part in [
            "An ensemble of 2 networks for tables", "TabularMLPClassifier(TabularSettings(", "Loss during training",
            "Confusion matrix", "Balance of the classes", ">Calibration<", "Importance of the features",
            "Partial dependence on age", "validation loss", "Training, means over the networks",
            "partial dependence on 200 of the 300 test samples, drawn with a fixed seed", "Row, from 0",
            "Probability of the true class", "embeddingRateFactor", ">Training samples</dt><dd>200<", "5: 3 numeric",
        ] {
            #expect(report.contains(part), "\(part)")
        }
        // Too many categories for a picture.
        #expect(!report.contains("Partial dependence on town"))
        #expect(report.contains(">probability of more</text>"))
        let ensemble = try Reports.ensemble()
        #expect(ensemble.contains(">probability of setosa</text>") && !ensemble.contains("probability of 0"))
        let target = try Reports.tabularTarget()
        for part in ["A network for tables", "Partial dependence on", ">Error</th>", "baseline ", "income"] {
            #expect(target.contains(part), "\(part)")
        }
    }

    /// The baseline is that of a dummy, of the training where its targets are given.
    @Test func baselinesAreThoseOfADummy() throws {
        let iris = try loadIris()
        var mlp = MLPClassifier(hiddenLayerSizes: [4], maxIter: 5, randomState: 0)
        try mlp.fit(iris.data, iris.target)
        let yTrain = [0, 1, 2, 2, 2, 1]
        let report = try mlp.htmlReport(test: (iris.data, iris.target), yTrain: yTrain)
        let x = Matrix<Double>(rows: 6, columns: 4, repeating: 0)
        let dummy = try DummyClassifier<Int, Double>().fitted(x, yTrain)
        let loss = try logLoss(iris.target, dummy.predictProba(iris.data))
        let caption = "Against a baseline that predicts the class shares of the training"
        #expect(try cells("Log loss", of: caption, in: report).last == decimal(loss, decimals: 4))
        #expect(try cells("Accuracy", of: caption, in: report).last == "0.3333")
        #expect(report.contains("<small>baseline 0.3333</small>"))
        let plain = try mlp.htmlReport(test: (iris.data, iris.target))
        let shares = "Against a baseline that predicts the class shares of the test samples"
        #expect(try cells("Log loss", of: shares, in: plain).last == "1.0986")

        let diabetes = try loadDiabetes()
        var regressor = MLPRegressor(hiddenLayerSizes: [4], maxIter: 5, randomState: 0)
        try regressor.fit(diabetes.data, diabetes.target)
        let regression = try regressor.htmlReport(test: (diabetes.data, diabetes.target), yTrain: [100, 200])
        let means = [Double](repeating: 150, count: diabetes.target.count)
        let expected = try meanAbsoluteError(diabetes.target, means)
        #expect(
            try cells(
                "Mean absolute error", of: "Scores of a baseline that predicts the mean of the training", in: regression
            )
                == [general(expected, digits: 6)])
    }

    /// The rows are those whose true class is the least probable, or whose error is the largest.
    @Test func mostWrongRowsComeFirst() throws {
        let table = try Reports.people(120)
        let y = (0..<120).map { $0 * 7 % 60 > 30 ? "more" : "less" }
        var model = TabularMLPClassifier<String>(AnyModelReportTests.settings(1), randomState: 0)
        try model.fit(table, y)
        let flipped = y.enumerated().map { $0 == 77 ? ($1 == "more" ? "less" : "more") : $1 }
        let report = try model.htmlReport(test: (table, flipped))
        let probabilities = try model.predictProba(table)
        let predicted = try model.predict(table)
        let wrong = flipped.indices.filter { predicted[$0] != flipped[$0] }
        func truth(_ row: Int) -> Double { probabilities[row, flipped[row] == "more" ? 1 : 0] }
        let worst = try #require(wrong.min { (truth($0), $0) < (truth($1), $1) })
        let row = try cells(
            "\(worst)", of: "Of \(words(wrong.count, "wrong prediction", "wrong predictions"))", in: report)
        #expect(row.prefix(3) == [flipped[worst], predicted[worst], general(truth(worst), digits: 3)])
        #expect(row.count == 8)

        let x: Matrix<Double> = [[0], [1], [2], [3]]
        let dummy = try DummyRegressor<Double, Double>().fitted(x, [1, 1, 1, 1])
        let errors = try dummy.htmlReport(test: (x, [1, 5, -2, 1]))
        #expect(
            try cells("1", of: "The test samples with the largest errors", in: errors).prefix(3) == [
                "5", "1", general(-4, digits: 6),
            ])
        let exact = try dummy.htmlReport(test: (x, [1, 1, 1, 1]))
        #expect(exact.contains("No test sample is predicted wrongly"))
    }

    @Test func everyMetaEstimatorIsReported() throws {
        let iris = try loadIris()
        let (x, y) = (iris.data, iris.target)
        let network = Pipeline(StandardScaler(), MLPClassifier(hiddenLayerSizes: [4], maxIter: 30, randomState: 0))
        func expect<Model: Estimator>(
            _ model: Model, _ parts: [String]
        ) throws where Model.Features == Matrix<Double>, Model.Target == Int {
            var model = model
            try model.fit(x, y)
            let report = try model.htmlReport(test: (x, y), displayLabels: iris.targetNames)
            let score = try model.score(x, y)
            #expect(report.contains("<data value=\"\(score)\""))
            for part in parts + ["Importance of the features", "Confusion matrix"] {
                #expect(report.contains(part), "\(type(of: model)): \(part)")
            }
        }
        let curves = "Training loss of each network"
        try expect(VotingClassifier([network, network]), [curves, "2 fitted estimators"])
        try expect(BaggingClassifier(network, nEstimators: 2, randomState: 0), [curves, ">Calibration<"])
        try expect(CalibratedClassifierCV(network, cv: 2), [curves, ">Calibration<", "method: sigmoid"])
        try expect(
            StackingClassifier([network, network], finalEstimator: MLPClassifier(maxIter: 20, randomState: 0), cv: 2),
            [curves])
        try expect(ConformalClassifier(network, randomState: 0), ["confidenceLevel"])
        try expect(DummyClassifier<Int, Double>(), ["A model without a network", ">Calibration<"])
        try expect(
            GridSearchCV(VotingClassifier([network], voting: .soft), paramGrid: [.init(\.voting, [.soft])], cv: 2),
            ["GridSearchCV", "Loss during training"])
        #expect(throws: EstimatorError.notFitted(estimator: "VotingClassifier")) {
            try VotingClassifier([network]).htmlReport()
        }
        #expect(throws: EstimatorError.notFitted(estimator: "TabularMLPRegressor")) {
            try TabularMLPRegressor().htmlReport()
        }
        #expect(throws: EstimatorError.notFitted(estimator: "DummyClassifier")) {
            try DummyClassifier<Int, Double>().htmlReport(test: (x, y))
        }
    }

    @Test func searchesAndTransformedTargetsOfNetworksForTables() throws {
        let table = try Reports.people(80)
        let y = (0..<80).map { 1e3 * Double($0 * 7 % 60) }
        let model = TabularMLPRegressor(AnyModelReportTests.settings(2), randomState: 0)
        let target = try TransformedTargetRegressor(model, transformer: StandardScaler()).fitted(table, y)
        let report = try target.htmlReport(test: (table, y))
        let score = try target.score(table, y)
        #expect(report.contains("Loss (transformed target)") && report.contains("<data value=\"\(score)\""))
        let search = try GridSearchCV(model, paramGrid: [.init(\.dropout, [0, 0.2])], cv: 2).fitted(table, y)
        let page = try search.htmlReport(test: (table, y))
        #expect(page.contains("best of 2: dropout=") || page.contains("best of 2"))
        #expect(try LossCurveDisplay(search).lossCurve == search.bestEstimator?.lossCurve)
    }

    /// Of many samples, a part is drawn with a fixed seed, so that the report is the same every time.
    @Test func reportsRepeat() throws {
        let table = try Reports.people(1_500)
        let y = (0..<1_500).map { $0 * 7 % 60 > 30 }
        var model = TabularMLPClassifier<Bool>(AnyModelReportTests.settings(1), randomState: 0)
        try model.fit(table.selectingRows(Array(0..<200)), Array(y.prefix(200)))
        let report = try model.htmlReport(test: (table, y))
        #expect(try report == model.htmlReport(test: (table, y)))
        #expect(
            report.contains("Importance is measured on 1000 and partial dependence on 200 of the 1500 test samples"))
    }
}
