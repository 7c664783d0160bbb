/// A model that takes the rows of tables, and names their columns.
public protocol TableModel {
    /// The columns that it takes, each once, and what they hold.
    ///
    /// - Throws: `EstimatorError.notFitted` where only `fit` says which they are.
    func columnTypes() throws -> [(name: String, kind: Table.ColumnKind)]
}

extension Table {
    /// What a column holds.
    public enum ColumnKind: String, CaseIterable, Sendable, Codable {
        /// Numbers.
        case numbers
        /// Strings, which are categories.
        case strings
    }
}

extension Table.Column {
    /// What the column holds.
    public var kind: Table.ColumnKind {
        switch self {
        case .numbers: .numbers
        case .strings: .strings
        }
    }
}
