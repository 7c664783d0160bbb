import Estimators
public import ModelFiles

extension Table {
    /// Writes the table as a CSV file in UTF-8, with a header, commas and LF, in place of one that may be there.
    ///
    /// Numbers have as many digits as it takes to read the same number again. A missing value is an empty cell. Strings are in
    /// quotation marks where a reader would take them for something else. `readCSV` gives the same table again, but for
    /// strings that look like numbers, unless `stringColumns` names their columns, and for strings that look like missing
    /// values.
    ///
    /// - Parameter file: the path or the `URL` of the file.
    /// - Throws: ``TableError/unwritable(file:reason:)``.
    public func writeCSV(to file: some FileLocation) throws {
        do {
            try AtomicFile.write(csvBytes, to: file)
        } catch ModelFileError.unwritable(let path, let reason) {
            throw TableError.unwritable(file: path, reason: reason)
        }
    }

    /// The table as the text of a CSV file, as ``writeCSV(to:)`` writes it.
    public var csv: String { String(decoding: csvBytes, as: UTF8.self) }

    private var csvBytes: [UInt8] {
        var text: [UInt8] = []
        // An empty line would not be a row.
        let missing = columnCount == 1 ? "\"\"" : ""
        func append(_ cell: String, _ column: Int) {
            if column > 0 { text.append(UInt8(ascii: ",")) }
            text += cell.utf8
        }
        for (column, name) in columnNames.enumerated() { append(name.quotedForTable, column) }
        text.append(CSVDialect.lineFeed)
        for row in 0..<rowCount {
            for (column, values) in columns.enumerated() {
                switch values {
                case .numbers(let values): append(values[row].isNaN ? missing : values[row].shortText, column)
                case .strings(let values): append(values[row]?.quotedForTable ?? missing, column)
                }
            }
            text.append(CSVDialect.lineFeed)
        }
        return text
    }
}

extension String {
    /// The text as a cell: in quotation marks where it has a character that means something to some reader, or is empty.
    fileprivate var quotedForTable: String {
        let bytes = utf8
        func isSpecial(_ byte: UInt8) -> Bool { ",;\t|\"\n\r#".utf8.contains(byte) }
        let needsMarks =
            bytes.isEmpty || bytes.contains(where: isSpecial) || bytes.first == 0x20 || bytes.last == 0x20
            || bytes.starts(with: "sep=".utf8) || bytes.first == 0xEF
        guard needsMarks else { return self }
        let doubled = bytes.flatMap { $0 == CSVDialect.quote ? [$0, $0] : [$0] }
        return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
    }
}
