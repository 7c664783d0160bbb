public import Estimators
public import LinearAlgebra
public import Metrics

/// A confusion matrix as a heat map, with the numbers in the cells.
///
/// ```swift
/// let display = try ConfusionMatrixDisplay(yTest, yPred, displayLabels: iris.targetNames)
/// try display.write(to: url)
/// ```
public struct ConfusionMatrixDisplay: Display {
    /// The number or fraction of the samples of class i that are predicted as class j, in row i and column j.
    public let confusionMatrix: Matrix<Double>

    /// The names of the classes, in the order of rows and columns.
    public let displayLabels: [String]

    /// Creates a display of a given confusion matrix.
    ///
    /// - Parameters:
    ///   - confusionMatrix: classes × classes, as returned by `confusionMatrix(_:_:labels:sampleWeight:normalize:)`.
    ///   - displayLabels: a name for each class; nil for the class numbers, from 0.
    /// - Throws: `EstimatorError.invalidInput` if the matrix is empty, not square or not finite, or the number of names
    ///   is wrong.
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

    /// Creates a display of the confusion matrix of true and predicted labels.
    ///
    /// - Parameters:
    ///   - yTrue: the true labels, one per sample.
    ///   - yPred: the predicted labels, one per sample.
    ///   - labels: the classes to show, in this order; nil for all that occur, in ascending order.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - normalize: what to divide the counts by; nil to show counts.
    ///   - displayLabels: a name for each class; nil for the labels themselves.
    /// - Throws: what `confusionMatrix(_:_:labels:sampleWeight:normalize:)` throws, and `EstimatorError` if the number
    ///   of names is wrong.
    public init<Label: ClassLabel>(
        _ yTrue: [Label], _ yPred: [Label], labels: [Label]? = nil, sampleWeight: [Double]? = nil,
        normalize: ConfusionNormalization? = nil, displayLabels: [String]? = nil
    ) throws {
        let matrix = try Metrics.confusionMatrix(
            yTrue, yPred, labels: labels, sampleWeight: sampleWeight, normalize: normalize)
        let classes = try labels ?? Label.classes(in: yTrue + yPred, argument: "yTrue")
        try self.init(confusionMatrix: matrix, displayLabels: displayLabels ?? classes.map { "\($0)" })
    }

    /// Creates a display of the confusion matrix of an estimator's predictions for `x`.
    ///
    /// - Parameters:
    ///   - estimator: a fitted classifier.
    ///   - x: the features of the samples.
    ///   - y: the true labels, one per sample.
    ///   - labels: the classes to show, in this order; nil for all that occur, in ascending order.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - normalize: what to divide the counts by; nil to show counts.
    ///   - displayLabels: a name for each class; nil for the labels themselves.
    /// - Throws: what the estimator and the initializer for predictions throw.
    public init<Model: Estimator>(
        _ estimator: Model, _ x: Model.Features, _ y: [Model.Target], labels: [Model.Target]? = nil,
        sampleWeight: [Double]? = nil, normalize: ConfusionNormalization? = nil, displayLabels: [String]? = nil
    ) throws where Model.Target: ClassLabel {
        try self.init(
            y, estimator.predict(x), labels: labels, sampleWeight: sampleWeight, normalize: normalize,
            displayLabels: displayLabels)
    }

    /// The heat map as a figure.
    public var figure: Figure {
        let rows = (0..<confusionMatrix.rows).map { confusionMatrix.row($0) }
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

    /// Formats counts as integers, and other matrices with two significant digits, as scikit-learn does.
    private func text(_ value: Double) -> String {
        guard let count = Int(exactly: value), confusionMatrix.elements.allSatisfy({ $0 == $0.rounded() }) else {
            return general(value, digits: 2)
        }
        return "\(count)"
    }

    /// Describes the rows in words if there are not too many.
    private func spoken(_ texts: [[String]]) -> String {
        guard texts.count <= 12 else { return "" }
        return zip(displayLabels, texts).map { label, row in
            "True \(label): " + zip(row, displayLabels).map { "\($0) as \($1)" }.joined(separator: ", ") + "."
        }.joined(separator: " ")
    }
}

/// Returns a count with its noun.
func words(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }
