public import ModelFiles
import NeuralNetwork
public import Tables

/// Reads a CSV file in parts: each process of a group gets some of its rows, in the order of the processes.
///
/// ```swift
/// let part = try readCSV("houses.csv", across: group)
/// ```
///
/// All processes name the same file, and each of them must be able to read it. Parts have about the same number of
/// bytes and consist of whole rows, even if cells contain line ends in quotation marks. A column is numeric if it is
/// numeric in all parts. If the file has few rows, some parts may have none.
///
/// The file must be in UTF-8. The other parameters are those of `readCSV` for one process.
///
/// - Throws: what `readCSV` throws. If another process has thrown, throws an ``MPIError`` that quotes its error. Line
///   numbers in errors are counted from the beginning of a part.
/// - Complexity: O(size of the part): each process reads its bytes twice.
public func readCSV(
    _ file: some FileLocation, separator: some CSVSeparator = .detected, decimal: Character = ".",
    thousands: Character? = nil, currency: Set<String> = [], percent: Bool = false, comment: Character? = nil,
    columns: [String]? = nil, hasHeader: Bool? = true, missingValues: some MissingValues = .standard,
    stringColumns: Set<String> = [], numericColumns: Set<String> = [], skipInitialSpace: Bool = false,
    across group: MPIGroup
) throws -> Table {
    let parts = try group.together {
        try CSVParts(
            file, separator: separator, decimal: decimal, thousands: thousands, currency: currency, percent: percent,
            comment: comment, columns: columns, hasHeader: hasHeader, missingValues: missingValues,
            stringColumns: stringColumns, numericColumns: numericColumns, skipInitialSpace: skipInitialSpace)
    }
    return try parts.table(part: group.rank, of: group.count, sum: { try group.sum($0) }) { try group.together($0) }
}
