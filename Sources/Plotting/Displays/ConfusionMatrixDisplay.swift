public import Estimators
public import LinearAlgebra
public import Metrics

/// How often each class was taken for each other, as a heat map with the numbers in the cells.
///
/// ```swift
/// let display = try ConfusionMatrixDisplay(yTest, yPred, displayLabels: iris.targetNames)
/// try display.write(to: url)
/// ```
public struct ConfusionMatrixDisplay: Display {
    /// Row i, column j: the samples of class i predicted as class j, or their share.
    public let confusionMatrix: Matrix<Double>

    /// The names of the classes, in the order of rows and columns.
    public let displayLabels: [String]

    /// A matrix that is known already.
    ///
    /// - Parameters:
    ///   - confusionMatrix: classes × classes, as `confusionMatrix(_:_:labels:sampleWeight:normalize:)` returns it.
    ///   - displayLabels: a name for each class; nil for their numbers, from 0.
    /// - Throws: `EstimatorError.invalidInput` for a matrix that is empty, not square, or not finite, and for another
    ///   number of labels.
    public init(confusionMatrix: Matrix<Double>, displayLabels: [String]? = nil) throws {
        try Check.features(confusionMatrix, argument: "confusionMatrix")
        try Check.require(
            confusionMatrix.rows == confusionMatrix.columns, "confusionMatrix",
            "must be square, but is \(confusionMatrix.rows) × \(confusionMatrix.columns)")
        let labels = displayLabels ?? (0..<confusionMatrix.rows).map { "\($0)" }
        try Check.require(
            labels.count == confusionMatrix.rows, "displayLabels",
            "must have a name for each of the \(confusionMatrix.rows) classes, but has \(labels.count)")
        self.confusionMatrix = confusionMatrix
        self.displayLabels = labels
    }

    /// The matrix of true and predicted labels.
    ///
    /// - Parameters:
    ///   - yTrue: the true labels, one per sample.
    ///   - yPred: the predicted labels, as many.
    ///   - labels: the classes to show, in their order; nil for all that occur, in ascending order.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - normalize: what to divide the counts by; nil for counts.
    ///   - displayLabels: a name for each class; nil for the labels themselves.
    /// - Throws: `EstimatorError` for what `confusionMatrix(_:_:labels:sampleWeight:normalize:)` refuses, and for another
    ///   number of names.
    public init<Label: ClassLabel>(
        _ yTrue: [Label], _ yPred: [Label], labels: [Label]? = nil, sampleWeight: [Double]? = nil,
        normalize: ConfusionNormalization? = nil, displayLabels: [String]? = nil
    ) throws {
        let matrix = try Metrics.confusionMatrix(
            yTrue, yPred, labels: labels, sampleWeight: sampleWeight, normalize: normalize)
        let classes = try labels ?? Label.classes(in: yTrue + yPred, argument: "yTrue")
        try self.init(confusionMatrix: matrix, displayLabels: displayLabels ?? classes.map { "\($0)" })
    }

    /// The matrix of an estimator's predictions for `x`.
    ///
    /// - Parameters:
    ///   - estimator: a fitted classifier.
    ///   - x: the features of the samples.
    ///   - y: the true labels, one per sample.
    ///   - labels: the classes to show, in their order; nil for all that occur, in ascending order.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - normalize: what to divide the counts by; nil for counts.
    ///   - displayLabels: a name for each class; nil for the labels themselves.
    /// - Throws: what the estimator throws, and `EstimatorError` as the initialiser of predictions.
    public init<Model: Estimator>(
        _ estimator: Model, _ x: Model.Features, _ y: [Model.Target], labels: [Model.Target]? = nil,
        sampleWeight: [Double]? = nil, normalize: ConfusionNormalization? = nil, displayLabels: [String]? = nil
    ) throws where Model.Target: ClassLabel {
        try self.init(
            y, estimator.predict(x), labels: labels, sampleWeight: sampleWeight, normalize: normalize,
            displayLabels: displayLabels)
    }

    /// The heat map.
    public var figure: Figure {
        let rows = (0..<confusionMatrix.rows).map { Array(confusionMatrix.row($0)) }
        let numbers = confusionMatrix.elements
        let range = (numbers.min() ?? 0)...(numbers.max() ?? 0)
        let texts = rows.map { $0.map(text) }
        return Figure(
            title: "Confusion matrix",
            summary: "A confusion matrix. \(words(rows.count, "class", "classes")), rows true, columns predicted. "
                + spoken(texts),
            panels: [
                Panel(
                    x: Axis(label: "Predicted label", scale: .category(displayLabels)),
                    y: Axis(label: "True label", scale: .category(displayLabels)),
                    marks: [CellsMark(values: rows, texts: texts, range: range)], isSquare: true, hasGrid: false)
            ],
            colorBar: range.lowerBound < range.upperBound ? ColorBar(range: range) : nil)
    }

    /// As scikit-learn writes them: two digits, or, of counts, all of them where that is shorter.
    private func text(_ value: Double) -> String {
        let short = general(value, digits: 2)
        guard let count = Int(exactly: value), confusionMatrix.elements.allSatisfy({ $0 == $0.rounded() }) else {
            return short
        }
        return "\(count)".count < short.count ? "\(count)" : short
    }

    /// The rows in words, where these are not too many to listen to.
    private func spoken(_ texts: [[String]]) -> String {
        guard texts.count <= 12 else { return "" }
        return zip(displayLabels, texts).map { label, row in
            "True \(label): " + zip(row, displayLabels).map { "\($0) as \($1)" }.joined(separator: ", ") + "."
        }.joined(separator: " ")
    }
}

/// A count with its noun.
func words(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }
