import Foundation

extension CVResults: CustomStringConvertible {
    /// The table with aligned columns: parameters, mean, standard deviation and rank by every scorer, seconds.
    public var description: String {
        let columns = (parameterColumns + scorers.flatMap { scoreColumns(of: $0, withSplits: false) } + timeColumns)
            .map { column in
                let cells = [column.header] + column.cells.map(\.aligned)
                let width = cells.map(\.count).max() ?? 0
                return cells.map { $0.padded(to: width, atStart: column.isNumeric) }
            }
        return (0...params.count).map { row in
            columns.map { $0[row] }.joined(separator: "  ").trimmingTrailingSpaces
        }.joined(separator: "\n")
    }

    /// The table as CSV with a header, all digits, and the score of every split too.
    public var csv: String {
        let columns = (parameterColumns + scorers.flatMap { scoreColumns(of: $0, withSplits: true) } + timeColumns)
            .map { [$0.header] + $0.cells.map(\.exact) }
        return (0...params.count).map { row in
            columns.map { $0[row].quotedForCSV }.joined(separator: ",") + "\n"
        }.joined()
    }

    private var parameterColumns: [Column] {
        let names = params.reduce(into: [String]()) { names, set in
            for name in set.names where !names.contains(name) { names.append(name) }
        }
        let rounds = [Column("iteration", counts: iterations), Column("nResources", counts: nResources)]
        return rounds.filter { !$0.cells.isEmpty }
            + names.map { name in Column(header: name, isNumeric: false, cells: params.map { .text($0[name] ?? "") }) }
    }

    private func scoreColumns(of scorer: String, withSplits: Bool) -> [Column] {
        let name = scorers.count == 1 ? "Score" : scorer.prefix(1).uppercased() + scorer.dropFirst()
        func columns(_ scores: Scores, _ side: String, ranked: Bool) -> [Column] {
            let splits = withSplits ? (scores.splitScores.first ?? []).indices : 0..<0
            return [Column("mean\(side)\(name)", scores.mean), Column("std\(side)\(name)", scores.std)]
                + (ranked ? [Column("rank\(side)\(name)", counts: scores.rank)] : [])
                + splits.map { split in Column("split\(split)\(side)\(name)", scores.splitScores.map { $0[split] }) }
        }
        return (testScores[scorer].map { columns($0, "Test", ranked: true) } ?? [])
            + (trainScores[scorer].map { columns($0, "Train", ranked: false) } ?? [])
    }

    private var timeColumns: [Column] { [Column("meanFitTime", meanFitTime), Column("meanScoreTime", meanScoreTime)] }
}

/// A column of a table, from its header down.
private struct Column {
    enum Cell {
        case text(String)
        case count(Int)
        case number(Double)

        /// With a fixed number of decimals, so that the points of a column are in line.
        var aligned: String {
            if case .number(let number) = self, number.isFinite { return String(format: "%.6f", number) }
            return exact
        }

        /// With all digits.
        var exact: String {
            switch self {
            case .text(let text): text
            case .count(let count): "\(count)"
            case .number(let number): "\(number)"
            }
        }
    }

    let header: String
    let isNumeric: Bool
    let cells: [Cell]

    init(header: String, isNumeric: Bool, cells: [Cell]) {
        self.header = header
        self.isNumeric = isNumeric
        self.cells = cells
    }

    init(_ header: String, _ numbers: [Double]) {
        self.init(header: header, isNumeric: true, cells: numbers.map { .number($0) })
    }

    init(_ header: String, counts: [Int]) {
        self.init(header: header, isNumeric: true, cells: counts.map { .count($0) })
    }
}

extension String {
    fileprivate func padded(to width: Int, atStart: Bool) -> String {
        let spaces = String(repeating: " ", count: max(width - count, 0))
        return atStart ? spaces + self : self + spaces
    }

    fileprivate var trimmingTrailingSpaces: String {
        String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
    }

    fileprivate var quotedForCSV: String {
        guard contains(where: { ",\"\n\r\r\n".contains($0) }) else { return self }
        return "\"" + split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
