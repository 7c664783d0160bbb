/// What the columns of a table hold: its description has one line for each.
public struct TableSummary: Sendable, Equatable {
    /// What one column holds.
    public struct Column: Sendable, Equatable {
        /// The name of the column.
        public let name: String
        /// What it holds.
        public let kind: Table.ColumnKind
        /// How many values are missing.
        public let missing: Int
        /// How many different values there are, without the missing ones.
        public let distinct: Int
        /// The least number, or the least frequent string; nil where all are missing.
        public let least: String?
        /// The mean of the numbers.
        public let mean: Double?
        /// The greatest number, or the most frequent string.
        public let most: String?
    }

    /// The columns, in order.
    public let columns: [Column]
    /// The number of rows.
    public let rowCount: Int
}

extension Table {
    /// What the columns hold: kind, missing and different values; least, mean and greatest number; least and most frequent
    /// string with their counts.
    ///
    /// ```
    /// column  type     missing  distinct  least  mean      most
    /// age     numbers        1         2     38  44.5        51
    /// job     strings        1         2  smith (1)   clerk (1)
    /// ```
    public func describe() -> TableSummary {
        TableSummary(columns: zip(columnNames, columns).map(TableSummary.Column.init), rowCount: rowCount)
    }
}

extension TableSummary.Column {
    fileprivate init(_ name: String, _ column: Table.Column) {
        self.name = name
        kind = column.kind
        missing = column.missingCount
        switch column {
        case .numbers(let values):
            let known = values.filter { !$0.isNaN }
            distinct = Set(known).count
            least = known.min()?.roundedText
            // Divided first, so that no sum is infinite.
            mean = known.isEmpty ? nil : known.reduce(0) { $0 + $1 / Double(known.count) }
            most = known.max()?.roundedText
        case .strings(let values):
            let counts = counts(values.compactMap(\.self))
            distinct = counts.count
            least = counts.last.map { "\($0.value) (\($0.count))" }
            mean = nil
            most = counts.first.map { "\($0.value) (\($0.count))" }
        }
    }
}

extension TableSummary: CustomStringConvertible {
    /// One line for each column, aligned.
    public var description: String {
        func texts(_ name: String, right: Bool = true, _ text: (Column) -> String?) -> [String] {
            ([name] + columns.map { text($0) ?? "–" }).aligned(right: right)
        }
        let cells = [
            texts("column", right: false) { $0.name }, texts("type", right: false) { $0.kind.rawValue },
            texts("missing") { "\($0.missing)" }, texts("distinct") { "\($0.distinct)" }, texts("least") { $0.least },
            texts("mean") { $0.mean?.roundedText }, texts("most") { $0.most },
        ]
        let lines = (0...columns.count).map { row in cells.map { $0[row] }.joined(separator: "  ") }
        return (lines + [rowCount == 1 ? "1 row" : "\(rowCount) rows"]).joined(separator: "\n")
    }
}
