import LinearAlgebra
import Tables

/// A table of numbers as text: one row a line, the numbers separated by commas, and a header with the columns' names.
///
/// Reading is strict: the files are known, so that any deviation means that a file is damaged or another one.
struct NumericCSV: Equatable {
    /// The names on the first line; empty if the file has no header.
    var header: [String]

    /// The numbers.
    var table: Matrix<Double>

    /// Reads `bytes`, which came from `file`.
    ///
    /// Lines end in LF or CRLF; the last line may have no end.
    ///
    /// - Throws: ``DatasetError/refused(file:reason:)`` unless the file has exactly `rows` × `columns` finite numbers.
    /// - Complexity: O(`bytes.count`).
    init(_ bytes: [UInt8], file: String, rows: Int, columns: Int, hasHeader: Bool) throws {
        func require(_ condition: Bool, _ reason: @autoclosure () -> String) throws {
            try DatasetError.require(condition, .refused(file: file, reason: reason()))
        }

        try require(!bytes.isEmpty, "it is empty")
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
        if lines.last?.isEmpty == true { lines.removeLast() }

        header = []
        if hasHeader, let first = lines.popFirst() {
            header = Self.cells(of: first).map { String(decoding: $0, as: UTF8.self) }
            try require(header.count == columns, "its first line does not name \(columns) columns")
        }
        try require(lines.count == rows, "it has \(lines.count) rows instead of \(rows)")

        var elements: [Double] = []
        elements.reserveCapacity(rows * columns)
        for (index, line) in zip(lines.indices, lines) {
            let cells = Self.cells(of: line)
            try require(
                cells.count == columns, "line \(index + 1) has \(cells.count) values instead of \(columns)")
            for (column, cell) in cells.enumerated() {
                let number = DecimalText.number(in: cell) ?? .nan
                try require(number.isFinite, "value \(column + 1) of line \(index + 1) is not a number")
                elements.append(number)
            }
        }
        table = Matrix(rows: rows, columns: columns, elements: elements)
    }

    init(header: [String], table: Matrix<Double>) {
        self.header = header
        self.table = table
    }

    /// The columns except the last.
    var features: Matrix<Double> {
        let kept = max(table.columns - 1, 0)
        let elements = (0..<table.rows).flatMap { table.rowSlice($0).prefix(kept) }
        return Matrix(rows: table.rows, columns: kept, elements: elements)
    }

    /// The last column.
    var target: [Double] { table.columns == 0 ? [] : table.column(table.columns - 1) }

    /// The table as text, with the shortest decimals that read back as the same numbers; lines end in LF.
    var text: String {
        var lines = header.isEmpty ? [] : [header.joined(separator: ",")]
        for row in 0..<table.rows {
            lines.append(table.rowSlice(row).map { "\($0)" }.joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func cells(of line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        let content = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        return content.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    }
}
