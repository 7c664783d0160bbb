/// How a CSV file is written: what the readers' arguments say about it, checked.
struct CSVFormat: Sendable {
    let separator: UInt8
    let missing: MissingMarks
    let stringColumns: Set<String>
    let skipInitialSpace: Bool

    /// - Throws: ``TableError/invalidArgument(name:value:allowed:)`` for a separator that cannot be one.
    init(separator: Character, missingValues: Set<String>, stringColumns: Set<String>, skipInitialSpace: Bool) throws {
        guard let separatorByte = separator.asciiValue, !separator.isNewline, separator != "\"" else {
            throw TableError.invalidArgument(
                name: "separator", value: "\"\(separator)\"",
                allowed: "one ASCII character other than a line end and a quotation mark")
        }
        self.separator = separatorByte
        self.missing = MissingMarks(missingValues)
        self.stringColumns = stringColumns
        self.skipInitialSpace = skipInitialSpace
    }

    /// The cells of `text`, which begins on line `firstLine` of `file`.
    ///
    /// - Throws: ``TableError/malformed(file:line:column:reason:)``.
    func cells(_ text: [UInt8], file: String, firstLine: Int = 1) throws -> CSVCells {
        try CSVCells(
            text, file: file, separator: separator, skipInitialSpace: skipInitialSpace, firstLine: firstLine)
    }
}
