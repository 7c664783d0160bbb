import Estimators

extension Table {
    /// A table with one more column, behind the others.
    ///
    /// - Throws: `EstimatorError.invalidInput` when there is a column of that name, or when the column has
    ///   another length than the others.
    public func addingColumn(_ name: String, _ column: Column) throws -> Table {
        try Check.require(
            !columnNames.contains(name), "name",
            "must be a new one, but \"\(name)\" is already a column; settingColumn replaces it")
        return try settingColumn(name, column)
    }

    /// A table in which the column of that name is replaced, or added behind the others where there is none.
    ///
    /// - Throws: `EstimatorError.invalidInput` when the column has another length than the others.
    public func settingColumn(_ name: String, _ column: Column) throws -> Table {
        try Check.require(
            column.count == rowCount || columnCount == 0, "column",
            "must have \(rowCount) values, one for each row, but has \(column.count)")
        guard let position = columnNames.firstIndex(of: name) else {
            return try replacingColumns(columnNames + [name], columns + [column], rowCount: column.count)
        }
        var columns = columns
        columns[position] = column
        return try replacingColumns(columnNames, columns, rowCount: column.count, forgetting: name)
    }

    /// A table in which the columns that are keys have the values as their names.
    ///
    /// - Throws: `EstimatorError.invalidInput` when there is no such column, or when two columns would have
    ///   the same name.
    public func renamingColumns(_ names: [String: String]) throws -> Table {
        _ = try columns(names.keys.sorted())
        return try replacingColumns(columnNames.map { names[$0] ?? $0 }, columns, renaming: names)
    }

    /// The strings in the column of that name, for use as labels.
    ///
    /// - Throws: `EstimatorError.invalidInput` when there is no such column, when it holds numbers, or when
    ///   one is missing.
    public func labels(_ column: String) throws -> [String] {
        if case .numbers(let values) = try self.column(column), values.contains(where: { !$0.isNaN }) {
            throw EstimatorError.invalidInput(
                argument: "column",
                problem:
                    "must hold strings, but \"\(column)\" holds numbers; integers(\"\(column)\") gives them as labels, and "
                    + "stringColumns: [\"\(column)\"] of readCSV reads them as strings")
        }
        return try strings(column).enumerated().map { row, value in
            guard let value else { throw missingValue(column, row) }
            return value
        }
    }

    /// The numbers in the column of that name as integers, for use as labels.
    ///
    /// - Throws: `EstimatorError.invalidInput` when there is no such column, when it holds strings, or when
    ///   a number is missing or not an integer.
    public func integers(_ column: String) throws -> [Int] {
        try numbers(column).enumerated().map { row, value in
            if value.isNaN { throw missingValue(column, row) }
            guard let integer = Int(exactly: value) else {
                throw EstimatorError.invalidInput(
                    argument: "column", problem: "must hold integers, but \"\(column)\" has \(value) in row \(row)")
            }
            return integer
        }
    }

    private func missingValue(_ column: String, _ row: Int) -> EstimatorError {
        .invalidInput(
            argument: "column", problem: "must have no missing value, but \"\(column)\" has one in row \(row)")
    }
}

// MARK: - Counts

extension Table {
    /// How many values are missing in each column, in the order of the columns.
    public var missingCounts: [(name: String, count: Int)] {
        zip(columnNames, columns).map { ($0, $1.missingCount) }
    }

    /// The different values of a column with the number of rows that have them, the most frequent first; of equally frequent
    /// ones, that which comes first in the table. Numbers are written as text. Missing values are not counted.
    ///
    /// - Throws: `EstimatorError.invalidInput` when there is no such column.
    public func valueCounts(_ column: String) throws -> [(value: String, count: Int)] {
        switch try self.column(column) {
        case .numbers(let values): counts(values.filter { !$0.isNaN }).map { ($0.value.shortText, $0.count) }
        case .strings(let values): counts(values.compactMap(\.self))
        }
    }
}

/// The different values and how often each occurs, the most frequent first.
func counts<Value: Hashable>(_ values: [Value]) -> [(value: Value, count: Int)] {
    var positions: [Value: Int] = [:]
    var counts: [(value: Value, count: Int)] = []
    for value in values {
        if let position = positions[value] {
            counts[position].count += 1
        } else {
            positions[value] = counts.count
            counts.append((value, 1))
        }
    }
    // The sort is stable.
    return counts.sorted { $0.count > $1.count }
}

extension Table.Column {
    /// How many values are missing.
    var missingCount: Int {
        switch self {
        case .numbers(let values): values.count(where: \.isNaN)
        case .strings(let values): values.count { $0 == nil }
        }
    }
}

extension Double {
    /// An integer without a point, as people write it, where it is one and exact; else all digits.
    var shortText: String {
        guard abs(self) <= 0x1p53, let integer = Int(exactly: self), self != 0 || sign == .plus else {
            return "\(self)"
        }
        return "\(integer)"
    }

    /// The number with at most six significant digits.
    var roundedText: String {
        guard isFinite, self != 0 else { return shortText }
        var exponent = 0
        var scale = 1.0
        // 10²² is the last power that is exact.
        while abs(self) * scale < 100_000, exponent < 22 {
            exponent += 1
            scale *= 10
        }
        return abs(self) * scale < 100_000 ? "\(self)" : ((self * scale).rounded() / scale).shortText
    }
}
