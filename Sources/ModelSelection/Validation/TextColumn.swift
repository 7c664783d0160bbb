import Foundation

/// Formats columns as a table: one line with the headers and one line for each row, numbers aligned to the right.
package func aligned(_ columns: [TextColumn]) -> String {
    let padded = columns.map { column in
        let cells = [column.header] + column.cells.map(\.aligned)
        let width = cells.map(\.count).max() ?? 0
        return cells.map { $0.padded(to: width, atStart: column.isNumeric) }
    }
    return (0...(columns.first?.cells.count ?? 0)).map { row in
        padded.map { $0[row] }.joined(separator: "  ").trimmingTrailingSpaces
    }.joined(separator: "\n")
}

/// A column of a table, from its header down.
package struct TextColumn {
    package enum Cell {
        case text(String)
        case count(Int)
        case number(Double)
        case seconds(Double)
        /// A parameter's value, and its text with all digits.
        case parameter(Any, String)

        /// With a fixed number of decimals, which aligns the points of a column, or with up to six significant digits.
        var aligned: String {
            switch self {
            case .seconds(let number) where number.isFinite: String(format: "%.6f", number)
            case .number(let number) where number.isFinite:
                // Decimals would leave less than three digits of a smaller number.
                String(format: number == 0 || abs(number) >= 1e-4 ? "%.6f" : "%.2e", number)
            case .parameter(let value, let text): shortened(value) ?? text
            default: exact
            }
        }

        /// With all digits.
        package var exact: String {
            switch self {
            case .text(let text): text
            case .count(let count): "\(count)"
            case .number(let number), .seconds(let number): "\(number)"
            case .parameter(_, let text): text
            }
        }
    }

    package let header: String
    package let isNumeric: Bool
    package let cells: [Cell]

    package init(header: String, isNumeric: Bool, cells: [Cell]) {
        (self.header, self.isNumeric, self.cells) = (header, isNumeric, cells)
    }
}

extension TextColumn {
    package init(_ header: String, _ numbers: [Double]) {
        self.init(header: header, isNumeric: true, cells: numbers.map { .number($0) })
    }

    init(_ header: String, seconds: [Double]) {
        self.init(header: header, isNumeric: true, cells: seconds.map { .seconds($0) })
    }

    package init(_ header: String, counts: [Int]) {
        self.init(header: header, isNumeric: true, cells: counts.map { .count($0) })
    }
}

/// A number with more than six significant digits, rounded to six; nil for any other value.
func shortened(_ value: Any) -> String? {
    guard let number = value as? Double ?? (value as? Float).map(Double.init), number.isFinite else { return nil }
    let text = String(format: "%.6g", number)
    return Double(text) == number ? nil : text
}

extension String {
    func padded(to width: Int, atStart: Bool) -> String {
        let spaces = String(repeating: " ", count: max(width - count, 0))
        return atStart ? spaces + self : self + spaces
    }

    var trimmingTrailingSpaces: String {
        String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
    }

    package var quotedForCSV: String {
        guard contains(where: { ",\"\n\r\r\n".contains($0) }) else { return self }
        return "\"" + split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
