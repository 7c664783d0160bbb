import Estimators
import LinearAlgebra
import Metrics

/// What a report says about test samples.
struct TestResults {
    /// The scores of the summary.
    var headline: [HTMLPage.Fact]
    /// The number of samples.
    let samples: Int
    var blocks: [HTMLPage.Block]
}

extension ProbabilisticClassifier {
    /// The classes as text.
    var labels: [String] { classes.map { "\($0)" } }

    /// Returns the scores, the classification report and figures of the predictions.
    ///
    /// - Parameters:
    ///   - x: `Features`.
    ///   - y: `[Target]`.
    func results(_ x: Any, _ y: Any, names: [String]) throws -> TestResults {
        guard let x = x as? Features, let y = y as? [Target] else {
            throw EstimatorError.notSupported("a report on samples of \(type(of: x))")
        }
        let predicted = try predict(x)
        let probabilities = try predictProba(x)
        let (score, accuracy) = (try score(x, y), try accuracyScore(y, predicted))
        var headline = [fact(score == accuracy ? "Test accuracy" : "Test score", score, decimals: 4)]
        var scores = [
            ["Samples", "\(y.count)"], ["Score, all digits", "\(score)"], ["Accuracy", decimal(accuracy, decimals: 4)],
        ]
        let report = try classificationReport(y, predicted, labels: classes, targetNames: names, digits: 3)
        var pictures: [HTMLPage.Block] = []
        // A single label is its own class. Rows of indicators have neither a confusion matrix nor these curves.
        if let truth = y as? [Target.Label], let guesses = predicted as? [Target.Label] {
            let balanced = try balancedAccuracyScore(truth, guesses)
            let loss = try logLoss(truth, probabilities, labels: classes)
            headline += [
                fact("Balanced accuracy", balanced, decimals: 4), fact("Log loss", loss, decimals: 4),
            ]
            let largest = Dictionary(grouping: truth) { $0 }.values.map(\.count).max() ?? 0
            scores += [
                ["Accuracy of the largest class", decimal(Double(largest) / Double(truth.count), decimals: 4)],
                ["Balanced accuracy", decimal(balanced, decimals: 4)],
                ["Matthews correlation", decimal(try matthewsCorrcoef(truth, guesses), decimals: 4)],
                ["Log loss", decimal(loss, decimals: 4)],
            ]
            pictures.append(
                names.count > 8
                    ? .picture(
                        try ConfusionMatrixDisplay(truth, guesses, labels: classes, displayLabels: names).figure,
                        width: 760, height: 650)
                    : .picture(
                        try ConfusionMatrixDisplay(truth, guesses, labels: classes, displayLabels: names).figure))
            pictures += balance(truth, guesses, names: names)
            pictures += try curves(truth, probabilities, names: names)
            let calibration = try CalibrationDisplay(truth, probabilities, classes: classes, names: names, nBins: 10)
            pictures.append(.picture(calibration.figure, height: 440))
        }
        return TestResults(
            headline: headline, samples: y.count,
            blocks: [
                .table(HTMLPage.Table(caption: "Scores on the test samples", rows: scores)), .table(report.table),
            ] + pictures)
    }

    /// Returns the number of samples of each class, true and predicted, unless there are too many classes.
    private func balance(_ truth: [Target.Label], _ guesses: [Target.Label], names: [String]) -> [HTMLPage.Block] {
        guard names.count <= 20 else { return [] }
        func counts(_ labels: [Target.Label]) -> [Double] {
            let groups = Dictionary(grouping: labels) { $0 }
            return classes.map { Double(groups[$0]?.count ?? 0) }
        }
        let (actual, predicted) = (counts(truth), counts(guesses))
        var figure = BarChart(
            names: names,
            series: [
                BarChart.Series(name: "true", values: actual), BarChart.Series(name: "predicted", values: predicted),
            ], label: "Test samples", isCount: true
        ).figure
        figure.title = "Balance of the classes"
        figure.summary =
            "The number of test samples of each class, true and predicted: "
            + zip(names, zip(actual, predicted)).map { "\($0) \(Int($1.0)) and \(Int($1.1))" }
            .joined(separator: ", ") + "."
        return [.picture(figure, height: min(620, max(260, 130 + 40 * names.count)))]
    }

    /// Returns the ROC and precision-recall curves if every class occurs and the classes are not too many to
    /// distinguish.
    private func curves(
        _ truth: [Target.Label], _ probabilities: Matrix<Scalar>, names: [String]
    ) throws -> [HTMLPage.Block] {
        guard classes.count <= 12, Set(truth).isSuperset(of: classes) else { return [] }
        let ranked = try OneVsRest(truth, probabilities, classes: classes, displayLabels: names)
        return [
            .picture(try RocCurveDisplay(ranked, plotChanceLevel: true).figure, height: 440),
            .picture(try PrecisionRecallDisplay(ranked, plotChanceLevel: false).figure, height: 440),
        ]
    }
}

extension ClassificationReport {
    /// The classification report as a table.
    fileprivate var table: HTMLPage.Table {
        func row(_ name: String, _ scores: Scores) -> [String] {
            [name] + [scores.precision, scores.recall, scores.f1Score].map { decimal($0, decimals: digits) }
                + [general(scores.support, digits: 12)]
        }
        let averages =
            [("macro avg", macroAvg), ("weighted avg", weightedAvg)] + (samplesAvg.map { [("samples avg", $0)] } ?? [])
        return HTMLPage.Table(
            caption: "Classification report", header: ["Class", "Precision", "Recall", "F1", "Samples"],
            rows: classes.map { row($0.name, $0.scores) } + averages.map { row($0.0, $0.1) })
    }
}

/// The maximum number of outputs with figures. A page with more would be slow to open.
private let picturedOutputs = 6

extension Estimator {
    /// Returns the scores of each output of a regressor and figures of the predictions.
    ///
    /// - Throws: `EstimatorError.notSupported` if the targets are neither classes nor numbers.
    func results(_ x: Features, _ y: [Target], names: [String]) throws -> TestResults {
        guard let target = Target.self as? any RegressionTarget.Type else {
            throw EstimatorError.notSupported("a report on targets of \(Target.self)")
        }
        let predicted = try matrix(of: predict(x), target, argument: "yPred")
        let truth = try matrix(of: y, target, argument: "y")
        try Check.sameCount(truth.rows, argument: "y", as: predicted.rows, of: "x")
        try Check.featureCount(truth.columns, expected: predicted.columns, argument: "y")
        let outputs = (0..<truth.columns).map { (truth: truth.column($0), guess: predicted.column($0)) }
        let scores: [(String, ([Double], [Double]) throws -> Double)] = [
            ("R²", { try r2Score($0, $1) }), ("Mean squared error", { try meanSquaredError($0, $1) }),
            ("Root mean squared error", { try rootMeanSquaredError($0, $1) }),
            ("Mean absolute error", { try meanAbsoluteError($0, $1) }),
            ("Median absolute error", { try medianAbsoluteError($0, $1) }), ("Largest error", { try maxError($0, $1) }),
        ]
        let values = try scores.map { name, score in (name, try outputs.map { try score($0.truth, $0.guess) }) }
        let score = try score(x, y)
        var headline = [fact(score == values[0].1.first ? "Test R²" : "Test score", score, decimals: 4)]
        if outputs.count == 1 {
            headline += [values[2], values[3]].map { fact($0.0, $0.1[0], digits: 5) }
        }
        var blocks: [HTMLPage.Block] = [
            .table(
                HTMLPage.Table(
                    caption: "Scores on \(words(truth.rows, "test sample", "test samples"))",
                    header: names.count > 1 ? ["Score"] + names : [],
                    rows: [["Score, all digits", "\(score)"] + names.dropFirst().map { _ in "" }]
                        + values.map { [$0.0] + $0.1.map { general($0, digits: 6) } }))
        ]
        for (name, output) in zip(names, outputs).prefix(picturedOutputs) {
            for kind in PredictionErrorDisplay.Kind.allCases {
                var figure = try PredictionErrorDisplay(output.truth, output.guess, kind: kind).figure
                if names.count > 1 { figure.title += ", \(name)" }
                blocks.append(.picture(figure, height: 440))
            }
        }
        if names.count > picturedOutputs {
            blocks.append(.paragraph("Figures are shown for the first \(picturedOutputs) outputs."))
        }
        return TestResults(headline: headline, samples: truth.rows, blocks: blocks)
    }

    private func matrix<Number: RegressionTarget>(
        of targets: [Target], _: Number.Type, argument: String
    ) throws -> Matrix<Double> {
        try Number._outputs(of: targets.compactMap { $0 as? Number }, argument: argument)
    }
}

private func fact(_ name: String, _ value: Double, decimals: Int) -> HTMLPage.Fact {
    HTMLPage.Fact(name: name, value: decimal(value, decimals: decimals), exact: value)
}

private func fact(_ name: String, _ value: Double, digits: Int) -> HTMLPage.Fact {
    HTMLPage.Fact(name: name, value: general(value, digits: digits), exact: value)
}
