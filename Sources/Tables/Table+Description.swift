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
        return (lines + ["\(rows) × \(columns)" + separatorNote]).joined(separator: "\n")
    }

    /// The separator, where another than the comma was found out.
    private var separatorNote: String {
        guard let source, source.isSeparatorDetected, source.separator != "," else { return "" }
        return ", separated by " + (source.separator == "\t" ? "tabs" : "\"\(source.separator)\"")
    }

    private static let shownRows = 10
    private static let shownColumns = 12
}

extension Table.Column {
    /// The name and the first values, filled up with spaces to the same width: numbers on the right, strings on the left.
    fileprivate func aligned(under name: String, rows: Int) -> [String] {
        switch self {
        case .numbers(let numbers):
            ([name] + numbers.prefix(rows).map { $0.isNaN ? "–" : $0.shortText }).aligned(right: true)
        case .strings(let strings): ([name] + strings.prefix(rows).map { $0 ?? "–" }).aligned(right: false)
        }
    }
}

extension [String] {
    /// The texts on one line each, filled up with spaces to the same width.
    func aligned(right: Bool) -> [String] {
        let lines = map(\.oneLine)
        let width = lines.map(\.count).max() ?? 0
        return lines.map { line in
            let space = String(repeating: " ", count: width - line.count)
            return right ? space + line : line + space
        }
    }
}

extension String {
    /// One line of at most 24 characters.
    fileprivate var oneLine: String {
        let line = map { $0.isNewline || $0 == "\t" ? " " : $0 }
        return line.count > 24 ? String(line.prefix(23)) + "…" : String(line)
    }
}
