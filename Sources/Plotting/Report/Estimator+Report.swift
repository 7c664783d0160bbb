public import Estimators
public import Foundation

// A report describes the model as a whole. For a composed model, test samples are raw features, and scores are in the
// user's units.

extension ProbabilisticClassifier {
    /// Writes a report about the classifier: one HTML file that needs no internet access and runs no scripts.
    ///
    /// ```swift
    /// try model.writeReport(to: url, test: (xTest, yTest), displayLabels: iris.targetNames)
    /// ```
    ///
    /// The classifier is an `MLPClassifier`, or a pipeline or search that contains one. The report has its parameters,
    /// the shape of the network and its data, the reason why training ended, and the curves of loss and validation.
    /// With `test`, it also has the scores on these samples, the classification report, the confusion matrix, and the
    /// ROC and precision-recall curves. An existing file is replaced atomically.
    ///
    /// - Parameters:
    ///   - url: the file, by convention with the extension `html`.
    ///   - test: samples that the model was not trained on, in the form that `predict` takes, and their true targets;
    ///     nil for a report without scores.
    ///   - displayLabels: a name for each class; nil for the labels themselves.
    ///   - title: the title; nil for the estimator's name.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError` if the test data do not match the classifier
    ///   or the number of names is wrong; `ModelFileError.unwritable` if the file cannot be written.
    public func writeReport(
        to url: URL, test: (x: Features, y: [Target])? = nil, displayLabels: [String]? = nil, title: String? = nil
    ) throws {
        try page(test: test, displayLabels: displayLabels, title: title).write(to: url)
    }

    /// Returns the HTML of the report that `writeReport` writes.
    ///
    /// - Parameters:
    ///   - test: samples that the model was not trained on, and their true targets; nil for a report without scores.
    ///   - displayLabels: a name for each class; nil for the labels themselves.
    ///   - title: the title; nil for the estimator's name.
    /// - Throws: what `writeReport` throws, except for file errors.
    public func htmlReport(
        test: (x: Features, y: [Target])? = nil, displayLabels: [String]? = nil, title: String? = nil
    ) throws -> String {
        try page(test: test, displayLabels: displayLabels, title: title).text()
    }

    private func page(
        test: (x: Features, y: [Target])?, displayLabels: [String]?, title: String?
    ) throws -> HTMLPage {
        let network = try fittedNetwork(in: self)
        let names = try classNames(displayLabels, of: classes)
        let listed = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
        return try HTMLPage(
            about: self, network: network, title: title,
            outputs: "\(words(names.count, "class", "classes")) (\(listed))",
            test: test.map { try testBlocks($0, names: names) })
    }
}

extension Estimator where Target: RegressionTarget {
    /// Writes a report about the regressor: one HTML file that needs no internet access and runs no scripts.
    ///
    /// ```swift
    /// try model.writeReport(to: url, test: (xTest, yTest))
    /// ```
    ///
    /// The regressor is an `MLPRegressor`, or a pipeline, transformed target or search that contains one. The report
    /// has its parameters, the shape of the network and its data, the reason why training ended, and the curves of loss
    /// and validation. With `test`, it also has the scores on these samples, and for each output the actual values and
    /// the residuals against the predictions, all in the units of `y`. An existing file is replaced atomically.
    ///
    /// - Parameters:
    ///   - url: the file, by convention with the extension `html`.
    ///   - test: samples that the model was not trained on, in the form that `predict` takes, and their true targets;
    ///     nil for a report without scores.
    ///   - displayLabels: a name for each output; nil for numbers.
    ///   - title: the title; nil for the estimator's name.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError` if the test data do not match the regressor
    ///   or the number of names is wrong; `ModelFileError.unwritable` if the file cannot be written.
    public func writeReport(
        to url: URL, test: (x: Features, y: [Target])? = nil, displayLabels: [String]? = nil, title: String? = nil
    ) throws {
        try page(test: test, displayLabels: displayLabels, title: title).write(to: url)
    }

    /// Returns the HTML of the report that `writeReport` writes.
    ///
    /// - Parameters:
    ///   - test: samples that the model was not trained on, and their true targets; nil for a report without scores.
    ///   - displayLabels: a name for each output; nil for numbers.
    ///   - title: the title; nil for the estimator's name.
    /// - Throws: what `writeReport` throws, except for file errors.
    public func htmlReport(
        test: (x: Features, y: [Target])? = nil, displayLabels: [String]? = nil, title: String? = nil
    ) throws -> String {
        try page(test: test, displayLabels: displayLabels, title: title).text()
    }

    private func page(
        test: (x: Features, y: [Target])?, displayLabels: [String]?, title: String?
    ) throws -> HTMLPage {
        let network = try fittedNetwork(in: self)
        let names = try classNames(displayLabels, of: (0..<network.outputCount).map { "output \($0)" })
        return try HTMLPage(
            about: self, network: network, title: title,
            outputs: displayLabels == nil && names.count == 1 ? "a number" : names.joined(separator: ", "),
            test: test.map { try testBlocks($0, names: names) })
    }
}
