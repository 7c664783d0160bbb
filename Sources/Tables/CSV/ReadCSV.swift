import Estimators
public import Foundation

/// Reads a CSV file into a table of named columns.
///
/// ```swift
/// let table = try readCSV(URL(filePath: "people.csv"))
/// let x = try table.matrix(of: ["age", "hours"])
/// let jobs = try table.strings("job")
/// ```
///
/// The rules are those of RFC 4180: a cell that contains the separator, a line end or a quotation mark is in quotation
/// marks, and quotation marks inside it are doubled. Lines end in LF, CRLF or CR, empty ones are skipped, and all
/// others must have the same number of cells. The text is UTF-8.
///
/// A column holds numbers when every cell that is not missing is one: a decimal such as `-1.5e3`, `nan` or `inf`, with
/// or without spaces around it. Else it holds words.
///
/// - Parameters:
///   - url: the file.
///   - separator: what is between cells: one ASCII character. By default a comma.
///   - hasHeader: whether the first line has the names of the columns; without, they are `x0`, `x1`, …. By default
///     `nil`: it has unless one of its cells is a number, a mark of a missing value, or the same as another. Cells of it
///     may be empty: the column with number i, from 0, is then `xi`.
///   - missingValues: what stands for a missing value, apart from spaces around it.
///   - stringColumns: columns to read as words even where they look like numbers: codes such as `00501`.
///   - skipInitialSpace: whether spaces behind a separator are left out. By default they belong to the cell.
/// - Throws: ``TableError/malformed(file:line:column:reason:)`` with the first place that breaks the rules;
///   ``TableError/unreadable(file:reason:)`` when there is no such file, or when it cannot be read;
///   ``TableError/invalidArgument(name:value:allowed:)`` for another separator or an unknown column.
/// - Complexity: O(size of the file).
public func readCSV(
    _ url: URL, separator: Character = ",", hasHeader: Bool? = nil,
    missingValues: Set<String> = ["", "?", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None", "<NA>", "#N/A"],
    stringColumns: Set<String> = [], skipInitialSpace: Bool = false
) throws -> Table {
    try table(
        from: try UserFile(url).contents(), file: url.path, separator: separator, hasHeader: hasHeader,
        missingValues: missingValues,
        stringColumns: stringColumns, skipInitialSpace: skipInitialSpace)
}

/// Reads the text of a CSV file into a table of named columns.
///
/// The parameters after `text`, its content, are those of
/// ``readCSV(_:separator:hasHeader:missingValues:stringColumns:skipInitialSpace:)``.
///
/// - Throws: ``TableError/malformed(file:line:column:reason:)`` with the first place that breaks the rules;
///   ``TableError/invalidArgument(name:value:allowed:)`` for another separator or an unknown column.
/// - Complexity: O(length of the text).
public func readCSV(
    text: String, separator: Character = ",", hasHeader: Bool? = nil,
    missingValues: Set<String> = ["", "?", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None", "<NA>", "#N/A"],
    stringColumns: Set<String> = [], skipInitialSpace: Bool = false
) throws -> Table {
    try table(
        from: Array(text.utf8), file: "text", separator: separator, hasHeader: hasHeader, missingValues: missingValues,
        stringColumns: stringColumns, skipInitialSpace: skipInitialSpace)
}

/// The table in `bytes`, which errors call `file`.
func table(
    from bytes: [UInt8], file: String, separator: Character, hasHeader: Bool?, missingValues: Set<String>,
    stringColumns: Set<String>, skipInitialSpace: Bool
) throws -> Table {
    let format = try CSVFormat(
        separator: separator, missingValues: missingValues, stringColumns: stringColumns,
        skipInitialSpace: skipInitialSpace)
    return try CSVTable(cells: format.cells(bytes, file: file), format: format).table(hasHeader: hasHeader)
}
