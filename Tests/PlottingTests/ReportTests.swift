import Datasets
import Foundation
import LinearAlgebra
import NeuralNetwork
import Plotting
import TestSupport
import Testing

/// The reports of networks are complete, valid and self-contained.
@Suite struct ReportTests {
    static let pages = Result { try Reports.pages() }

    @Test func pagesAreValidAndSelfContained() throws {
        for (name, page) in try ReportTests.pages.get() {
            #expect(XMLCheck.isValid(page.replacing("<!DOCTYPE html>\n", with: "")), "\(name)")
            for mark in ["<script", "src=", "href=", "@import", "url("] {
                #expect(!page.contains(mark), "\(name): \(mark)")
            }
            let addresses = page.split(separator: "http").count - 1
            #expect(addresses == page.split(separator: "http://www.w3.org/2000/svg").count - 1 + 1, "\(name)")
            #expect(page.utf8.count < 1_500_000)
        }
    }

    @Test func classifierReportHasAllParts() throws {
        let page = try Reports.iris()
        for part in [
            "Iris &amp; &lt;friends&gt;", "reachedMaxIter", "earlyStopping", "hiddenLayerSizes", "[20]",
            "Confusion matrix", "ROC curve", "Precision-recall curve", "Validation accuracy", "virginica",
            "weighted avg", "Balanced accuracy", "4–20–3",
        ] {
            #expect(page.contains(part), "\(part)")
        }
    }

    @Test func regressorReportHasAllParts() throws {
        let page = try Reports.regression()
        for part in [
            "R²", "Actual values", "Residuals (actual", "Mean squared error", "squaredError", "reachedMaxIter",
        ] {
            #expect(page.contains(part), "\(part)")
        }
        #expect(try Reports.severalOutputs().contains("Actual against predicted values, output 1"))
        #expect(try Reports.severalOutputs().contains(">Iteration<"))
    }

    /// The identifiers of each picture are unique, so that a screen reader describes the correct picture.
    @Test func identifiersAreUnique() throws {
        for (_, page) in try ReportTests.pages.get() {
            let names = page.matches(of: /id="([^"]+)"/).map { String($0.output.1) }
            #expect(Set(names).count == names.count)
        }
    }

    static let refusals = [
        Refusal("a report before fit", mentions: "MLPClassifier", "not fitted") {
            _ = try MLPClassifier(randomState: 1).htmlReport()
        },
        Refusal("a regressor's report before fit", mentions: "MLPRegressor", "not fitted") {
            _ = try MLPRegressor(randomState: 1).htmlReport(displayLabels: ["a"])
        },
        Refusal("names of other classes", mentions: "displayLabels", "3", "2") {
            let iris = try loadIris()
            var mlp = MLPClassifier(maxIter: 2, randomState: 1)
            try mlp.fit(iris.data, iris.target)
            _ = try mlp.htmlReport(displayLabels: ["a", "b"])
        },
        Refusal("test data of other features", mentions: "x", "4 columns", "1") {
            let iris = try loadIris()
            var mlp = MLPClassifier(maxIter: 2, randomState: 1)
            try mlp.fit(iris.data, iris.target)
            _ = try mlp.htmlReport(test: ([[1]], [0]))
        },
    ]

    @Test(arguments: refusals) func rejectsInvalidInput(refusal: Refusal) { refusal.check() }
}
