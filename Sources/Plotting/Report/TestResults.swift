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
    /// The samples that are most wrong.
    var wrong: WrongPredictions
    /// What is known of the features.
    var features: [HTMLPage.Block] = []
    /// The table of the samples that are most wrong.
    var errors: [HTMLPage.Block] = []
}

extension ProbabilisticClassifier {
    /// The classes as text.
    var labels: [String] { classes.map { "\($0)" } }

    /// Returns the scores, the classification report and figures of the predictions.
    ///
    /// - Parameters:
    ///   - x: `Features`.
    ///   - y: `[Target]`.
    ///   - yTrain: the targets of the training, `[Target]`; nil if unknown.
    func results(_ x: Any, _ y: Any, yTrain: Any?, names: [String]) throws -> TestResults {
        guard let x = x as? Features, let y = y as? [Target] else {
            throw EstimatorError.notSupported("a report on samples of \(type(of: x))")
        }
        let predicted = try predict(x)
        // A vote of labels has no probabilities.
        let probabilities = try? predictProba(x)
        return try TestResults(
            y, predicted, probabilities, score: score(x, y), classes: classes, names: names,
            yTrain: yTrain as? [Target])
    }
}

extension TestResults {
    /// What is known of predicted classes.
    ///
    /// - Parameters:
    ///   - probabilities: of each class for each sample; nil for a model without.
    ///   - names: what the classes are called.
    ///   - yTrain: the targets of the training; nil if unknown.
    init<Target: ClassificationTarget, Scalar: MatrixScalar>(
        _ y: [Target], _ predicted: [Target], _ probabilities: Matrix<Scalar>?, score: Double,
        classes: [Target.Label], names: [String], yTrain: [Target]?
    ) throws {
        let accuracy = try accuracyScore(y, predicted)
        headline = [fact(score == accuracy ? "Test accuracy" : "Test score", score, decimals: 4)]
        samples = y.count
        var scores = [
            ["Samples", "\(y.count)"], ["Score, all digits", "\(score)"], ["Accuracy", decimal(accuracy, decimals: 4)],
        ]
        let report = try classificationReport(y, predicted, labels: classes, targetNames: names, digits: 3)
        var tables: [HTMLPage.Block] = []
        var pictures: [HTMLPage.Block] = []
        // A single label is its own class. Rows of indicators have neither a confusion matrix nor these curves.
        if let truth = y as? [Target.Label], let guesses = predicted as? [Target.Label] {
            let known = yTrain as? [Target.Label]
            let baseline = try Baseline(known ?? truth, isOfTraining: known != nil, truth: truth)
            let balanced = try balancedAccuracyScore(truth, guesses)
            let loss = try probabilities.map { try logLoss(truth, $0, labels: classes) }
            if score == accuracy { headline[0].note = baseline.note(baseline.accuracy, decimals: 4) }
            headline.append(fact("Balanced accuracy", balanced, decimals: 4))
            headline[headline.count - 1].note = baseline.note(baseline.balancedAccuracy, decimals: 4)
            if let loss {
                headline.append(fact("Log loss", loss, decimals: 4))
                headline[headline.count - 1].note = baseline.logLoss.map { baseline.note($0, decimals: 4) }
            }
            let largest = Dictionary(grouping: truth) { $0 }.values.map(\.count).max() ?? 0
            scores += [
                ["Accuracy of the largest class", decimal(Double(largest) / Double(truth.count), decimals: 4)],
                ["Balanced accuracy", decimal(balanced, decimals: 4)],
                ["Matthews correlation", decimal(try matthewsCorrcoef(truth, guesses), decimals: 4)],
            ]
            if let loss { scores.append(["Log loss", decimal(loss, decimals: 4)]) }
            tables = [.table(baseline.table(accuracy: accuracy, balancedAccuracy: balanced, logLoss: loss))]
            let confusion = try ConfusionMatrixDisplay(truth, guesses, labels: classes, displayLabels: names).figure
            pictures.append(
                names.count > 8 ? .picture(confusion, width: 760, height: 650) : .picture(confusion))
            pictures += TestResults.balance(truth, guesses, classes: classes, names: names)
            if let probabilities {
                pictures += try TestResults.curves(truth, probabilities, classes: classes, names: names)
                let calibration = try CalibrationDisplay(
                    truth, probabilities, classes: classes, names: names, nBins: 10)
                pictures.append(.picture(calibration.figure, height: 440))
            }
        }
        blocks =
            [.table(HTMLPage.Table(caption: "Scores on the test samples", rows: scores))] + tables
            + [.table(report.table)] + pictures
        wrong = WrongPredictions(y, predicted, probabilities, classes: classes, names: names)
    }

    /// Returns the number of samples of each class, true and predicted, unless there are too many classes.
    private static func balance<Label: ClassLabel>(
        _ truth: [Label], _ guesses: [Label], classes: [Label], names: [String]
    ) -> [HTMLPage.Block] {
        guard names.count <= 20 else { return [] }
        func counts(_ labels: [Label]) -> [Double] {
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
    private static func curves<Label: ClassLabel>(
        _ truth: [Label], _ probabilities: Matrix<some MatrixScalar>, classes: [Label], names: [String]
    ) throws -> [HTMLPage.Block] {
        guard classes.count <= 12, Set(truth).isSuperset(of: classes) else { return [] }
        let ranked = try OneVsRest(truth, probabilities, classes: classes, displayLabels: names)
        return [
            .picture(try RocCurveDisplay(ranked, plotChanceLevel: true).figure, height: 440),
            .picture(try PrecisionRecallDisplay(ranked, plotChanceLevel: false).figure, height: 440),
        ]
    }
}

extension WrongPredictions {
    /// The samples whose true class has the least probability, of those that are predicted wrongly.
    fileprivate init<Target: ClassificationTarget>(
        _ y: [Target], _ predicted: [Target], _ probabilities: Matrix<some MatrixScalar>?, classes: [Target.Label],
        names: [String]
    ) {
        let wrong = y.indices.filter { y[$0] != predicted[$0] }
        guard let truth = y as? [Target.Label], let guesses = predicted as? [Target.Label], let probabilities else {
            let shown = wrong.prefix(WrongPredictions.sampleLimit)
            caption = "The first of \(words(wrong.count, "wrong prediction", "wrong predictions"))"
            measure = "Is"
            rows = shown.map { Row(sample: $0, truth: "\(y[$0])", prediction: "\(predicted[$0])", measure: "wrong") }
            return
        }
        let column = Dictionary(zip(classes, 0...), uniquingKeysWith: { first, _ in first })
        func probability(_ label: Target.Label, _ row: Int) -> Double {
            column[label].map { Double(probabilities[row, $0]) } ?? 0
        }
        func name(_ label: Target.Label) -> String { column[label].map { names[$0] } ?? "\(label)" }
        let worst = WrongPredictions.greatest(wrong.map { -probability(truth[$0], $0) }).map { wrong[$0] }
        caption =
            "Of \(words(wrong.count, "wrong prediction", "wrong predictions")), those with the least probability of the "
            + "true class"
        measure = "Probability of the true class"
        rows = worst.map {
            Row(
                sample: $0, truth: name(truth[$0]), prediction: name(guesses[$0]),
                measure: general(probability(truth[$0], $0), digits: 3))
        }
    }
}

extension Estimator {
    /// Returns what a report says of a model that predicts classes, but no probabilities; nil for one of numbers.
    func labelResults(
        _ x: Features, _ y: [Target], yTrain: [Target]?, displayLabels: [String]?
    ) throws -> (results: TestResults, names: [String])? {
        func results<Known: ClassificationTarget>(
            _ type: Known.Type
        ) throws -> (results: TestResults, names: [String])? {
            let predicted = try predict(x)
            guard let truth = y as? [Known], let guesses = predicted as? [Known] else { return nil }
            let classes = try Known.classes(in: truth + guesses, argument: "y")
            let names = try classNames(displayLabels, of: classes)
            return (
                try TestResults(
                    truth, guesses, Matrix<Double>?.none, score: score(x, y), classes: classes, names: names,
                    yTrain: yTrain as? [Known]), names
            )
        }
        guard !(Target.self is any RegressionTarget.Type),
            let type = Target.self as? any ClassificationTarget.Type
        else { return nil }
        return try results(type)
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
    func results(_ x: Features, _ y: [Target], yTrain: [Target]?, names: [String]) throws -> TestResults {
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
        let known = try yTrain.map { try matrix(of: $0, target, argument: "yTrain") }
        if let known { try Check.featureCount(known.columns, expected: truth.columns, argument: "yTrain") }
        let baseline = try Baseline(means: known ?? truth, isOfTraining: known != nil)
        let constants = baseline.means.map { [Double](repeating: $0, count: truth.rows) }
        let usual = try scores.map { _, score in try zip(outputs, constants).map { try score($0.truth, $1) } }
        var headline = [fact(score == values[0].1.first ? "Test R²" : "Test score", score, decimals: 4)]
        if outputs.count == 1 {
            headline += [values[2], values[3]].map { fact($0.0, $0.1[0], digits: 5) }
            if headline[0].name == "Test R²" { headline[0].note = baseline.note(usual[0][0], decimals: 4) }
            for (place, number) in [(1, 2), (2, 3)] {
                headline[place].note = baseline.note(usual[number][0], digits: 5)
            }
        }
        var blocks: [HTMLPage.Block] = [
            .table(
                HTMLPage.Table(
                    caption: "Scores on \(words(truth.rows, "test sample", "test samples"))",
                    header: names.count > 1 ? ["Score"] + names : [],
                    rows: [["Score, all digits", "\(score)"] + names.dropFirst().map { _ in "" }]
                        + values.map { [$0.0] + $0.1.map { general($0, digits: 6) } }))
        ]
        blocks.append(
            .table(
                HTMLPage.Table(
                    caption: "Scores of a baseline that predicts \(baseline.rule)",
                    header: names.count > 1 ? ["Score"] + names : [],
                    rows: zip(values, usual).map { [$0.0] + $1.map { general($0, digits: 6) } })))
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
        return TestResults(
            headline: headline, samples: truth.rows, blocks: blocks, wrong: WrongPredictions(outputs))
    }

    private func matrix<Number: RegressionTarget>(
        of targets: [Target], _: Number.Type, argument: String
    ) throws -> Matrix<Double> {
        try Number._outputs(of: targets.compactMap { $0 as? Number }, argument: argument)
    }
}

private func deviation(of values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
}

extension WrongPredictions {
    /// The samples with the largest errors, each output's in comparison to its standard deviation.
    fileprivate init(_ outputs: [(truth: [Double], guess: [Double])]) {
        let count = outputs.first?.truth.count ?? 0
        var sizes = [Double](repeating: 0, count: count)
        for (truth, guess) in outputs {
            let scale = outputs.count == 1 ? 1 : max(deviation(of: truth), .leastNormalMagnitude)
            for row in 0..<count { sizes[row] = max(sizes[row], abs(guess[row] - truth[row]) / scale) }
        }
        caption = "The test samples with the largest errors"
        measure = "Error"
        rows = WrongPredictions.greatest(sizes).filter { sizes[$0] > 0 }.map { row in
            func text(_ value: ((truth: [Double], guess: [Double])) -> Double) -> String {
                outputs.map { general(value($0), digits: 6) }.joined(separator: ", ")
            }
            return Row(
                sample: row, truth: text { $0.truth[row] }, prediction: text { $0.guess[row] },
                measure: text { $0.guess[row] - $0.truth[row] })
        }
    }
}

private func fact(_ name: String, _ value: Double, decimals: Int) -> HTMLPage.Fact {
    HTMLPage.Fact(name: name, value: decimal(value, decimals: decimals), exact: value)
}

private func fact(_ name: String, _ value: Double, digits: Int) -> HTMLPage.Fact {
    HTMLPage.Fact(name: name, value: general(value, digits: digits), exact: value)
}
