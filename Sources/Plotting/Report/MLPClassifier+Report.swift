import Estimators
public import Foundation
public import LinearAlgebra
import Metrics
public import NeuralNetwork

extension MLPClassifier {
    /// Writes a page about the classifier for people to read: one file of HTML that needs no network and runs no scripts.
    ///
    /// ```swift
    /// try mlp.writeReport(to: url, test: (xTest, yTest), displayLabels: iris.targetNames)
    /// ```
    ///
    /// It has the parameters, the shape of the network and its data, why training ended, and the curves of loss and
    /// validation; with `test`, the scores on these samples, the classification report, the confusion matrix, and the
    /// curves of ROC and of precision and recall. A file that is there is replaced, in one step.
    ///
    /// - Parameters:
    ///   - url: the file, by convention with the extension `html`.
    ///   - test: samples that were not trained on, and their true targets; nil for a report without scores.
    ///   - displayLabels: a name for each class; nil for the labels themselves.
    ///   - title: the heading; nil for the estimator's name.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError` for test data that do not fit the classifier and
    ///   for another number of names; `ModelFileError.unwritable` where the file cannot be written.
    public func writeReport(
        to url: URL, test: (x: Matrix<Scalar>, y: [Target])? = nil, displayLabels: [String]? = nil, title: String? = nil
    ) throws {
        try page(test: test, displayLabels: displayLabels, title: title).write(to: url)
    }

    /// The text of the page that ``writeReport(to:test:displayLabels:title:)`` writes.
    ///
    /// - Parameters:
    ///   - test: samples that were not trained on, and their true targets; nil for a report without scores.
    ///   - displayLabels: a name for each class; nil for the labels themselves.
    ///   - title: the heading; nil for the estimator's name.
    /// - Throws: what the method that writes it throws.
    public func htmlReport(
        test: (x: Matrix<Scalar>, y: [Target])? = nil, displayLabels: [String]? = nil, title: String? = nil
    ) throws -> String {
        try page(test: test, displayLabels: displayLabels, title: title).text()
    }

    private func page(
        test: (x: Matrix<Scalar>, y: [Target])?, displayLabels: [String]?, title: String?
    ) throws -> HTMLPage {
        try fitted.requireFit("MLPClassifier")
        let names = try classNames(displayLabels, of: classes)
        let listed = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
        let description = try ModelDescription(
            "MLPClassifier", title: title,
            parameters: Parameter.all(of: self, default: MLPClassifier(MLPHyperparameters())), fitted: fitted,
            outputs: "\(words(names.count, "class", "classes")) (\(listed))",
            curve: fitted.hasCurve ? LossCurveDisplay(self) : nil)
        var page = HTMLPage(title: description.title, lead: description.lead, sections: description.sections)
        if let test { page.sections.insert(("Test", try testBlocks(test, names: names)), at: 0) }
        return page
    }

    private func testBlocks(_ test: (x: Matrix<Scalar>, y: [Target]), names: [String]) throws -> [HTMLPage.Block] {
        let predicted = try predict(test.x)
        let probabilities = try predictProba(test.x)
        var scores = [
            ["Samples", "\(test.y.count)"], ["Accuracy", decimal(try accuracyScore(test.y, predicted), decimals: 4)],
        ]
        let report = try classificationReport(
            test.y, predicted, labels: classes, targetNames: names, digits: 3)
        var pictures: [HTMLPage.Block] = []
        // A label is its own class; rows of indicators have neither confusion matrix nor a common curve.
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
        return [.table(HTMLPage.Table(caption: "Scores on samples that were given as test data", rows: scores))]
            + [.table(report.table)] + pictures
    }

    /// ROC and precision against recall, where every class occurs and there are not too many to tell apart.
    private func curves(
        _ truth: [Target.Label], _ probabilities: Matrix<Scalar>, names: [String]
    ) throws -> [HTMLPage.Block] {
        guard classes.count <= 12, Set(truth).isSuperset(of: classes) else { return [] }
        let ranked = try OneAgainstRest(truth, probabilities, classes: classes, displayLabels: names)
        return [
            .picture(try RocCurveDisplay(ranked, plotChanceLevel: true).figure, width: 560, height: 480),
            .picture(try PrecisionRecallDisplay(ranked, plotChanceLevel: false).figure, width: 560, height: 480),
        ]
    }
}

extension ClassificationReport {
    /// The report as a table of a page.
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
