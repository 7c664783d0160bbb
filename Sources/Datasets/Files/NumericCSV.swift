import LinearAlgebra
import Tables

/// A table of numbers in text: a row on each line, its numbers separated by commas, the columns' names above.
///
/// It is strict because it is meant for files of known make: any deviation means that the file is not the one expected.
struct NumericCSV: Equatable {
    /// The names on the first line; empty where a file has none.
    var header: [String]
    var table: Matrix<Double>

    /// Reads `bytes`, which came from `file`.
    ///
    /// Lines may end in LF or CRLF, and the last line may go without.
    ///
    /// - Throws: ``DatasetError/refused(file:reason:)`` unless there are exactly `rows` × `columns` finite numbers.
    /// - Complexity: O(`bytes.count`).
    init(_ bytes: [UInt8], file: String, rows: Int, columns: Int, hasHeader: Bool) throws {
        func refusal(_ reason: String) -> DatasetError { .refused(file: file, reason: reason) }

        guard !bytes.isEmpty else { throw refusal("it is empty") }
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
        if lines.last?.isEmpty == true { lines.removeLast() }

        header = []
        if hasHeader, let first = lines.popFirst() {
            header = Self.cells(of: first).map { String(decoding: $0, as: UTF8.self) }
            guard header.count == columns else { throw refusal("its first line does not name \(columns) columns") }
        }
        guard lines.count == rows else { throw refusal("it has \(lines.count) rows instead of \(rows)") }

        var elements: [Double] = []
        elements.reserveCapacity(rows * columns)
        for (index, line) in zip(lines.indices, lines) {
            let cells = Self.cells(of: line)
            guard cells.count == columns else {
                throw refusal("line \(index + 1) has \(cells.count) values instead of \(columns)")
            }
            for (column, cell) in cells.enumerated() {
                guard let number = DecimalText.number(in: cell), number.isFinite else {
                    throw refusal("value \(column + 1) of line \(index + 1) is not a number")
                }
                elements.append(number)
            }
        }
        table = Matrix(rows: rows, columns: columns, elements: elements)
    }

    init(header: [String], table: Matrix<Double>) {
        self.header = header
        self.table = table
    }

    /// The table without its last column.
    var features: Matrix<Double> {
        let kept = max(table.columns - 1, 0)
        let elements = (0..<table.rows).flatMap { table.row($0).prefix(kept) }
        return Matrix(rows: table.rows, columns: kept, elements: elements)
    }

    /// The last column.
    var target: [Double] { table.columns == 0 ? [] : table.column(table.columns - 1) }

    /// The table as text: shortest decimals that read back as the same numbers, lines ended by LF.
    var text: String {
        var lines = header.isEmpty ? [] : [header.joined(separator: ",")]
        for row in 0..<table.rows {
            lines.append(table.row(row).map { "\($0)" }.joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func cells(of line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        let content = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        return content.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    }
}
