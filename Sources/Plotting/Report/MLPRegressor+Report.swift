import Estimators
public import Foundation
public import LinearAlgebra
import Metrics
public import NeuralNetwork

extension MLPRegressor {
    /// Writes a page about the regressor for people to read: one file of HTML that needs no network and runs no scripts.
    ///
    /// ```swift
    /// try mlp.writeReport(to: url, test: (xTest, yTest))
    /// ```
    ///
    /// It has the parameters, the shape of the network and its data, why training ended, and the curves of loss and
    /// validation; with `test`, the scores on these samples, and for each output the actual values and the residuals against
    /// the predictions. A file that is there is replaced, in one step.
    ///
    /// - Parameters:
    ///   - url: the file, by convention with the extension `html`.
    ///   - test: samples that were not trained on, and their true targets; nil for a report without scores.
    ///   - displayLabels: a name for each output; nil for numbers.
    ///   - title: the heading; nil for the estimator's name.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError` for test data that do not fit the regressor and
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
    ///   - displayLabels: a name for each output; nil for numbers.
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
        try fitted.requireFit("MLPRegressor")
        let outputs = (0..<(fitted.nOutputs ?? 0)).map { "output \($0)" }
        let names = try classNames(displayLabels, of: outputs)
        let description = try ModelDescription(
            "MLPRegressor", title: title,
            parameters: Parameter.all(of: self, default: MLPRegressor(MLPHyperparameters())), fitted: fitted,
            outputs: displayLabels == nil && names.count == 1 ? "a number" : names.joined(separator: ", "),
            curve: fitted.hasCurve ? LossCurveDisplay(self) : nil)
        var page = HTMLPage(title: description.title, lead: description.lead, sections: description.sections)
        if let test { page.sections.insert(("Test", try testBlocks(test, names: names)), at: 0) }
        return page
    }

    /// A page with more pictures than those of these many outputs would be slow to open.
    private static var picturedOutputs: Int { 6 }

    private func testBlocks(_ test: (x: Matrix<Scalar>, y: [Target]), names: [String]) throws -> [HTMLPage.Block] {
        let predicted = try Target.outputs(of: predict(test.x), argument: "yPred")
        let truth = try Target.outputs(of: test.y, argument: "y")
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
            caption: "Scores on \(words(truth.rows, "sample", "samples")) that were given as test data",
            header: names.count > 1 ? ["Score"] + names : [], rows: [])
        table.rows = try scores.map { name, score in
            try [name] + outputs.map { general(try score($0.truth, $0.guess), digits: 6) }
        }
        var blocks: [HTMLPage.Block] = [.table(table)]
        for (name, output) in zip(names, outputs).prefix(MLPRegressor.picturedOutputs) {
            for kind in PredictionErrorDisplay.Kind.allCases {
                var figure = try PredictionErrorDisplay(output.truth, output.guess, kind: kind).figure
                if names.count > 1 { figure.title += ", \(name)" }
                blocks.append(.picture(figure, width: 560, height: 480))
            }
        }
        if names.count > MLPRegressor.picturedOutputs {
            blocks.append(.paragraph("Pictures are shown of the first \(MLPRegressor.picturedOutputs) outputs."))
        }
        return blocks
    }
}
