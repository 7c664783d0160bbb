public import Estimators
public import LinearAlgebra

/// Named columns of numbers or strings, all of the same length: what a CSV file holds before it is encoded.
///
/// ```swift
/// let people = try Table([
///     "age": .numbers([38, .nan, 51]),
///     "job": .strings(["clerk", "smith", nil]),
/// ])
/// let ages = try people.numbers("age")          // [38.0, nan, 51.0]
/// let x = try people.matrix(of: ["age"])        // 3 × 1
/// ```
///
/// A missing value is NaN among numbers and `nil` among strings. Two tables are equal when they have the same names and the same
/// values in the same order, where missing equals missing.
public struct Table: Sendable {
    /// The values of one column.
    public enum Column: Sendable {
        /// Numbers; NaN where one is missing.
        case numbers([Double])

        /// Strings; `nil` where one is missing.
        case strings([String?])

        /// How many values there are, the missing ones included.
        public var count: Int {
            switch self {
            case .numbers(let values): values.count
            case .strings(let values): values.count
            }
        }
    }

    /// The names of the columns, in order; no two are the same.
    public let columnNames: [String]

    /// The number of rows.
    public let rowCount: Int

    /// How the table was written in the file that it comes from; nil where it comes from none.
    public private(set) var source: CSVSource?

    let columns: [Column]
    private let positions: [String: Int]
    /// Why columns that come from a file do not hold numbers: the first cell that is none.
    private var firstTexts: [String: String] = [:]

    /// Makes a table from names and columns.
    ///
    /// - Throws: `EstimatorError.invalidInput` unless the names are different, there are as many
    ///   as columns, and all columns have the same length.
    public init(columnNames: [String], columns: [Column]) throws {
        guard columnNames.count == columns.count else {
            throw EstimatorError.invalidInput(
                argument: "columnNames",
                problem: "must name each of the \(columns.count) columns, but has \(columnNames.count) names")
        }
        let rowCount = columns.first?.count ?? 0
        if let odd = columns.firstIndex(where: { $0.count != rowCount }) {
            throw EstimatorError.invalidInput(
                argument: "columns",
                problem: "must all be of the same length, but \"\(columnNames[odd])\" has \(columns[odd].count) values "
                    + "where \"\(columnNames[0])\" has \(rowCount)")
        }
        try self.init(columnNames: columnNames, columns: columns, rowCount: rowCount)
    }

    /// Makes a table from pairs of names and columns, which may be variables.
    ///
    /// - Throws: `EstimatorError.invalidInput` unless the names are different and all columns have
    ///   the same length.
    public init(_ columns: [(String, Column)]) throws {
        try self.init(columnNames: columns.map(\.0), columns: columns.map(\.1))
    }

    /// Makes a table from a literal of names and columns, in the order in which they are written.
    ///
    /// - Throws: `EstimatorError.invalidInput` unless the names are different and all columns have
    ///   the same length.
    public init(_ columns: KeyValuePairs<String, Column>) throws {
        try self.init(columnNames: columns.map(\.key), columns: columns.map(\.value))
    }

    /// A table of columns of the same length.
    ///
    /// - Throws: `EstimatorError.invalidInput` unless the names are different.
    init(
        columnNames: [String], columns: [Column], rowCount: Int, source: CSVSource? = nil,
        firstTexts: [String: String] = [:]
    ) throws {
        var positions: [String: Int] = [:]
        for (index, name) in columnNames.enumerated() where positions.updateValue(index, forKey: name) != nil {
            throw EstimatorError.invalidInput(
                argument: "columnNames", problem: "must be different from each other, but \"\(name)\" occurs twice")
        }
        self.columnNames = columnNames
        self.columns = columns
        self.rowCount = rowCount
        self.positions = positions
        self.source = source
        self.firstTexts = firstTexts
    }

    /// The number of columns.
    public var columnCount: Int { columns.count }
}

// MARK: - Columns

extension Table {
    /// The column of that name.
    ///
    /// - Throws: `EstimatorError.invalidInput` when there is none.
    public func column(_ name: String) throws -> Column { try columns([name])[0] }

    /// The columns of those names, in that order.
    ///
    /// - Throws: `EstimatorError.invalidInput` with all names that there are not.
    package func columns(_ names: [String]) throws -> [Column] {
        try names.map { name in
            guard let position = positions[name] else { throw unknownColumns(names) }
            return columns[position]
        }
    }

    private func unknownColumns(_ names: [String]) -> EstimatorError {
        var unknown: [String] = []
        for name in names where positions[name] == nil && !unknown.contains(name) { unknown.append(name) }
        let known = columnNames.prefix(20).joined(separator: ", ") + (columnCount > 20 ? ", …" : "")
        return .invalidInput(
            argument: "table",
            problem:
                "must have \(unknown.count == 1 ? "a column" : "columns") \(unknown.described(among: columnNames)), "
                + "but its columns are \(known.isEmpty ? "none" : known)")
    }

    /// The numbers in the column of that name; NaN where one is missing.
    ///
    /// - Throws: `EstimatorError.invalidInput` when there is no such column, or when it holds
    ///   strings; then the text names the first cell that is not a number, with its line where it comes from a file.
    public func numbers(_ column: String) throws -> [Double] {
        switch try self.column(column) {
        case .numbers(let values):
            return values
        case .strings(let values):
            let example = values.indices.lazy.compactMap { row in values[row].map { "\"\($0)\" in row \(row)" } }.first
            let reason = firstTexts[column].map { ": \($0)" } ?? example.map { ", such as \($0)" } ?? ""
            throw EstimatorError.invalidInput(
                argument: "column", problem: "must hold numbers, but \"\(column)\" holds strings\(reason)")
        }
    }

    /// The strings in the column of that name; `nil` where one is missing. A column of numbers that are all missing passes for
    /// one of strings, since a file does not tell which its missing values are.
    ///
    /// - Throws: `EstimatorError.invalidInput` when there is no such column, or when it holds
    ///   numbers.
    public func strings(_ column: String) throws -> [String?] {
        switch try self.column(column) {
        case .strings(let values):
            return values
        case .numbers(let values) where values.allSatisfy(\.isNaN):
            return values.map { _ in nil }
        case .numbers:
            throw EstimatorError.invalidInput(
                argument: "column",
                problem:
                    "must hold strings, but \"\(column)\" holds numbers; stringColumns: [\"\(column)\"] of readCSV "
                    + "reads it as strings")
        }
    }

    /// The columns of those names as a matrix, in that order; NaN where a number is missing.
    ///
    /// - Throws: `EstimatorError.invalidInput` when there is no such column, or when one holds
    ///   strings.
    /// - Complexity: O(`rowCount` · `names.count`).
    public func matrix(of names: [String]) throws -> Matrix<Double> {
        _ = try columns(names)
        let columns = try names.map(numbers)
        let elements = [Double](unsafeUninitializedCapacity: rowCount * columns.count) { target, filled in
            for (offset, column) in columns.enumerated() {
                for (row, value) in column.enumerated() {
                    target.initializeElement(at: row * columns.count + offset, to: value)
                }
            }
            filled = rowCount * columns.count
        }
        return Matrix(rows: rowCount, columns: columns.count, elements: elements)
    }

    /// The names of the columns that hold numbers, in order.
    public var numericColumnNames: [String] {
        zip(columnNames, columns).compactMap { name, column in
            if case .numbers = column { name } else { nil }
        }
    }

    /// The names of the columns that hold strings, in order.
    public var stringColumnNames: [String] {
        zip(columnNames, columns).compactMap { name, column in
            if case .strings = column { name } else { nil }
        }
    }
}

// MARK: - Parts

extension Table {
    /// A table of the columns of those names, in that order.
    ///
    /// - Throws: `EstimatorError.invalidInput` when there is no such column, or when one is named
    ///   twice.
    public func selectingColumns(_ names: [String]) throws -> Table {
        try replacingColumns(names, columns(names))
    }

    /// A table of other columns, which keeps what is known of the file.
    func replacingColumns(
        _ names: [String], _ columns: [Column], rowCount: Int? = nil, forgetting forgotten: String? = nil,
        renaming newNames: [String: String] = [:]
    ) throws -> Table {
        var firstTexts: [String: String] = [:]
        for (name, text) in self.firstTexts where name != forgotten { firstTexts[newNames[name] ?? name] = text }
        return try Table(
            columnNames: names, columns: columns, rowCount: rowCount ?? self.rowCount, source: source,
            firstTexts: firstTexts)
    }

    /// A table without the columns of those names, typically without the target.
    ///
    /// - Throws: `EstimatorError.invalidInput` when there is no such column.
    public func droppingColumns(_ names: [String]) throws -> Table {
        _ = try columns(names)
        return try selectingColumns(columnNames.filter { !names.contains($0) })
    }

    /// A table of the rows with the given numbers, in the given order; a number may occur more than once.
    ///
    /// - Precondition: every index is in `0 ..< rowCount`.
    /// - Complexity: O(`indices.count` · `columnCount`).
    public func selectingRows(_ indices: [Int]) -> Table {
        for index in indices {
            stopUnless((0..<rowCount).contains(index), "Table: row \(index) is out of range for \(rowCount) rows")
        }
        return Table(replacingColumnsOf: self, by: columns.map { $0.selecting(indices) }, rowCount: indices.count)
    }

    private init(replacingColumnsOf table: Table, by columns: [Column], rowCount: Int) {
        columnNames = table.columnNames
        positions = table.positions
        source = table.source
        firstTexts = table.firstTexts
        self.columns = columns
        self.rowCount = rowCount
    }
}

extension Table: Samples {
    /// The number of rows.
    public var sampleCount: Int { rowCount }

    /// The rows with the given numbers, in the given order.
    public func selectingSamples(_ indices: [Int]) -> Table { selectingRows(indices) }
}

extension Table.Column {
    fileprivate func selecting(_ indices: [Int]) -> Table.Column {
        switch self {
        case .numbers(let values): .numbers(indices.map { values[$0] })
        case .strings(let values): .strings(indices.map { values[$0] })
        }
    }
}

// MARK: - Equality

extension Table: Equatable {
    /// Whether both have the same names and values in the same order.
    public static func == (one: Table, other: Table) -> Bool {
        one.rowCount == other.rowCount && one.columnNames == other.columnNames && one.columns == other.columns
    }
}

extension Table.Column: Equatable {
    /// Whether both have the same values in the same order; NaN, which is missing, equals NaN.
    public static func == (one: Table.Column, other: Table.Column) -> Bool {
        switch (one, other) {
        case (.numbers(let one), .numbers(let other)):
            one.elementsEqual(other) { $0 == $1 || ($0.isNaN && $1.isNaN) }
        case (.strings(let one), .strings(let other)):
            one == other
        default:
            false
        }
    }
}
