public import ModelFiles

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// How CSV files are written, to be said once for several of them.
///
/// ```swift
/// var format = CSVFormat()
/// format.separator = ";"
/// format.decimal = ","
/// let train = try readCSV("train.csv", format)
/// let new = try readCSV("new.csv", format, for: model)
/// for batch in try CSVBatches(contentsOf: "large.csv", batchSize: 10_000, format) { … }
/// ```
///
/// The properties are the parameters of `readCSV`, with the same defaults. They are checked when a file is read.
public struct CSVFormat: Sendable {
    /// What stands between cells: one ASCII character, or `.whitespace`; by default it is found out.
    public var separator: any CSVSeparator = SeparatorRule.detected
    /// What stands before the fraction of a number.
    public var decimal: Character = "."
    /// What stands between groups of three digits; nil for nothing.
    public var thousands: Character?
    /// Texts that may stand before or behind a number, and are left out.
    public var currency: Set<String> = []
    /// Whether a percent sign behind a number divides it by 100.
    public var percent = false
    /// Whether numbers may be written as accountants do: `(1.50)`, `1.50-` and `−1.50`, with a typographic minus, are -1.5.
    public var accounting = false
    /// The encoding; nil for what a byte order mark says, else UTF-8.
    public var encoding: String.Encoding?
    /// What begins a comment, up to the end of the line; nil for nothing.
    public var comment: Character?
    /// Whether the first line has the names of the columns; without, they are `x0`, `x1`, ….
    public var hasHeader = true
    /// What stands for a missing value: a set, or a dictionary with a set for each of some columns.
    public var missingValues: any MissingValues = Set<String>.standard
    /// Columns that are categorical even where they look like numbers.
    public var stringColumns: Set<String> = []
    /// Columns that must be numeric.
    public var numericColumns: Set<String> = []
    /// Columns that hold dates, each with the order of day, month and year.
    public var dateColumns: [String: DateOrder] = [:]
    /// Whether spaces behind a separator are left out.
    public var skipInitialSpace = false

    /// Files that say all by themselves.
    public init() {}

    func options(columns: [String]?, nRows: Int?) throws -> CSVOptions {
        try CSVOptions(
            separator: separator, decimal: decimal, thousands: thousands, currency: currency, percent: percent,
            accounting: accounting, encoding: encoding, comment: comment, columns: columns, nRows: nRows,
            hasHeader: hasHeader, missingValues: missingValues, stringColumns: stringColumns,
            numericColumns: numericColumns,
            dateColumns: dateColumns, skipInitialSpace: skipInitialSpace)
    }

    /// The format in which the columns that a model takes are read as what they were when it was fitted.
    func reading(_ types: [(name: String, kind: Table.ColumnKind)]) -> CSVFormat {
        var format = self
        for (name, kind) in types where dateColumns[name] == nil {
            if kind == .strings { format.stringColumns.insert(name) } else { format.numericColumns.insert(name) }
        }
        return format
    }
}

/// Reads a CSV file of a known format into a table of named columns.
///
/// - Parameters:
///   - file: the path or the `URL` of the file.
///   - format: how it is written.
///   - columns: the columns to read, in this order. By default all.
///   - nRows: the most rows to read. By default all.
/// - Throws: what `readCSV` without a format throws.
/// - Complexity: O(size of the file).
public func readCSV(
    _ file: some FileLocation, _ format: CSVFormat, columns: [String]? = nil, nRows: Int? = nil
) throws -> Table {
    try readTable(.file(RegularFile(table: file)), format.options(columns: columns, nRows: nRows))
}

/// Reads the text of a CSV file of a known format into a table of named columns.
///
/// - Throws: what `readCSV` without a format throws.
/// - Complexity: O(length of the text).
public func readCSV(
    text: String, _ format: CSVFormat, columns: [String]? = nil, nRows: Int? = nil
) throws -> Table {
    try readTable(.memory(Array(text.utf8), name: "text"), format.options(columns: columns, nRows: nRows))
}

/// Reads the columns of a CSV file of a known format that a fitted model takes, each as what it was when the model was fitted.
///
/// - Throws: what `readCSV` without a format throws.
/// - Complexity: O(size of the file).
public func readCSV(
    _ file: some FileLocation, _ format: CSVFormat, for model: some TableModel, nRows: Int? = nil
) throws -> Table {
    let types = try model.columnTypes()
    return try readCSV(file, format.reading(types), columns: types.map(\.name), nRows: nRows)
}
