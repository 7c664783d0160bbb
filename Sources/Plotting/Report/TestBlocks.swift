import Estimators
import LinearAlgebra
import Metrics

// The section of a report about test samples.

extension ProbabilisticClassifier {
    /// Returns the scores, the classification report and figures of the predictions.
    func testBlocks(_ test: (x: Features, y: [Target]), names: [String]) throws -> [HTMLPage.Block] {
        let predicted = try predict(test.x)
        let probabilities = try predictProba(test.x)
        var scores = [
            ["Samples", "\(test.y.count)"], ["Accuracy", decimal(try accuracyScore(test.y, predicted), decimals: 4)],
        ]
        let report = try classificationReport(
            test.y, predicted, labels: classes, targetNames: names, digits: 3)
        var pictures: [HTMLPage.Block] = []
        // A single label is its own class. Rows of indicators have neither a confusion matrix nor these curves.
        if let truth = test.y as? [Target.Label], let guesses = predicted as? [Target.Label] {
            scores += [
                ["Balanced accuracy", decimal(try balancedAccuracyScore(truth, guesses), decimals: 4)],
                ["Matthews correlation", decimal(try matthewsCorrcoef(truth, guesses), decimals: 4)],
                ["Log loss", decimal(try logLoss(truth, probabilities, labels: classes), decimals: 4)],
            ]
            let side = names.count > 12 ? 760 : 560
            pictures.append(
                .picture(
                    try ConfusionMatrixDisplay(truth, guesses, labels: classes, displayLabels: names).figure,
                    width: side, height: side * 6 / 7))
            pictures += try curves(truth, probabilities, names: names)
        }
        return [.table(HTMLPage.Table(caption: "Scores on the test samples", rows: scores))]
            + [.table(report.table)] + pictures
    }

    /// Returns the ROC and precision-recall curves if every class occurs and the classes are not too many to
    /// distinguish.
    private func curves(
        _ truth: [Target.Label], _ probabilities: Matrix<Scalar>, names: [String]
    ) throws -> [HTMLPage.Block] {
        guard classes.count <= 12, Set(truth).isSuperset(of: classes) else { return [] }
        let ranked = try OneVsRest(truth, probabilities, classes: classes, displayLabels: names)
        return [
            .picture(try RocCurveDisplay(ranked, plotChanceLevel: true).figure, width: 560, height: 480),
            .picture(try PrecisionRecallDisplay(ranked, plotChanceLevel: false).figure, width: 560, height: 480),
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

extension Estimator where Target: RegressionTarget {
    /// Returns the scores of each output and figures of the predictions.
    func testBlocks(_ test: (x: Features, y: [Target]), names: [String]) throws -> [HTMLPage.Block] {
        let predicted = try Target._outputs(of: predict(test.x), argument: "yPred")
        let truth = try Target._outputs(of: test.y, argument: "y")
        try Check.sameCount(truth.rows, argument: "y", as: predicted.rows, of: "x")
        try Check.featureCount(truth.columns, expected: predicted.columns, argument: "y")
        let outputs = (0..<truth.columns).map { (truth: truth.column($0), guess: predicted.column($0)) }
        let scores: [(String, ([Double], [Double]) throws -> Double)] = [
            ("R²", { try r2Score($0, $1) }), ("Mean squared error", { try meanSquaredError($0, $1) }),
            ("Root mean squared error", { try rootMeanSquaredError($0, $1) }),
            ("Mean absolute error", { try meanAbsoluteError($0, $1) }),
            ("Median absolute error", { try medianAbsoluteError($0, $1) }), ("Largest error", { try maxError($0, $1) }),
        ]
        var table = HTMLPage.Table(
            caption: "Scores on \(words(truth.rows, "test sample", "test samples"))",
            header: names.count > 1 ? ["Score"] + names : [], rows: [])
        table.rows = try scores.map { name, score in
            try [name] + outputs.map { general(try score($0.truth, $0.guess), digits: 6) }
        }
        var blocks: [HTMLPage.Block] = [.table(table)]
        for (name, output) in zip(names, outputs).prefix(picturedOutputs) {
            for kind in PredictionErrorDisplay.Kind.allCases {
                var figure = try PredictionErrorDisplay(output.truth, output.guess, kind: kind).figure
                if names.count > 1 { figure.title += ", \(name)" }
                blocks.append(.picture(figure, width: 560, height: 480))
            }
        }
        if names.count > picturedOutputs {
            blocks.append(.paragraph("Figures are shown for the first \(picturedOutputs) outputs."))
        }
        return blocks
    }
}
