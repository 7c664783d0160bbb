import Estimators
public import ModelFiles

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Reads a CSV file into a table of named columns.
///
/// ```swift
/// let people = try readCSV("people.csv")
/// let x = try people.matrix(of: ["age", "hours"])
/// let jobs = try people.strings("job")
/// ```
///
/// A cell that contains the separator, a line end, or a quotation mark at its beginning is in quotation marks, and
/// quotation marks inside it are doubled; nothing but a comment may stand between the closing one and the separator. In
/// other cells a quotation mark is a character like others. Lines end in LF, CRLF or CR. All have the same number of
/// cells. Empty lines are skipped, also those of nothing but spaces; in a file of one column, however, they are missing
/// values, except for those at the end. A first line such as `sep=;` states the separator.
///
/// A column is numeric when every cell that is not missing is a decimal such as `-1.5e3`, or `inf`. Else it is categorical.
/// Integers that begin with 0, such as `00501`, and integers beyond 2⁵³ are taken for identifiers, since a number would lose
/// digits of them: their column is categorical too. ``Table/numbers(_:)`` names the first cell for which a column is
/// categorical.
///
/// - Parameters:
///   - file: the path or the `URL` of the file.
///   - separator: what stands between cells: one ASCII character, or `.whitespace` for any number of spaces and tabs. By
///     default comma, semicolon, tab or vertical bar, whichever cuts all of the first rows into the same number of cells;
///     ``Table/source`` says which it is.
///   - decimal: what stands before the fraction of a number.
///   - thousands: what stands between groups of three digits; by default nothing does.
///   - currency: texts that may stand before or behind a number, such as `["€", "$"]`, and are left out.
///   - percent: whether a percent sign behind a number divides it by 100. By default a cell with one is text.
///   - accounting: whether numbers may be written as accountants do: `(1.50)`, `1.50-` and `−1.50`, with a typographic
///     minus, are -1.5. By default such a cell is text.
///   - encoding: `.utf8`, `.isoLatin1`, `.windowsCP1252`, or UTF-16 or UTF-32. By default what a byte order mark says,
///     else UTF-8.
///   - comment: what begins a comment, up to the end of the line; not inside quotation marks. By default nothing does.
///   - columns: the columns to read, in this order. By default all.
///   - nRows: the most rows to read. What follows is not looked at. By default all are read.
///   - hasHeader: whether the first line has the names of the columns, which must differ; without, they are `x0`, `x1`, ….
///     Where a name is empty, the column with number i, from 0, is called `xi`. By default true, also for `nil`.
///   - missingValues: what stands for a missing value, apart from spaces around it: a set, or a dictionary with a set for each
///     of some columns. A number stands for all cells of the same value.
///   - stringColumns: columns that are categorical even where they look like numbers.
///   - numericColumns: columns that must be numeric: a cell that is neither a number nor missing is an error, and `007` is 7.
///   - dateColumns: columns that hold dates, each with the order of day, month and year. They become numbers, the days since
///     1970-01-01 with the time of day as a fraction; ``CalendarDate`` says what is read. Anything else is an error.
///   - skipInitialSpace: whether spaces behind a separator are left out, so that with `" "` any number of
///     spaces separates. By default they belong to the cell.
/// - Throws: ``TableError/malformed(file:line:column:reason:)`` with the first place that breaks the rules;
///   ``TableError/unreadable(file:reason:)`` when there is no such file, or when it cannot be read;
///   ``TableError/invalidArgument(name:value:allowed:)`` for an argument that cannot be used, or names an unknown column;
///   `CancellationError` when the task is cancelled.
/// - Complexity: O(size of the file). The file is read in parts, and the parts on all processors.
public func readCSV(
    _ file: some FileLocation, separator: some CSVSeparator = .detected, decimal: Character = ".",
    thousands: Character? = nil, currency: Set<String> = [], percent: Bool = false, accounting: Bool = false,
    encoding: String.Encoding? = nil,
    comment: Character? = nil, columns: [String]? = nil, nRows: Int? = nil, hasHeader: Bool? = true,
    missingValues: some MissingValues = .standard, stringColumns: Set<String> = [], numericColumns: Set<String> = [],
    dateColumns: [String: DateOrder] = [:], skipInitialSpace: Bool = false
) throws -> Table {
    let options = try CSVOptions(
        separator: separator, decimal: decimal, thousands: thousands, currency: currency, percent: percent,
        accounting: accounting, encoding: encoding, comment: comment, columns: columns, nRows: nRows,
        hasHeader: hasHeader,
        missingValues: missingValues, stringColumns: stringColumns, numericColumns: numericColumns,
        dateColumns: dateColumns, skipInitialSpace: skipInitialSpace)
    return try readTable(.file(RegularFile(table: file)), options)
}

/// Reads the text of a CSV file into a table of named columns.
///
/// The parameters after `text`, its content, are those of `readCSV` for a file.
///
/// - Throws: ``TableError/malformed(file:line:column:reason:)`` with the first place that breaks the rules;
///   ``TableError/invalidArgument(name:value:allowed:)`` for an argument that cannot be used, or names an unknown column;
///   `CancellationError` when the task is cancelled.
/// - Complexity: O(length of the text).
public func readCSV(
    text: String, separator: some CSVSeparator = .detected, decimal: Character = ".", thousands: Character? = nil,
    currency: Set<String> = [], percent: Bool = false, accounting: Bool = false, comment: Character? = nil,
    columns: [String]? = nil,
    nRows: Int? = nil, hasHeader: Bool? = true, missingValues: some MissingValues = .standard,
    stringColumns: Set<String> = [], numericColumns: Set<String> = [], dateColumns: [String: DateOrder] = [:],
    skipInitialSpace: Bool = false
) throws -> Table {
    let options = try CSVOptions(
        separator: separator, decimal: decimal, thousands: thousands, currency: currency, percent: percent,
        accounting: accounting, comment: comment, columns: columns, nRows: nRows, hasHeader: hasHeader,
        missingValues: missingValues,
        stringColumns: stringColumns, numericColumns: numericColumns, dateColumns: dateColumns,
        skipInitialSpace: skipInitialSpace)
    return try readTable(.memory(Array(text.utf8), name: "text"), options)
}

/// Reads the columns of a CSV file that a fitted model takes, each as what it was when the model was fitted.
///
/// ```swift
/// let rows = try readCSV("new.csv", for: model)
/// print(try model.predict(rows))
/// ```
///
/// In a few rows a categorical column may have nothing but numbers or missing values; it stays categorical here. The other
/// parameters are those of `readCSV` without a model.
///
/// - Throws: what `readCSV` throws without a model, and what ``TableModel/columnTypes()`` does. A column that the file lacks,
///   and a cell that is not a number where the model takes numbers, are errors.
/// - Complexity: O(size of the file).
public func readCSV(
    _ file: some FileLocation, for model: some TableModel, separator: some CSVSeparator = .detected,
    decimal: Character = ".", thousands: Character? = nil, currency: Set<String> = [], percent: Bool = false,
    accounting: Bool = false, encoding: String.Encoding? = nil, comment: Character? = nil, nRows: Int? = nil,
    hasHeader: Bool? = true,
    missingValues: some MissingValues = .standard, dateColumns: [String: DateOrder] = [:],
    skipInitialSpace: Bool = false
) throws -> Table {
    let types = try model.columnTypes()
    func names(_ kind: Table.ColumnKind) -> Set<String> {
        Set(types.filter { $0.kind == kind && dateColumns[$0.name] == nil }.map(\.name))
    }
    return try readCSV(
        file, separator: separator, decimal: decimal, thousands: thousands, currency: currency, percent: percent,
        accounting: accounting, encoding: encoding, comment: comment, columns: types.map(\.name), nRows: nRows,
        hasHeader: hasHeader,
        missingValues: missingValues, stringColumns: names(.strings), numericColumns: names(.numbers),
        dateColumns: dateColumns, skipInitialSpace: skipInitialSpace)
}
