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
    /// The model is any fitted estimator of a `Table` or a `Matrix`: a network, a pipeline, a transformed target, a search,
    /// an ensemble or a calibrated model. The report is about the model as a whole: it takes the samples that `predict`
    /// takes, and scores are in the units of `y`. It begins with a summary and has the steps of the model. For each network
    /// in it, it has the curves of loss and validation; for a single network also its parameters, its shape, its data and
    /// the reason why training ended.
    ///
    /// With `test`, it also has the scores on these samples beside those of a baseline that ignores the features; for a
    /// classifier, the classification report, the balance of the classes, the confusion matrix, and the ROC,
    /// precision-recall and calibration curves; for a regressor, the actual values and the residuals of each output
    /// against the predictions; the importance of the features, the partial dependence on the most important ones, and
    /// the samples that are most wrong. Importance and partial dependence are measured on up to 1,000 and 200 of the
    /// samples, drawn with a fixed seed. An existing file is replaced atomically.
    ///
    /// - Parameters:
    ///   - file: the path or the `URL` of the file, by convention with the extension `html`.
    ///   - test: samples that the model was not trained on, in the form that `predict` takes, and their true targets;
    ///     nil for a report without scores.
    ///   - displayLabels: a name for each class or output; nil for the labels themselves or for numbers.
    ///   - title: the title; nil for the model's name.
    ///   - featureNames: a name for each column of `x`; nil for the names of a table's columns, or for numbers.
    ///   - yTrain: the targets of the training, from which the baseline learns the shares of the classes or the mean; nil
    ///     for a baseline that learns them from the test samples.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError` if the test data do not match the model or the
    ///   number of names is wrong;
    ///   `ModelFileError.unwritable` if the file cannot be written.
    public func writeReport(
        to file: some FileLocation, test: (x: Features, y: [Target])? = nil, displayLabels: [String]? = nil,
        title: String? = nil, featureNames: [String]? = nil, yTrain: [Target]? = nil
    ) throws {
        try page(
            test, displayLabels: displayLabels, title: title, featureNames: featureNames, yTrain: yTrain
        ).write(to: file)
    }

    /// Returns the HTML of the report that `writeReport` writes.
    ///
    /// - Parameters:
    ///   - test: samples that the model was not trained on, and their true targets; nil for a report without scores.
    ///   - displayLabels: a name for each class or output; nil for the labels themselves or for numbers.
    ///   - title: the title; nil for the model's name.
    ///   - featureNames: a name for each column of `x`; nil for the names of a table's columns, or for numbers.
    ///   - yTrain: the targets of the training, from which the baseline learns the shares of the classes or the mean; nil
    ///     for a baseline that learns them from the test samples.
    /// - Throws: what `writeReport` throws, except for file errors.
    public func htmlReport(
        test: (x: Features, y: [Target])? = nil, displayLabels: [String]? = nil, title: String? = nil,
        featureNames: [String]? = nil, yTrain: [Target]? = nil
    ) throws -> String {
        try page(
            test, displayLabels: displayLabels, title: title, featureNames: featureNames, yTrain: yTrain
        ).text()
    }

    private func page(
        _ test: (x: Features, y: [Target])?, displayLabels: [String]?, title: String?, featureNames: [String]?,
        yTrain: [Target]?
    ) throws -> HTMLPage {
        // The names are those of all columns.
        let test = featureNames == nil ? test.map { (x: taken(by: self, of: $0.x), y: $0.y) } : test
        let classifier = self as? any ProbabilisticClassifier
        let networkOutputs = try TrainedPart(in: self, outputs: "")?.outputs
        if let classifier, classifier.labels.isEmpty { throw EstimatorError.notFitted(estimator: modelName(self)) }
        var names: [String]
        var results: TestResults?
        if let classifier {
            names = try classNames(displayLabels, of: classifier.labels)
            results = try test.map { try classifier.results($0.x, $0.y, yTrain: yTrain, names: names) }
        } else if let test,
            let (known, labels) = try labelResults(test.x, test.y, yTrain: yTrain, displayLabels: displayLabels)
        {
            (results, names) = (known, labels)
        } else {
            let count = networkOutputs ?? test.flatMap { outputCount(of: $0.y) } ?? displayLabels?.count ?? 1
            names = try classNames(displayLabels, of: (0..<count).map { "output \($0)" })
            results = try test.map { try self.results($0.x, $0.y, yTrain: yTrain, names: names) }
        }
        let isClassifier = classifier != nil || !(Target.self is any RegressionTarget.Type)
        let outputs: String
        if isClassifier {
            let listed = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
            outputs = "\(words(names.count, "class", "classes")) (\(listed))"
        } else {
            outputs = displayLabels == nil && names.count == 1 ? "a number" : names.joined(separator: ", ")
        }
        if let (x, y) = test, let columns = x as? any FeatureColumns {
            try describe(
                x, y, columns, featureNames: featureNames,
                outputs: isClassifier
                    ? names.map { "probability of \($0)" } : displayLabels == nil && names.count == 1 ? [] : names,
                in: &results)
        }
        return HTMLPage(
            about: self, part: try TrainedPart(in: self, outputs: outputs), title: title, outputs: outputs,
            isClassifier: isClassifier, columns: (test?.x as? any FeatureColumns)?.featureCount, results: results)
    }

    /// The number of outputs of a regressor.
    private func outputCount(of y: [Target]) -> Int? {
        func count<Number: RegressionTarget>(_: Number.Type) -> Int? {
            try? Number._outputs(of: y.prefix(1).compactMap { $0 as? Number }, argument: "y").columns
        }
        return (Target.self as? any RegressionTarget.Type).flatMap { count($0) }
    }

    /// Adds figures of the importance of the features and of the partial dependence on them, and the samples that are most
    /// wrong.
    private func describe(
        _ x: Features, _ y: [Target], _ columns: any FeatureColumns, featureNames: [String]?, outputs: [String],
        in results: inout TestResults?
    ) throws {
        guard var known = results else { return }
        let count = columns.featureCount
        if let featureNames {
            try Check.require(
                featureNames.count == count, "featureNames",
                "must have a name for each of the \(count) features, but has \(featureNames.count)")
        }
        let names = featureNames ?? columns.knownFeatureNames ?? (0..<count).map { "feature \($0)" }
        // Predictions of many shuffles would repeat the same warning.
        try FitWarnings.summarized {
            var order = Array(0..<count)
            do {
                if let importance = try PermutationImportance(self, x, y, featureNames: names) {
                    order = importance.order
                    let height = max(300, 150 + 22 * min(importance.display.featureNames.count, 20))
                    known.features.append(.picture(importance.figure, height: height))
                } else {
                    let limit = PermutationImportance.featureLimit
                    known.features.append(
                        .paragraph("The importance of the features is shown for up to \(limit) features."))
                }
            } catch let error as EstimatorError {
                // A score such as that of a rare class may not exist for a part of the samples.
                known.features.append(.paragraph("The importance of the features could not be measured: \(error)"))
            }
            let effects = FeatureEffects(
                self, x, order: Array(order.prefix(2 * FeatureEffects.featureLimit)), names: names, outputs: outputs)
            known.features += effects.figures.map { .picture($0, height: 360) }
            let limit = FeatureEffects.sampleLimit
            if y.count > limit {
                let most = min(y.count, PermutationImportance.sampleLimit)
                known.features.insert(
                    .paragraph(
                        "Importance is measured on \(most) and partial dependence on \(limit) of the \(y.count) test "
                            + "samples, drawn with a fixed seed."), at: 0)
            }
            known.errors = [known.wrong.table(columns, features: order, names: names)]
        }
        results = known
    }
}
