extension Table: CustomStringConvertible {
    /// The first rows, aligned, and the size.
    ///
    /// ```
    ///  age  job
    ///   38  clerk
    ///    –  smith
    ///   51  –
    /// 3 rows × 2 columns
    /// ```
    public var description: String {
        let shownRows = min(rowCount, Self.shownRows)
        var texts = zip(columnNames, columns).prefix(Self.shownColumns).map { name, column in
            column.aligned(under: name, rows: shownRows)
        }
        if columnCount > Self.shownColumns { texts.append(Array(repeating: "…", count: shownRows + 1)) }
        var lines = (0...shownRows).map { row in
            let line = texts.map { $0[row] }.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
        if columnCount == 0 { lines = [] }
        if rowCount > shownRows { lines.append("…") }
        let rows = rowCount == 1 ? "1 row" : "\(rowCount) rows"
        let columns = columnCount == 1 ? "1 column" : "\(columnCount) columns"
        return (lines + ["\(rows) × \(columns)"]).joined(separator: "\n")
    }

    private static let shownRows = 10
    private static let shownColumns = 12
}

extension Table.Column {
    /// The name and the first values, filled up with spaces to the same width: numbers on the left, words on the right.
    fileprivate func aligned(under name: String, rows: Int) -> [String] {
        let values: [String]
        let isNumeric: Bool
        switch self {
        case .numbers(let numbers):
            values = numbers.prefix(rows).map { $0.isNaN ? "–" : Self.text($0) }
            isNumeric = true
        case .strings(let strings):
            values = strings.prefix(rows).map { $0.map(Self.text) ?? "–" }
            isNumeric = false
        }
        let cells = [Self.text(name)] + values
        let width = cells.map(\.count).max() ?? 0
        return cells.map { cell in
            let space = String(repeating: " ", count: width - cell.count)
            return isNumeric ? space + cell : cell + space
        }
    }

    /// A whole number without a point, as people write it.
    private static func text(_ number: Double) -> String {
        Int(exactly: number).map { "\($0)" } ?? "\(number)"
    }

    /// One line of at most 24 characters.
    private static func text(_ string: String) -> String {
        let line = string.map { $0.isNewline || $0 == "\t" ? " " : $0 }
        return line.count > 24 ? String(line.prefix(23)) + "…" : String(line)
    }
}
