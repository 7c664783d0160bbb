import Foundation
public import SwiftMLP

/// What is in a table, and what looks suspicious.
public struct TableLook: Sendable, Codable {
    /// What is in a column.
    public struct Column: Sendable, Codable {
        /// The name.
        public var name: String
        /// What it holds: `numbers`, `strings` or `dates`.
        public var type: String
        /// The numbers of missing and of different values.
        public var missing, distinct: Int
        /// Of numbers: the least, the median and the greatest. Of strings: the most frequent one and its count.
        public var least, median, greatest: String?
        /// Of numbers: how many there are in each of twelve bins of the same width. Of strings: how often the most frequent
        /// ones occur.
        public var counts: [Int]
    }

    /// The columns, in order.
    public var columns: [Column]
    /// The number of rows.
    public var rows: Int
    /// What looks suspicious: one sentence each.
    public var findings: [String]

    /// Looks at a table.
    ///
    /// - Parameter target: the column that is to be predicted; nil for none.
    /// - Throws: `EstimatorError` for a target that the table does not have.
    /// - Complexity: O(rows × columns), with sorting.
    public init(_ table: Table, target: String? = nil) throws {
        rows = table.rowCount
        findings = []
        let guesses = try Dictionary(
            uniqueKeysWithValues: table.columnNames.map { ($0, DateGuess(try table.column($0))) })
        var dates: [String: DateOrder] = [:]
        for case (let name, .dates(let order)) in guesses { dates[name] = order }
        let table = try table.readingDates(dates)
        columns = try table.columnNames.map { Column($0, try table.column($0), isDate: dates[$0] != nil) }
        for name in table.columnNames where name != target {
            let column = try table.column(name)
            if let problem = guesses[name]?.problem(name) ?? NumberSpelling(column)?.problem
                ?? GapNames.problem(name, column)
            {
                findings.append("\(name): \(problem)")
            } else if let reason = ColumnGuess.reasonToDrop(name, column, isDate: dates[name] != nil) {
                findings.append("\(name): \(reason)")
            } else if column.missingRows.count * 2 > rows {
                findings.append("\(name): more than half of the values are missing")
            }
        }
        if let target {
            let truth = try table.column(target)
            let gaps = truth.missingRows.count
            if gaps > 0 { findings.append("\(target): \(gaps) rows have no target; training leaves them out") }
            for name in table.columnNames where name != target {
                if let leak = Self.leak(try table.column(name), truth) {
                    findings.append("\(name): \(leak) \(target). Is it known when predictions are made?")
                }
            }
            if case .strings = truth, let least = columns.first(where: { $0.name == target })?.counts.min(), least < 10
            {
                findings.append("\(target): a class has only \(least) rows")
            }
        }
        if let total = table.totalRow { findings.append(total) }
        for name in table.stringColumnNames {
            if let twins = try table.column(name).twins { findings.append("\(name): \(twins)") }
        }
        let duplicates = rows - Set(Self.rowKeys(table)).count
        if duplicates > 0 {
            findings.append("\(duplicates) rows occur more than once; copies in training and test flatter the scores")
        }
    }

    /// How a column tells the target; nil where it does not.
    private static func leak(_ column: Table.Column, _ truth: Table.Column) -> String? {
        switch (column, truth) {
        case (.numbers(let x), .numbers(let y)):
            let pairs = zip(x, y).filter { !$0.0.isNaN && !$0.1.isNaN }
            guard pairs.count >= 10 else { return nil }
            let n = Double(pairs.count)
            let (mx, my) = (pairs.reduce(0) { $0 + $1.0 / n }, pairs.reduce(0) { $0 + $1.1 / n })
            let xy = pairs.reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) }
            let (xx, yy) = (
                pairs.reduce(0) { $0 + ($1.0 - mx) * ($1.0 - mx) }, pairs.reduce(0) { $0 + ($1.1 - my) * ($1.1 - my) }
            )
            let correlation = xy / (xx * yy).squareRoot()
            return correlation.isFinite && abs(correlation) > 0.999
                ? "its correlation is \(correlation.shortText) with" : nil
        default:
            // Each value of a column with few of them comes with one value of the target.
            var partners: [String: String] = [:]
            var known = 0
            for row in 0..<column.count {
                guard let value = column.text(at: row), let partner = truth.text(at: row) else { continue }
                known += 1
                if let other = partners[value], other != partner { return nil }
                partners[value] = partner
            }
            let isTold = partners.count > 1 && partners.count * 5 < known && Set(partners.values).count > 1
            return isTold ? "each of its values comes with one value of" : nil
        }
    }

    /// A text for each row, the same for equal rows.
    private static func rowKeys(_ table: Table) -> [Int] {
        var hashers = [Hasher](repeating: Hasher(), count: table.rowCount)
        for name in table.columnNames {
            guard let column = try? table.column(name) else { continue }
            switch column {
            case .numbers(let values):
                for (row, value) in values.enumerated() { hashers[row].combine(value.bitPattern) }
            case .strings(let values): for (row, value) in values.enumerated() { hashers[row].combine(value) }
            }
        }
        return hashers.map { $0.finalize() }
    }
}

extension TableLook.Column {
    fileprivate init(_ name: String, _ column: Table.Column, isDate: Bool) {
        self.init(
            name: name, type: isDate ? "dates" : column.kind.rawValue, missing: column.missingRows.count,
            distinct: column.distinctCount, counts: [])
        func text(_ number: Double) -> String { isDate ? CalendarDate(days: number).description : number.shortText }
        switch column {
        case .numbers(let values):
            let known = values.filter(\.isFinite).sorted()
            guard let first = known.first, let last = known.last else { return }
            (least, median, greatest) = (text(first), text(known[known.count / 2]), text(last))
            counts = [Int](repeating: 0, count: 12)
            for value in known {
                let share = last > first ? (value / 2 - first / 2) / (last / 2 - first / 2) : 0
                counts[min(11, Int(share * 12))] += 1
            }
        case .strings(let values):
            var frequencies: [String: Int] = [:]
            for value in values.compactMap(\.self) { frequencies[value, default: 0] += 1 }
            let sorted = frequencies.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            counts = sorted.prefix(12).map(\.value)
            greatest = sorted.first.map { "\($0.key.prefix(20)) (\($0.value))" }
        }
    }
}

extension Table.Column {
    /// Two categories that are the same but for capitals and blanks, in a sentence; nil where there are none.
    ///
    /// - Complexity: O(rows).
    var twins: String? {
        guard case .strings(let values) = self else { return nil }
        var known: [String: String] = [:]
        for value in Set(values.compactMap(\.self)).sorted(by: String.precedes) {
            let key = value.lowercased().trimmingCharacters(in: .whitespaces)
            if let other = known.updateValue(value, forKey: key) {
                return
                    "\"\(other.prefix(40))\" and \"\(value.prefix(40))\" differ in capitals or blanks only: make them the same in "
                    + "the file if they mean the same"
            }
        }
        return nil
    }
}

extension Table {
    /// What is suspicious about the last row, if it seems to hold the totals of the others, as spreadsheets have them.
    var totalRow: String? {
        let words: Set = [
            "total", "totals", "grand total", "sum", "sums", "summe", "gesamt", "insgesamt", "average", "mean",
        ]
        for name in stringColumnNames {
            guard case .strings(let values)? = try? column(name), let last = values.last as? String,
                words.contains(last.lowercased().trimmingCharacters(in: .whitespaces.union([":"]))),
                !values.dropLast().contains(last)
            else { continue }
            return "row \(rowCount), the last, has \(last) in \(name): remove it if it is no row like the others"
        }
        return nil
    }
}

extension TableLook {
    /// A page about the table: plain HTML without scripts.
    public func page(title: String) -> String {
        let rows = columns.map { column in
            let greatest = max(1, column.counts.max() ?? 1)
            let bars = column.counts.enumerated().map { index, count in
                let height = Double(count) / Double(greatest) * 30
                return "<rect x='\(index * 9)' y='\(30 - height)' width='8' height='\(height)'/>"
            }
            let cells = [
                column.type, "\(column.missing)", "\(column.distinct)", column.least ?? "",
                column.median ?? "",
                column.greatest ?? "",
            ]
            return "<tr><th>\(escaped(column.name))</th>" + cells.map { "<td>\(escaped($0))</td>" }.joined()
                + "<td><svg width='108' height='30' role='img' aria-label='distribution'>\(bars.joined())</svg></td></tr>"
        }
        let found = findings.map { "<li>\(escaped($0))</li>" }.joined()
        return """
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>\(escaped(title))</title>
            <style>
            :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
            body { margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
            div { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
            th, td { padding: .3rem .7rem; text-align: left; border-bottom: 1px solid #8884; white-space: nowrap; }
            rect { fill: #3b7dd8; }
            </style>
            <h1>\(escaped(title))</h1>
            <p>\(self.rows) rows, \(columns.count) columns</p>
            \(found.isEmpty ? "" : "<h2>Suspicious</h2><ul>\(found)</ul>")
            <h2>Columns</h2>
            <div><table><tr><th>column<th>type<th>missing<th>distinct<th>least<th>median<th>greatest<th>distribution</tr>
            \(rows.joined(separator: "\n"))
            </table></div></html>
            """
    }

    private func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: "\"", with: "&quot;").replacingOccurrences(of: "'", with: "&#39;")
    }
}
