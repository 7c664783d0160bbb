/// The text of a CSV file, cut into cells by the rules of RFC 4180.
///
/// A line is a row, its cells separated by one character. A cell in quotation marks may contain that character, line
/// ends and doubled quotation marks. Lines end in LF, CRLF or CR; empty ones are skipped; all others have as many cells
/// as the first.
struct CSVCells {
    /// Where the content of a cell lies, without its quotation marks.
    struct Cell {
        var range: Range<Int>
        /// Whether two quotation marks in it stand for one.
        var hasDoubledQuotes = false
    }

    let bytes: [UInt8]
    /// What errors call the file.
    let file: String
    /// All cells, row by row.
    private(set) var cells: [Cell] = []
    /// The number of cells in each row.
    private(set) var columns = 0
    /// The line on which each row begins, counted from 1.
    private(set) var lines: [Int] = []

    var rows: Int { lines.count }

    /// Cuts `bytes`, which begin on line `firstLine` of `file`.
    ///
    /// - Throws: ``TableError/malformed(file:line:column:reason:)``.
    /// - Complexity: O(`bytes.count`).
    init(_ bytes: [UInt8], file: String, separator: UInt8, skipInitialSpace: Bool, firstLine: Int) throws {
        self.bytes = bytes
        self.file = file
        cells.reserveCapacity(bytes.count / 8)
        try bytes.withUnsafeBufferPointer { text in
            var scanner = CSVScanner(
                text: text, separator: separator, skipsSpaces: skipInitialSpace, line: firstLine)
            while scanner.beginRow() {
                let line = scanner.line
                let start = cells.count
                repeat {
                    cells.append(try scanner.cell(file: file, column: cells.count - start + 1))
                } while scanner.skipSeparator()
                try endRow(line: line, count: cells.count - start)
            }
        }
    }

    private mutating func endRow(line: Int, count: Int) throws {
        if lines.isEmpty { columns = count }
        guard count == columns else {
            throw TableError.malformed(
                file: file, line: line, column: min(count, columns) + 1,
                reason: "the line has \(count) values, but line \(lines[0]) has \(columns)")
        }
        lines.append(line)
    }

    /// The content of a cell without spaces and tabs around it.
    func trimmed(row: Int, column: Int) -> ArraySlice<UInt8> {
        var range = cells[row * columns + column].range
        while let first = range.first, CSVScanner.isSpace(bytes[first]) { range.removeFirst() }
        while let last = range.last, CSVScanner.isSpace(bytes[last]) { range.removeLast() }
        return bytes[range]
    }

    /// The content of a cell.
    ///
    /// - Throws: ``TableError/malformed(file:line:column:reason:)`` when it is not UTF-8.
    func text(row: Int, column: Int) throws -> String {
        let cell = cells[row * columns + column]
        let content = cell.hasDoubledQuotes ? withoutDoubledQuotes(bytes[cell.range]) : bytes[cell.range]
        guard let text = String(validating: content, as: UTF8.self) else {
            throw TableError.malformed(
                file: file, line: lines[row], column: column + 1, reason: "the value is not text in UTF-8")
        }
        return text
    }

    /// One quotation mark for every two. Of bytes, since characters join a mark with an accent that follows it.
    private func withoutDoubledQuotes(_ content: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var isSecond = false
        return content.filter { byte in
            isSecond = byte == UInt8(ascii: "\"") && !isSecond
            return byte != UInt8(ascii: "\"") || isSecond
        }[...]
    }
}

/// A place in the text of a CSV file.
private struct CSVScanner {
    let text: UnsafeBufferPointer<UInt8>
    let separator: UInt8
    let skipsSpaces: Bool
    /// The next byte to read.
    var position = 0
    /// The line of that byte, counted from 1.
    var line: Int

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    init(text: UnsafeBufferPointer<UInt8>, separator: UInt8, skipsSpaces: Bool, line: Int) {
        self.text = text
        self.separator = separator
        self.skipsSpaces = skipsSpaces
        self.line = line
        // The mark that some programs put at the beginning of UTF-8.
        if line == 1, text.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }

    /// Goes on to the next line with content; false where there is none.
    mutating func beginRow() -> Bool {
        while position < text.count, Self.isLineEnd(text[position]) { skipLineEnd() }
        return position < text.count
    }

    mutating func skipSeparator() -> Bool {
        guard position < text.count, text[position] == separator else { return false }
        position += 1
        return true
    }

    /// Reads a cell up to the separator, the line end or the end of the text behind it.
    mutating func cell(file: String, column: Int) throws -> CSVCells.Cell {
        if skipsSpaces {
            while position < text.count, Self.isSpace(text[position]), text[position] != separator { position += 1 }
        }
        if position < text.count, text[position] == Self.quote { return try quotedCell(file: file, column: column) }
        let start = position
        while position < text.count, text[position] != separator, !Self.isLineEnd(text[position]) {
            guard text[position] != Self.quote else {
                throw TableError.malformed(
                    file: file, line: line, column: column,
                    reason: "there is a quotation mark inside a value that does not begin with one")
            }
            position += 1
        }
        return CSVCells.Cell(range: start..<position)
    }

    private mutating func quotedCell(file: String, column: Int) throws -> CSVCells.Cell {
        let firstLine = line
        position += 1
        var cell = CSVCells.Cell(range: position..<position)
        while position < text.count {
            let byte = text[position]
            if Self.isLineEnd(byte) {
                skipLineEnd()
            } else if byte != Self.quote {
                position += 1
            } else if position + 1 < text.count, text[position + 1] == Self.quote {
                cell.hasDoubledQuotes = true
                position += 2
            } else {
                cell.range = cell.range.lowerBound..<position
                position += 1
                guard position == text.count || text[position] == separator || Self.isLineEnd(text[position]) else {
                    throw TableError.malformed(
                        file: file, line: line, column: column,
                        reason: "there is text behind the closing quotation mark")
                }
                return cell
            }
        }
        throw TableError.malformed(
            file: file, line: firstLine, column: column, reason: "the quotation mark is never closed")
    }

    private mutating func skipLineEnd() {
        let isPair =
            text[position] == Self.carriageReturn && position + 1 < text.count && text[position + 1] == Self.lineFeed
        position += isPair ? 2 : 1
        line += 1
    }
}
