public import Estimators
public import LinearAlgebra
public import ModelFiles

/// Encodes every class of a target as a column, and two classes as a single column.
///
/// `LabelBinarizer(…)` alone means `LabelBinarizer<String>`. `LabelBinarizer<[Int]>` takes rows of 0/1 indicators,
/// which have their columns already: their zeros and ones become `negLabel` and `posLabel`. The result is a matrix, to
/// be used as numbers; the target of a multilabel classifier comes from ``MultiLabelBinarizer``.
public struct LabelBinarizer<Target: ClassificationTarget>: Equatable, Sendable {
    /// The number for "not of this class", below ``posLabel``. Default 0.
    public var negLabel: Int

    /// The number for "of this class". Default 1.
    public var posLabel: Int

    /// The classes, in ascending order; of rows of indicators the numbers of their columns; empty before `fit`.
    public private(set) var classes: [Target.Label] = []

    /// An unfitted binarizer.
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
    ///   `EstimatorError.invalidInput` if `y` is empty, or has rows that are not of one length or not of 0 and 1.
    public mutating func fit(_ y: [Target]) throws {
        try Check.require(
            negLabel < posLabel, parameter: "negLabel", negLabel, allowed: "less than posLabel, \(posLabel)")
        classes = try Target.classes(in: y, argument: "y")
    }

    // MARK: Transform

    /// Samples × classes, or samples × 1 for two classes, where the second is positive; one class alone is negative.
    ///
    /// A label that did not occur in `fit` belongs to none. As in scikit-learn, three or more different labels in `y`
    /// count as a multiclass target, for which even two classes have a column each.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `y` is empty, or has rows of
    ///   another length than in `fit` or not of 0 and 1.
    /// - Complexity: O(samples × classes).
    public func transform(_ y: [Target]) throws -> Matrix<Double> {
        let (positives, columns) = try positives(of: y)
        var encoded = Matrix<Double>(rows: y.count, columns: columns, repeating: Double(negLabel))
        for (sample, columns) in positives.enumerated() {
            for column in columns { encoded[sample, column] = Double(posLabel) }
        }
        return encoded
    }

    /// Like ``transform(_:)``, but only what is positive is stored: scikit-learn's `sparse_output=True`.
    ///
    /// - Parameters:
    ///   - y: one target per sample.
    ///   - scalar: the precision of the result.
    /// - Throws: `EstimatorError.invalidParameter` unless ``negLabel`` is 0, and what ``transform(_:)`` throws.
    /// - Complexity: O(samples), of rows of indicators O(samples × classes).
    public func transformSparse<Scalar: MatrixScalar>(
        _ y: [Target], as scalar: Scalar.Type = Double.self
    ) throws -> SparseMatrix<Scalar> {
        try Check.require(
            negLabel == 0, parameter: "negLabel", negLabel, allowed: "0, which a sparse matrix does not store")
        let (positives, columns) = try positives(of: y)
        var encoded = SparseRows<Scalar>()
        for columns in positives {
            for column in columns { encoded.append(Scalar(posLabel), column: column) }
            encoded.endRow()
        }
        return try encoded.matrix(columns: columns)
    }

    /// Which columns of each sample are positive, in ascending order, and how many columns there are.
    private func positives(of y: [Target]) throws -> (samples: [[Int]], columns: Int) {
        if classes.isEmpty { throw EstimatorError.notFitted(estimator: "LabelBinarizer") }
        try Check.notEmpty(y.count, argument: "y")
        guard let labels = y as? [Target.Label] else {
            let indicators: Matrix<Double> = try Target.encode(y, classes: classes, argument: "y")
            let samples = (0..<y.count).map { sample in classes.indices.filter { indicators[sample, $0] == 1 } }
            return (samples, classes.count)
        }
        let sharesColumn = classes.count <= 2 && Set(y).count <= 2
        let numbers = Dictionary(zip(classes, 0...), uniquingKeysWith: { first, _ in first })
        let samples = labels.map { label in
            guard let number = numbers[label] else { return [Int]() }
            return sharesColumn ? (number == 1 ? [0] : []) : [number]
        }
        return (samples, sharesColumn ? 1 : classes.count)
    }

    /// Learns the classes of `y` and returns its columns.
    ///
    /// - Throws: what ``fit(_:)`` throws.
    public mutating func fitTransform(_ y: [Target]) throws -> Matrix<Double> {
        try fit(y)
        return try transform(y)
    }

    /// A copy that has learned the classes of `y`.
    ///
    /// - Throws: what ``fit(_:)`` throws.
    public func fitted(_ y: [Target]) throws -> Self { try changed(self) { try $0.fit(y) } }

    // MARK: Inverse

    /// The class of the greatest column of every row; of two classes the second where the only column, or the second of
    /// two, is above the threshold; of rows of indicators 1 for every column above it.
    ///
    /// - Parameters:
    ///   - y: samples × columns, as ``transform(_:)`` gives, or scores or probabilities.
    ///   - threshold: above which a single column, or one of several labels, is positive; nil for the middle of
    ///     `negLabel` and `posLabel`.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `y` has no rows, another
    ///   number of columns, or values that are not finite.
    /// - Complexity: O(samples × classes).
    public func inverseTransform<Scalar: MatrixScalar>(
        _ y: Matrix<Scalar>, threshold: Double? = nil
    ) throws -> [Target] {
        if classes.isEmpty { throw EstimatorError.notFitted(estimator: "LabelBinarizer") }
        let allowed = Target.isMultilabel || classes.count > 2 ? [classes.count] : [1, 2]
        try Check.require(
            y.rows > 0 && allowed.contains(y.columns), "y",
            "must have at least one row and \(allowed.map(String.init).joined(separator: " or ")) columns for "
                + "\(classes.count) classes, but is \(y.rows) × \(y.columns)")
        try Check.finite(y, argument: "y")
        if !Target.isMultilabel, classes.count > 2 { return Target.decode(y, classes: classes) }
        let bound = threshold ?? (Double(posLabel) + Double(negLabel)) / 2
        // Of two columns for two classes the second decides.
        let decisive = Target.isMultilabel ? 0..<y.columns : (y.columns - 1)..<y.columns
        let decisions = (0..<y.rows).flatMap { sample in
            decisive.map { column -> Scalar in Double(y[sample, column]) > bound ? 1 : 0 }
        }
        return Target.decode(
            Matrix(rows: y.rows, columns: decisive.count, elements: decisions), classes: classes)
    }

    /// The targets of sparse columns, as ``inverseTransform(_:threshold:)-(Matrix<Scalar>,_)`` has them.
    ///
    /// - Parameters:
    ///   - y: samples × columns, as ``transformSparse(_:as:)`` gives.
    ///   - threshold: above which a single column, or one of several labels, is positive.
    /// - Throws: what that throws.
    /// - Complexity: O(samples × classes), all of which are stored meanwhile.
    public func inverseTransform<Scalar: MatrixScalar>(
        _ y: SparseMatrix<Scalar>, threshold: Double? = nil
    ) throws -> [Target] {
        try inverseTransform(y.dense, threshold: threshold)
    }
}

extension LabelBinarizer where Target == String {
    /// A binarizer of texts.
    ///
    /// - Parameters:
    ///   - negLabel: the number for "not of this class".
    ///   - posLabel: the number for "of this class".
    public init(negLabel: Int = 0, posLabel: Int = 1) {
        (self.negLabel, self.posLabel) = (negLabel, posLabel)
    }
}

// MARK: - Coding

extension LabelBinarizer: Storable {
    /// `LabelBinarizer` with the name of its type parameter.
    public static var storedTypeName: String { ModelFiles.storedTypeName("LabelBinarizer", Target.self) }

    private enum CodingKeys: String, CodingKey { case negLabel, posLabel, classes }

    /// Decodes a binarizer.
    ///
    /// - Throws: `DecodingError` for classes out of order.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        negLabel = try container.decode(Int.self, forKey: .negLabel)
        posLabel = try container.decode(Int.self, forKey: .posLabel)
        classes = try container.decodeAscending(forKey: .classes)
    }
}
