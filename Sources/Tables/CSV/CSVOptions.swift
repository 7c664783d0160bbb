#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What the readers' arguments say about a CSV file, checked.
struct CSVOptions: Sendable {
    var separator: SeparatorRule = .detected
    var format: NumberFormat
    var decimal: UInt8
    var encoding: String.Encoding?
    var comment: UInt8?
    var columns: [String]?
    var nRows: Int?
    var hasHeader: Bool
    var missingValues: any MissingValues
    var stringColumns: Set<String>
    var numericColumns: Set<String> = []
    var dateColumns: [String: DateOrder] = [:]
    var skipInitialSpace: Bool

    /// - Throws: ``TableError/invalidArgument(name:value:allowed:)``.
    init(
        separator: some CSVSeparator, decimal: Character = ".", thousands: Character? = nil,
        currency: Set<String> = [], percent: Bool = false, accounting: Bool = false, encoding: String.Encoding? = nil,
        comment: Character? = nil,
        columns: [String]? = nil, nRows: Int? = nil, hasHeader: Bool?, missingValues: some MissingValues,
        stringColumns: Set<String> = [], numericColumns: Set<String> = [], dateColumns: [String: DateOrder] = [:],
        skipInitialSpace: Bool
    ) throws {
        self.separator = separator.separatorRule
        format = try NumberFormat(
            decimal: decimal, thousands: thousands, currency: currency, percent: percent, accounting: accounting)
        self.decimal = decimal.asciiValue ?? 0
        if case .text(let text) = self.separator.kind {
            let byte = try Self.separator(text)
            if byte == self.decimal {
                throw TableError.invalidArgument(
                    name: "decimal", value: "\"\(decimal)\"", allowed: "another character than separator")
            }
        }
        if let comment {
            guard let byte = comment.asciiValue, !comment.isNewline, comment != "\"",
                self.separator.kind != .text(String(comment))
            else {
                throw TableError.invalidArgument(
                    name: "comment", value: "\"\(comment)\"",
                    allowed: "one ASCII character other than a line end, a quotation mark and separator")
            }
            self.comment = byte
        }
        if let nRows, nRows < 0 {
            throw TableError.invalidArgument(name: "nRows", value: "\(nRows)", allowed: "at least 0")
        }
        if let both = stringColumns.intersection(numericColumns).min() {
            throw TableError.invalidArgument(
                name: "numericColumns", value: "\"\(both)\"", allowed: "other columns than stringColumns")
        }
        if let both = dateColumns.keys.filter({ stringColumns.contains($0) || numericColumns.contains($0) }).min() {
            throw TableError.invalidArgument(
                name: "dateColumns", value: "\"\(both)\"",
                allowed: "other columns than stringColumns and numericColumns")
        }
        self.encoding = encoding
        self.columns = columns
        self.nRows = nRows
        self.hasHeader = hasHeader ?? true
        self.missingValues = missingValues
        self.stringColumns = stringColumns
        self.numericColumns = numericColumns
        self.dateColumns = dateColumns
        self.skipInitialSpace = skipInitialSpace
    }

    /// The byte that separates.
    static func separator(_ text: String) throws -> UInt8 {
        guard let separator = text.first, text.count == 1, let byte = separator.asciiValue, !separator.isNewline,
            separator != "\""
        else {
            throw TableError.invalidArgument(
                name: "separator", value: "\"\(text)\"",
                allowed: "one ASCII character other than a line end and a quotation mark, or .whitespace")
        }
        return byte
    }

    /// The texts that stand for a missing value in a column.
    func marks(of column: String) -> MissingMarks {
        MissingMarks(missingValues.missingValues(of: column) ?? .standard, format)
    }
}
