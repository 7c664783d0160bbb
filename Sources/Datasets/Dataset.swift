public import LinearAlgebra

/// A table to learn from: features, one target per row, and what the columns and classes are called.
///
/// ```swift
/// let iris = try loadIris()
/// iris.data.rows               // 150
/// iris.featureNames[0]         // "sepal length (cm)"
/// iris.targetNames[iris.target[0]]   // "setosa"
/// ```
///
/// `Target` is `Int` for classes (an index into ``targetNames``) and `Double` for regression.
public struct Dataset<Target: Sendable>: Sendable {
    /// The features: one row per sample, one column per feature.
    public let data: Matrix<Double>

    /// The value to predict, one per row of ``data``.
    public let target: [Target]

    /// The names of the columns of ``data``.
    public let featureNames: [String]

    /// The names of the classes, or for regression the name of the one target column.
    public let targetNames: [String]

    /// What the table shows and where it comes from, for people to read.
    public let description: String
}

extension Dataset: Equatable where Target: Equatable {}

extension Dataset: CustomStringConvertible {}
