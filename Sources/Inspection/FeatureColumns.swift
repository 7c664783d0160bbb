public import Estimators
public import LinearAlgebra
public import Tables

/// Features with columns that can be changed one by one: a `Matrix` or a `Table`.
public protocol FeatureColumns: Samples, Sendable {
    /// How a column is named: the index for a matrix, the name for a table.
    associatedtype FeatureKey: Hashable & Sendable

    /// The number of columns.
    var featureCount: Int { get }

    /// The names of the columns; nil if they have none.
    var knownFeatureNames: [String]? { get }

    /// The index of a column.
    ///
    /// - Throws: `EstimatorError.invalidInput` if there is no such column.
    func featureIndex(_ key: FeatureKey, argument: String) throws -> Int

    /// The values of a column.
    func featureColumn(_ index: Int) -> Table.Column

    /// Replaces the values of a column by those of `source` in the given order of rows.
    mutating func setFeature(_ index: Int, of source: Self, by order: [Int])

    /// Replaces all values of a column by one value.
    mutating func setFeature(_ index: Int, to value: FeatureValue)
}

/// One value of a feature.
public enum FeatureValue: Hashable, Sendable {
    /// A value of a numeric column.
    case number(Double)
    /// A value of a categorical column.
    case string(String)
}

extension Matrix: FeatureColumns where Scalar: MatrixScalar {
    /// The number of columns.
    public var featureCount: Int { columns }

    /// Nil, because the columns have no names.
    public var knownFeatureNames: [String]? { nil }

    /// The index itself.
    ///
    /// - Throws: `EstimatorError.invalidInput` if there is no such column.
    public func featureIndex(_ key: Int, argument: String) throws -> Int {
        try Check.require(
            (0..<columns).contains(key), argument,
            "must contain indices of columns, from 0 to \(columns - 1), but contains \(key)")
        return key
    }

    /// The numbers of a column.
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    public func featureColumn(_ index: Int) -> Table.Column { .numbers(column(index).map { Double($0) }) }

    /// Replaces the numbers of a column by those of `source` in the given order of rows.
    ///
    /// - Complexity: O(rows).
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    public mutating func setFeature(_ index: Int, of source: Matrix, by order: [Int]) {
        let width = columns
        source.withUnsafeElements { source in
            withUnsafeMutableElements { target in
                for (row, other) in order.enumerated() {
                    target[row &* width &+ index] = source[other &* width &+ index]
                }
            }
        }
    }

    /// Replaces all numbers of a column by one number. A string changes nothing.
    ///
    /// - Complexity: O(rows).
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    public mutating func setFeature(_ index: Int, to value: FeatureValue) {
        guard case .number(let number) = value else { return }
        let (count, width) = (rows, columns)
        let scalar = Scalar(number)
        withUnsafeMutableElements { target in
            for row in 0..<count { target[row &* width &+ index] = scalar }
        }
    }
}

extension Table: FeatureColumns {
    /// The number of columns.
    public var featureCount: Int { columnCount }

    /// The names of the columns.
    public var knownFeatureNames: [String]? { columnNames }

    /// The index of the column of that name.
    ///
    /// - Throws: `TableError` if there is no such column.
    public func featureIndex(_ key: String, argument: String) throws -> Int {
        _ = try column(key)
        return columnNames.firstIndex(of: key) ?? 0
    }

    /// The values of a column.
    public func featureColumn(_ index: Int) -> Table.Column { (try? column(columnNames[index])) ?? .numbers([]) }

    /// Replaces the values of a column by those of `source` in the given order of rows.
    ///
    /// - Complexity: O(rows + columns).
    public mutating func setFeature(_ index: Int, of source: Table, by order: [Int]) {
        switch source.featureColumn(index) {
        case .numbers(let numbers): set(index, .numbers(order.map { numbers[$0] }))
        case .strings(let strings): set(index, .strings(order.map { strings[$0] }))
        }
    }

    /// Replaces all values of a column by one.
    ///
    /// - Complexity: O(rows + columns).
    public mutating func setFeature(_ index: Int, to value: FeatureValue) {
        switch value {
        case .number(let number): set(index, .numbers([Double](repeating: number, count: rowCount)))
        case .string(let string): set(index, .strings([String?](repeating: string, count: rowCount)))
        }
    }

    /// The column has as many values as the table rows, so that nothing throws.
    private mutating func set(_ index: Int, _ column: Column) {
        if let changed = try? settingColumn(columnNames[index], column) { self = changed }
    }
}
