/// The texts that stand for a missing value: a set for all columns, or a dictionary with a set for each of some columns.
///
/// ```swift
/// try readCSV("a.csv", missingValues: ["", "-999"])                  // these, in all columns
/// try readCSV("a.csv", missingValues: .standard.union(["-999"]))     // one more
/// try readCSV("a.csv", missingValues: ["income": ["-1"], "job": []]) // in other columns the standard ones
/// ```
public protocol MissingValues: Sendable {
    /// The texts that stand for a missing value in this column; nil for the standard ones.
    func missingValues(of column: String) -> Set<String>?

    /// The columns that have texts of their own.
    var columnsWithMissingValues: Set<String> { get }
}

extension MissingValues {
    /// No column.
    public var columnsWithMissingValues: Set<String> { [] }
}

extension Set: MissingValues where Element == String {
    /// The set.
    public func missingValues(of column: String) -> Set<String>? { self }
}

extension Array: MissingValues where Element == String {
    /// The texts in the array.
    public func missingValues(of column: String) -> Set<String>? { Set(self) }
}

extension Dictionary: MissingValues where Key == String, Value: MissingValues {
    /// The texts that the dictionary has for this column.
    public func missingValues(of column: String) -> Set<String>? { self[column]?.missingValues(of: column) }

    /// The keys.
    public var columnsWithMissingValues: Set<String> { Set(keys) }
}

extension MissingValues where Self == Set<String> {
    /// What pandas takes for missing, and the question mark.
    public static var standard: Set<String> { standardMissingValues }
}

private let standardMissingValues: Set<String> = [
    "", "?", "NA", "N/A", "n/a", "NaN", "nan", "-NaN", "-nan", "NULL", "null", "None", "<NA>", "#N/A", "#N/A N/A",
    "#NA",
    "1.#IND", "-1.#IND", "1.#QNAN", "-1.#QNAN",
]

/// The texts that stand for a missing value in one column, ready for comparison.
struct MissingMarks: Sendable {
    /// By length, since most cells are longer than any mark.
    private var byLength: [[[UInt8]]] = []
    /// Those that are numbers: -999 stands for -999.0 too.
    private let numbers: [Double]
    let hasNumbers: Bool

    init(_ marks: Set<String>, _ format: NumberFormat) {
        numbers = marks.compactMap { mark in
            Array(mark.utf8).withUnsafeBufferPointer { format.number(in: $0)?.value }
        }
        hasNumbers = !numbers.isEmpty
        for mark in marks {
            let bytes = Array(mark.utf8)
            while byLength.count <= bytes.count { byLength.append([]) }
            byLength[bytes.count].append(bytes)
        }
    }

    func contains(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        cell.count < byLength.count && byLength[cell.count].contains { $0.elementsEqual(cell) }
    }

    func contains(_ number: Double) -> Bool { hasNumbers && numbers.contains(number) }
}
