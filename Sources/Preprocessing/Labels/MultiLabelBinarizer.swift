public import Estimators
public import LinearAlgebra
public import ModelFiles

/// Encodes the labels of every sample as a row of 0/1 indicators, the target of a multilabel classifier.
///
/// ```swift
/// var binarizer = MultiLabelBinarizer<String>()
/// let y = try binarizer.fitTransform([["sea", "sun"], ["sun"], []])       // [[1, 1], [0, 1], [0, 0]]
/// ```
///
/// `MultiLabelBinarizer(…)` alone means `MultiLabelBinarizer<String>`.
public struct MultiLabelBinarizer<Label: ClassLabel>: Equatable, Sendable {
    /// The classes that have indicators, in this order; nil for those in the data, in ascending order. Default nil.
    public var givenClasses: [Label]?

    private var fittedClasses: [Label]?

    /// An unfitted binarizer.
    ///
    /// - Parameter classes: the classes that have indicators, in this order; property ``givenClasses``.
    public init(classes: [Label]? = nil) {
        givenClasses = classes
    }

    /// The classes in the order of their indicators; empty before `fit`.
    public var classes: [Label] { fittedClasses ?? [] }

    /// Learns the classes of `y`.
    ///
    /// - Parameter y: the labels of every sample, in any order; repetitions do not matter.
    /// - Throws: `EstimatorError.invalidParameter` for classes given twice.
    public mutating func fit<Labels: Sequence<Label>>(_ y: [Labels]) throws {
        guard let givenClasses else {
            fittedClasses = Set(y.joined()).sorted(by: Label.precedes)
            return
        }
        try Check.require(
            Set(givenClasses).count == givenClasses.count, parameter: "classes", givenClasses,
            allowed: "a list of different classes")
        fittedClasses = givenClasses
    }

    /// For every sample a row with 1 for its labels and 0 for the other classes; labels that are no class are ignored, with a
    /// warning.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`.
    /// - Complexity: O(samples × classes).
    public func transform<Labels: Sequence<Label>>(_ y: [Labels]) throws -> [[Int]] {
        guard let fittedClasses else { throw EstimatorError.notFitted(estimator: "MultiLabelBinarizer") }
        let numbers = numbers(of: y, in: fittedClasses)
        return numbers.map { numbers in
            var indicators = [Int](repeating: 0, count: fittedClasses.count)
            for number in numbers { indicators[number] = 1 }
            return indicators
        }
    }

    /// The numbers of every sample's labels; warns of those that are no class.
    private func numbers<Labels: Sequence<Label>>(of y: [Labels], in classes: [Label]) -> [[Int]] {
        let numbers = Dictionary(zip(classes, 0...), uniquingKeysWith: { first, _ in first })
        var unknown: Set<Label> = []
        let found = y.map { labels in
            labels.compactMap { label in
                let number = numbers[label]
                if number == nil { unknown.insert(label) }
                return number
            }
        }
        if !unknown.isEmpty {
            let labels = unknown.sorted(by: Label.precedes).map { "\($0)" }.joined(separator: ", ")
            FitWarnings.report(
                FitWarning(
                    "MultiLabelBinarizer ignores labels that are no class: \(labels).",
                    kind: "MultiLabelBinarizer ignores labels that are no class."))
        }
        return found
    }

    /// Samples × classes with 1 for a sample's labels, of which only the ones are stored, which suits thousands of
    /// labels.
    ///
    /// - Parameters:
    ///   - y: the labels of every sample, at least one sample.
    ///   - scalar: the precision of the result.
    /// - Throws: `EstimatorError.notFitted` before `fit`.
    /// - Complexity: O(all labels), and sorting those of each sample.
    public func transformSparse<Labels: Sequence<Label>, Scalar: MatrixScalar>(
        _ y: [Labels], as scalar: Scalar.Type = Double.self
    ) throws -> SparseMatrix<Scalar> {
        guard let fittedClasses else { throw EstimatorError.notFitted(estimator: "MultiLabelBinarizer") }
        var encoded = SparseRows<Scalar>()
        for numbers in numbers(of: y, in: fittedClasses) {
            for number in Set(numbers).sorted() { encoded.append(1, column: number) }
            encoded.endRow()
        }
        return try encoded.matrix(columns: fittedClasses.count)
    }

    /// Learns the classes of `y` and returns its indicators.
    ///
    /// - Throws: what ``fit(_:)`` throws.
    public mutating func fitTransform<Labels: Sequence<Label>>(_ y: [Labels]) throws -> [[Int]] {
        try fit(y)
        return try transform(y)
    }

    /// A copy that has learned the classes of `y`.
    ///
    /// - Throws: what ``fit(_:)`` throws.
    public func fitted<Labels: Sequence<Label>>(_ y: [Labels]) throws -> Self { try changed(self) { try $0.fit(y) } }

    /// The labels of every row of indicators, in the order of the classes.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for a row of another length, or
    ///   an indicator that is neither 0 nor 1.
    /// - Complexity: O(samples × classes).
    public func inverseTransform(_ y: [[Int]]) throws -> [[Label]] {
        guard let fittedClasses else { throw EstimatorError.notFitted(estimator: "MultiLabelBinarizer") }
        return try y.enumerated().map { sample, row in
            try Check.require(
                row.count == fittedClasses.count, "y",
                "must have rows of \(fittedClasses.count) indicators, but y[\(sample)] has \(row.count)")
            try Check.indicators(row, "y", "y[\(sample)]")
            return zip(fittedClasses, row).filter { $0.1 == 1 }.map(\.0)
        }
    }

    /// The labels of every row of indicators, as ``inverseTransform(_:)-([[Int]])`` has them.
    ///
    /// - Parameter y: samples × classes, as ``transformSparse(_:as:)`` gives.
    /// - Throws: what that throws.
    /// - Complexity: O(samples + stored elements).
    public func inverseTransform<Scalar: MatrixScalar>(_ y: SparseMatrix<Scalar>) throws -> [[Label]] {
        guard let fittedClasses else { throw EstimatorError.notFitted(estimator: "MultiLabelBinarizer") }
        try Check.require(
            y.columns == fittedClasses.count, "y",
            "must have \(fittedClasses.count) columns, one a class, but has \(y.columns)")
        let y = y.canonical
        return try (0..<y.rows).map { sample in
            try (y.rowOffsets[sample]..<y.rowOffsets[sample + 1]).compactMap { position in
                let value = y.values[position]
                try Check.require(
                    value == 0 || value == 1, "y",
                    "must consist of 0 and 1, but y[\(sample), \(y.columnIndices[position])] is \(value)")
                return value == 1 ? fittedClasses[y.columnIndices[position]] : nil
            }
        }
    }
}

extension MultiLabelBinarizer where Label == String {
    /// A binarizer of texts; the parameter is that of the general initializer.
    public init(classes: [String]? = nil) {
        givenClasses = classes
    }
}

// MARK: - Coding

extension MultiLabelBinarizer: Storable {
    /// `MultiLabelBinarizer` with the name of its type parameter.
    public static var storedTypeName: String { ModelFiles.storedTypeName("MultiLabelBinarizer", Label.self) }

    private enum CodingKeys: String, CodingKey { case givenClasses, fittedClasses }

    /// Decodes a binarizer.
    ///
    /// - Throws: `DecodingError` for a class that is there twice.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        givenClasses = try container.decodeIfPresent([Label].self, forKey: .givenClasses)
        fittedClasses = try container.decodeIfPresent([Label].self, forKey: .fittedClasses)
        let classes = fittedClasses ?? []
        try container.require(Set(classes).count == classes.count, .fittedClasses, "must be different classes")
    }
}
