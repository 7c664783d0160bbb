public import LinearAlgebra

/// A data set: features, one target per row, and the names of columns and classes.
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

    /// The values to predict, one per row of ``data``.
    public let target: [Target]

    /// The names of the columns of ``data``.
    public let featureNames: [String]

    /// The names of the classes; for regression, the name of the target column.
    public let targetNames: [String]

    /// What the data are and where they come from, as text for people.
    public let description: String
}

extension Dataset: Equatable where Target: Equatable {}

extension Dataset: CustomStringConvertible {}
