public import Estimators
public import LinearAlgebra
public import Tables

/// Features with columns that can be selected: a matrix, or a table.
public protocol FeatureColumns: Samples {
    /// The number of columns.
    var featureCount: Int { get }

    /// The columns at the given positions, in this order.
    ///
    /// - Throws: `EstimatorError` for columns that cannot be selected so.
    func selectingFeatures(_ indices: [Int]) throws -> Self
}

extension Matrix: FeatureColumns {
    /// The number of columns.
    public var featureCount: Int { columns }

    /// The columns at the given positions.
    public func selectingFeatures(_ indices: [Int]) throws -> Matrix { selectingColumns(indices) }
}

extension Table: FeatureColumns {
    /// The number of columns.
    public var featureCount: Int { columnNames.count }

    /// The columns at the given positions.
    ///
    /// - Throws: `EstimatorError` for a column that is selected twice.
    public func selectingFeatures(_ indices: [Int]) throws -> Table {
        try selectingColumns(indices.map { columnNames[$0] })
    }
}
