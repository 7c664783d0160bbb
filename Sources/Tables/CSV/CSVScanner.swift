/// The characters that give a text its cells.
struct CSVDialect: Sendable, Equatable {
    var separator: UInt8
    /// Whether any number of spaces separate, and of tabs too unless `hasTabs`.
    var isWhitespace = false
    /// Whether tabs are part of cells where spaces separate.
    var hasTabs = false
    var skipsInitialSpace = false
    /// What begins a comment, up to the end of the line.
    var comment: UInt8?

    static let quote = UInt8(ascii: "\"")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")

    static func isLineEnd(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }

    /// Whether it is a space or a tab that does not separate as one character.
    func isBlank(_ byte: UInt8) -> Bool {
        (byte == UInt8(ascii: " ") || (byte == UInt8(ascii: "\t") && !hasTabs)) && (isWhitespace || byte != separator)
    }
}

/// What is wrong with a text, and where; lines count from that on which the text begins, which is 0.
struct CSVProblem: Error, Sendable {
    var line: Int
    var column: Int
    var reason: String
}

/// A place in the text of a CSV file that moves on from cell to cell.
///
/// A line is a row. A cell in quotation marks may contain separators, line ends and doubled quotation marks; in any other
/// cell a quotation mark is a character like others. Lines end in LF, CRLF or CR.
struct CSVScanner {
    /// Where the content of a cell lies, without its quotation marks.
    struct Cell {
        var range: Range<Int>
        /// Whether two quotation marks in it stand for one.
        var hasDoubledQuotes = false
    }

    let text: UnsafeBufferPointer<UInt8>
    let dialect: CSVDialect
    /// The index of the next byte.
    var position = 0
    /// How many lines have ended.
    var line = 0

    init(_ text: UnsafeBufferPointer<UInt8>, _ dialect: CSVDialect) {
        self.text = text
        self.dialect = dialect
    }

    /// Moves on to the next line with content, and returns how many lines were empty; comments are not counted.
    ///
    /// At the end of the text `position` is its length.
    mutating func skipEmptyLines() -> Int {
        var empty = 0
        while position < text.count {
            var end = position
            while end < text.count, dialect.isBlank(text[end]) { end += 1 }
            if end == text.count {
                position = end
            } else if text[end] == dialect.comment {
                position = end
                endRow()
            } else if CSVDialect.isLineEnd(text[end]) {
                empty += 1
                position = end
                endRow()
            } else {
                return empty
            }
        }
        return empty
    }

    /// Moves over a cell.
    ///
    /// - Parameter column: its number from 0, for the error.
    @inline(__always)
    mutating func cell(column: Int) throws(CSVProblem) -> Cell {
        if dialect.skipsInitialSpace || dialect.isWhitespace { skipBlanks() }
        if position < text.count, text[position] == CSVDialect.quote { return try quotedCell(column: column) }
        let start = position
        let separator = dialect.separator
        let other = dialect.isWhitespace && !dialect.hasTabs ? UInt8(ascii: "\t") : separator
        let comment = dialect.comment ?? separator
        while position < text.count, case let byte = text[position], byte != separator, byte != other,
            byte != CSVDialect.lineFeed, byte != CSVDialect.carriageReturn, byte != comment
        {
            position &+= 1
        }
        return Cell(range: start..<position)
    }

    /// Moves over what separates the cell from the next; false where it is the last of its row.
    @inline(__always)
    mutating func endCell() -> Bool {
        if dialect.isWhitespace {
            skipBlanks()
            return position < text.count && !endsRow(text[position])
        }
        guard position < text.count, text[position] == dialect.separator else { return false }
        position &+= 1
        return true
    }

    /// Moves over a comment and the end of the line.
    mutating func endRow() {
        while position < text.count, !CSVDialect.isLineEnd(text[position]) { position += 1 }
        if position < text.count { skipLineEnd() }
    }

    private func endsRow(_ byte: UInt8) -> Bool { CSVDialect.isLineEnd(byte) || byte == dialect.comment }

    private mutating func skipBlanks() {
        while position < text.count, dialect.isBlank(text[position]) { position &+= 1 }
    }

    /// Moves over blanks in front of a comment, if there is one.
    private mutating func skipToComment() {
        var end = position
        while end < text.count, text[end] != dialect.separator, dialect.isBlank(text[end]) { end &+= 1 }
        if end < text.count, text[end] == dialect.comment { position = end }
    }

    private mutating func quotedCell(column: Int) throws(CSVProblem) -> Cell {
        let firstLine = line
        position += 1
        var cell = Cell(range: position..<position)
        while position < text.count {
            let byte = text[position]
            if CSVDialect.isLineEnd(byte) {
                skipLineEnd()
            } else if byte != CSVDialect.quote {
                position += 1
            } else if position + 1 < text.count, text[position + 1] == CSVDialect.quote {
                cell.hasDoubledQuotes = true
                position += 2
            } else {
                cell.range = cell.range.lowerBound..<position
                position += 1
                if dialect.comment != nil { skipToComment() }
                guard
                    position == text.count || text[position] == dialect.separator || endsRow(text[position])
                        || (dialect.isWhitespace && dialect.isBlank(text[position]))
                else {
                    throw CSVProblem(
                        line: line, column: column + 1, reason: "there is text behind the closing quotation mark")
                }
                return cell
            }
        }
        throw CSVProblem(line: firstLine, column: column + 1, reason: "the quotation mark is never closed")
    }

    private mutating func skipLineEnd() {
        let isPair =
            text[position] == CSVDialect.carriageReturn && position + 1 < text.count
            && text[position + 1] == CSVDialect.lineFeed
        position += isPair ? 2 : 1
        line += 1
    }

    // MARK: Content

    /// The bytes of a cell without spaces and tabs around them.
    func trimmed(_ cell: Cell) -> UnsafeBufferPointer<UInt8> {
        var (start, end) = (cell.range.lowerBound, cell.range.upperBound)
        func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        while start < end, isSpace(text[start]) { start += 1 }
        while start < end, isSpace(text[end - 1]) { end -= 1 }
        return UnsafeBufferPointer(rebasing: text[start..<end])
    }

    /// The content of a cell; nil where it is not UTF-8.
    func string(_ cell: Cell) -> String? {
        let bytes = text[cell.range]
        return cell.hasDoubledQuotes
            ? String(validating: Self.withoutDoubledQuotes(bytes), as: UTF8.self)
            : String(validating: bytes, as: UTF8.self)
    }

    /// One quotation mark for every two. Of bytes, since characters join a mark with an accent that follows it.
    private static func withoutDoubledQuotes(_ content: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
        var isSecond = false
        return content.filter { byte in
            isSecond = byte == CSVDialect.quote && !isSecond
            return byte != CSVDialect.quote || isSecond
        }
    }
}
