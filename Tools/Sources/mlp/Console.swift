import Foundation

/// Standard error, for all that is not a result.
enum Console {
    /// Writes a text to standard error.
    static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

    /// Whether standard error is a terminal.
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}

/// Texts in columns, the first left-aligned and the others right-aligned, two spaces apart.
func aligned(_ rows: [[String]], right: Set<Int>? = nil) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
    let lines = rows.map { row in
        let cells = row.enumerated().map { column, text in
            let blanks = String(repeating: " ", count: widths[column] - text.count)
            let isRight = right.map { $0.contains(column) } ?? (column > 0)
            return isRight ? blanks + text : text + blanks
        }
        var line = cells.joined(separator: "  ")
        while line.hasSuffix(" ") { line.removeLast() }
        return line
    }
    return lines.joined(separator: "\n")
}

/// A number with four significant digits.
func short(_ value: Double) -> String { String(format: "%.4g", value) }

/// A curve of block characters, scaled from the least to the greatest value.
func sparkline(_ values: [Double]) -> String {
    let known = values.filter(\.isFinite)
    guard let least = known.min(), let greatest = known.max() else { return "" }
    let blocks = Array("▁▂▃▄▅▆▇█")
    return String(
        values.map { value in
            guard value.isFinite else { return " " }
            let share = greatest > least ? (value - least) / (greatest - least) : 0
            return blocks[min(7, Int(share * 8))]
        })
}
