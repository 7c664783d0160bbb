public import LinearAlgebra

/// What a classifier predicts for one sample: a ``ClassLabel``, or a row of 0/1 indicators (`[Int]`, multilabel).
///
/// Types of your own conform to ``ClassLabel``.
public protocol ClassificationTarget: Hashable, Sendable {
    /// The type of one class: the target itself, or for indicator rows the index of the column.
    associatedtype Label: ClassLabel

    /// Whether a sample can belong to several classes or to none.
    static var isMultilabel: Bool { get }

    /// Whether `first` comes before `second` where targets are sorted, as in `classes`.
    static func precedes(_ first: Self, _ second: Self) -> Bool

    /// The distinct classes that the targets name, in ascending order.
    ///
    /// - Throws: ``EstimatorError/invalidInput(argument:problem:)`` if the targets cannot be used.
    static func classes(in targets: [Self], argument: String) throws -> [Label]

    /// Samples × outputs with 1 where a sample belongs to a class and 0 elsewhere.
    ///
    /// One or two classes have a single column, which is 1 for the second class; three or more have a column each.
    ///
    /// - Throws: ``EstimatorError/invalidInput(argument:problem:)`` for a target that is not in `classes`.
    static func encode<Scalar: MatrixScalar>(
        _ targets: [Self], classes: [Label], argument: String
    ) throws -> Matrix<Scalar>

    /// The most probable targets, given samples × outputs of probabilities with the columns of
    /// ``encode(_:classes:argument:)``.
    ///
    /// A single column above one half means the second class. Each column of a multilabel target above one half means
    /// 1. Else the class with the greatest probability is taken, the first of equal ones.
    static func decode<Scalar: MatrixScalar>(_ probabilities: Matrix<Scalar>, classes: [Label]) -> [Self]
}

extension ClassificationTarget {
    /// The index of each target among the distinct targets in ascending order.
    ///
    /// - Complexity: O(n + c log c) for c distinct targets.
    package static func numbers(of targets: [Self]) -> [Int] {
        let distinct = Set(targets).sorted(by: precedes)
        let number = Dictionary(zip(distinct, 0...), uniquingKeysWith: { first, _ in first })
        return targets.map { number[$0] ?? 0 }
    }
}
