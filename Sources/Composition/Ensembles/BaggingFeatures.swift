public import Estimators
public import LinearAlgebra
public import Tables

/// Features with columns that can be selected: a matrix, or a table.
public protocol BaggingFeatures: Samples {
    /// The number of columns.
    var baggingFeatureCount: Int { get }

    /// The columns at the given positions, in this order.
    ///
    /// - Throws: `EstimatorError` if the columns cannot be selected.
    func selectingBaggingFeatures(_ indices: [Int]) throws -> Self
}

extension Matrix: BaggingFeatures {
    /// The number of columns.
    public var baggingFeatureCount: Int { columns }

    /// The columns at the given positions.
    public func selectingBaggingFeatures(_ indices: [Int]) throws -> Matrix { selectingColumns(indices) }
}

extension Table: BaggingFeatures {
    /// The number of columns.
    public var baggingFeatureCount: Int { columnNames.count }

    /// The columns at the given positions.
    ///
    /// - Throws: `EstimatorError` for a column that is selected twice.
    public func selectingBaggingFeatures(_ indices: [Int]) throws -> Table {
        try selectingColumns(indices.map { columnNames[$0] })
    }
}
