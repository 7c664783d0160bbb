public import Estimators
public import LinearAlgebra

/// Makes a column from every class of a target, or a single one from two classes.
///
/// `LabelBinarizer(…)` alone means `LabelBinarizer<String>`. The result is a matrix, to be used as numbers; the target of a
/// multilabel classifier comes from ``MultiLabelBinarizer``.
public struct LabelBinarizer<Label: ClassLabel>: Equatable, Codable, Sendable {
    /// The number for "not of this class", below ``posLabel``. Default 0.
    public var negLabel: Int

    /// The number for "of this class". Default 1.
    public var posLabel: Int

    /// The classes, in ascending order; empty before `fit`.
    public private(set) var classes: [Label] = []

    /// A binarizer that has not been fitted.
    ///
    /// - Parameters:
    ///   - negLabel: the number for "not of this class".
    ///   - posLabel: the number for "of this class".
    public init(negLabel: Int = 0, posLabel: Int = 1) {
        self.negLabel = negLabel
        self.posLabel = posLabel
    }

    /// Learns the classes of `y`.
    ///
    /// - Throws: `EstimatorError.invalidParameter` where ``negLabel`` is not below ``posLabel``;
    ///   `EstimatorError.invalidInput` when `y` is empty.
    public mutating func fit(_ y: [Label]) throws {
        guard negLabel < posLabel else {
            throw EstimatorError.invalidParameter(
                name: "negLabel", value: "\(negLabel)", allowed: "less than posLabel, \(posLabel)")
        }
        classes = try Label.classes(in: y, argument: "y")
    }

    /// Samples × classes, or samples × 1 for two classes, where the second is positive; one class alone is negative.
    ///
    /// A label that `fit` has not seen belongs to none. As in scikit-learn, three or more different labels in `y` count as
    /// a multiclass target, for which even two classes have a column each.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` when `y` is empty.
    /// - Complexity: O(samples × classes).
    public func transform(_ y: [Label]) throws -> Matrix<Double> {
        if classes.isEmpty { throw EstimatorError.notFitted(estimator: "LabelBinarizer") }
        try Check.notEmpty(y.count, argument: "y")
        let sharesColumn = classes.count <= 2 && Set(y).count <= 2
        let numbers = Dictionary(zip(classes, 0...), uniquingKeysWith: { first, _ in first })
        var encoded = Matrix<Double>(
            rows: y.count, columns: sharesColumn ? 1 : classes.count, repeating: Double(negLabel))
        for (sample, label) in y.enumerated() {
            guard let number = numbers[label] else { continue }
            if !sharesColumn {
                encoded[sample, number] = Double(posLabel)
            } else if number == 1 {
                encoded[sample, 0] = Double(posLabel)
            }
        }
        return encoded
    }

    /// Learns the classes of `y` and returns its columns.
    ///
    /// - Throws: what ``fit(_:)`` throws.
    public mutating func fitTransform(_ y: [Label]) throws -> Matrix<Double> {
        try fit(y)
        return try transform(y)
    }

    /// The class of the greatest column of every row; of two classes the second where the only column, or the second of
    /// two, is above the threshold.
    ///
    /// - Parameters:
    ///   - y: samples × columns, as ``transform(_:)`` gives, or scores or probabilities.
    ///   - threshold: above which a single column is positive; nil for the middle of `negLabel` and `posLabel`.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` when `y` has no rows, another
    ///   number of columns, or values that are not finite.
    /// - Complexity: O(samples × classes).
    public func inverseTransform<Scalar: MatrixScalar>(_ y: Matrix<Scalar>, threshold: Double? = nil) throws -> [Label]
    {
        if classes.isEmpty { throw EstimatorError.notFitted(estimator: "LabelBinarizer") }
        let allowed = classes.count > 2 ? [classes.count] : [1, 2]
        guard y.rows > 0, allowed.contains(y.columns) else {
            throw EstimatorError.invalidInput(
                argument: "y",
                problem: "must have at least one row and \(allowed.map(String.init).joined(separator: " or ")) columns "
                    + "for \(classes.count) classes, but is \(y.rows) × \(y.columns)")
        }
        try Check.finite(y, argument: "y")
        guard classes.count <= 2 else { return Label.decode(y, classes: classes) }
        let bound = threshold ?? (Double(posLabel) + Double(negLabel)) / 2
        return (0..<y.rows).map { sample in
            let isPositive = Double(y[sample, y.columns - 1]) > bound
            return isPositive ? classes[classes.count - 1] : classes[0]
        }
    }
}

extension LabelBinarizer where Label == String {
    /// A binarizer of words; the parameters are those of the general initialiser.
    public init(negLabel: Int = 0, posLabel: Int = 1) {
        self.negLabel = negLabel
        self.posLabel = posLabel
    }
}
