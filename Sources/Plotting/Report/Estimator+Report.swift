public import Estimators
import Inspection
public import ModelFiles

extension Estimator {
    /// Writes a report about the model: one HTML file that needs no internet access and runs no scripts.
    ///
    /// ```swift
    /// try model.writeReport(to: "report.html", test: (xTest, yTest), displayLabels: iris.targetNames)
    /// ```
    ///
    /// The model is an `MLPClassifier` or `MLPRegressor`, or a pipeline, transformed target or search that contains one.
    /// The report is about the model as a whole: it takes the samples that `predict` takes, and scores are in the units
    /// of `y`. It begins with a summary and has the steps of the model, its parameters, the shape of the network and its
    /// data, the reason why training ended, and the curves of loss and validation. With `test`, it also has the scores
    /// on these samples and the importance of the features; for a classifier, the classification report, the balance of
    /// the classes, the confusion matrix, and the ROC, precision-recall and calibration curves; for a regressor, the
    /// actual values and the residuals of each output against the predictions. An existing file is replaced atomically.
    ///
    /// - Parameters:
    ///   - file: the path or the `URL` of the file, by convention with the extension `html`.
    ///   - test: samples that the model was not trained on, in the form that `predict` takes, and their true targets;
    ///     nil for a report without scores.
    ///   - displayLabels: a name for each class or output; nil for the labels themselves or for numbers.
    ///   - title: the title; nil for the model's name.
    ///   - featureNames: a name for each column of `x`; nil for the names of a table's columns, or for numbers.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.notSupported` for a model without a network;
    ///   `EstimatorError` if the test data do not match the model or the number of names is wrong;
    ///   `ModelFileError.unwritable` if the file cannot be written.
    public func writeReport(
        to file: some FileLocation, test: (x: Features, y: [Target])? = nil, displayLabels: [String]? = nil,
        title: String? = nil,
        featureNames: [String]? = nil
    ) throws {
        try page(test, displayLabels: displayLabels, title: title, featureNames: featureNames).write(to: file)
    }

    /// Returns the HTML of the report that `writeReport` writes.
    ///
    /// - Parameters:
    ///   - test: samples that the model was not trained on, and their true targets; nil for a report without scores.
    ///   - displayLabels: a name for each class or output; nil for the labels themselves or for numbers.
    ///   - title: the title; nil for the model's name.
    ///   - featureNames: a name for each column of `x`; nil for the names of a table's columns, or for numbers.
    /// - Throws: what `writeReport` throws, except for file errors.
    public func htmlReport(
        test: (x: Features, y: [Target])? = nil, displayLabels: [String]? = nil, title: String? = nil,
        featureNames: [String]? = nil
    ) throws -> String {
        try page(test, displayLabels: displayLabels, title: title, featureNames: featureNames).text()
    }

    private func page(
        _ test: (x: Features, y: [Target])?, displayLabels: [String]?, title: String?, featureNames: [String]?
    ) throws -> HTMLPage {
        let network = try fittedNetwork(in: self)
        // The names are those of all columns.
        let test = featureNames == nil ? test.map { (x: taken(by: self, of: $0.x), y: $0.y) } : test
        let classifier = self as? any ProbabilisticClassifier
        let names = try classNames(
            displayLabels, of: classifier?.labels ?? (0..<network.outputCount).map { "output \($0)" })
        let outputs: String
        if classifier != nil {
            let listed = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
            outputs = "\(words(names.count, "class", "classes")) (\(listed))"
        } else {
            outputs = displayLabels == nil && names.count == 1 ? "a number" : names.joined(separator: ", ")
        }
        var results: TestResults?
        if let (x, y) = test {
            var given = try classifier.map { try $0.results(x, y, names: names) } ?? self.results(x, y, names: names)
            // Beside the table of scores or the last picture.
            given.blocks.insert(
                contentsOf: try importance(x, y, featureNames: featureNames),
                at: classifier == nil ? 1 : given.blocks.count)
            results = given
        }
        return try HTMLPage(
            about: self, network: network, title: title, outputs: outputs, isClassifier: classifier != nil,
            columns: (test?.x as? any FeatureColumns)?.featureCount, results: results)
    }

    /// Returns a figure of the importance of the features, or a sentence that says why there is none.
    private func importance(
        _ x: Features, _ y: [Target], featureNames: [String]?
    ) throws -> [HTMLPage.Block] {
        if let featureNames, let count = (x as? any FeatureColumns)?.featureCount {
            try Check.require(
                featureNames.count == count, "featureNames",
                "must have a name for each of the \(count) features, but has \(featureNames.count)")
        }
        do {
            // Scores of many shuffles would repeat the same warning.
            let importance = try FitWarnings.summarized {
                try PermutationImportance(self, x, y, featureNames: featureNames)
            }
            guard let importance else {
                let limit = PermutationImportance.featureLimit
                return [.paragraph("The importance of the features is shown for up to \(limit) features.")]
            }
            let height = max(300, 150 + 22 * min(importance.display.featureNames.count, 20))
            return [.picture(importance.figure, height: height)]
        } catch let error as EstimatorError {
            // A score such as that of a rare class may not exist for a part of the samples.
            return [.paragraph("The importance of the features could not be measured: \(error)")]
        }
    }
}
