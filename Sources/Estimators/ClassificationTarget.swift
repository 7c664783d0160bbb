public import LinearAlgebra

/// What a classifier predicts for one sample: a ``ClassLabel``, or a row of 0/1 indicators (`[Int]`, multilabel).
///
/// The conformances of the library are complete; types of your own conform to ``ClassLabel``.
public protocol ClassificationTarget: Hashable, Sendable {
    /// The type of one class: the target itself, or for indicator rows the number of the column.
    associatedtype Label: ClassLabel

    /// Whether a sample can belong to several classes, or to none.
    static var isMultilabel: Bool { get }

    /// Whether `first` comes before `second` where targets are sorted, as in `classes`.
    static func precedes(_ first: Self, _ second: Self) -> Bool

    /// The distinct classes that the targets name, in ascending order.
    ///
    /// - Throws: ``EstimatorError/invalidInput(argument:problem:)`` when the targets are not usable.
    static func classes(in targets: [Self], argument: String) throws -> [Label]

    /// Samples × outputs with 1 where a sample belongs to a class and 0 elsewhere.
    ///
    /// Two classes (or one) share a single column, which is 1 for the second; otherwise each class has its own.
    ///
    /// - Throws: ``EstimatorError/invalidInput(argument:problem:)`` for a target that `classes` does not have.
    static func encode<Scalar: MatrixScalar>(
        _ targets: [Self], classes: [Label], argument: String
    ) throws -> Matrix<Scalar>

    /// The targets that samples × outputs of probabilities speak for, coded as in ``encode(_:classes:argument:)``.
    ///
    /// A single column counts as the second class above one half, and so does each column of a multilabel target;
    /// otherwise the first of the greatest wins.
    static func decode<Scalar: MatrixScalar>(_ probabilities: Matrix<Scalar>, classes: [Label]) -> [Self]
}

extension ClassificationTarget {
    /// The number of each target among the distinct targets in ascending order, counted from 0.
    ///
    /// - Complexity: O(n + c log c) for c distinct targets.
    package static func numbers(of targets: [Self]) -> [Int] {
        let distinct = Set(targets).sorted(by: precedes)
        let number = Dictionary(zip(distinct, 0...), uniquingKeysWith: { first, _ in first })
        return targets.map { number[$0] ?? 0 }
    }
}
