#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The text of a CSV file, some whole rows at a time.
struct CSVBlocks: Sendable {
    /// The text of some rows.
    struct Block: Sendable {
        var text: [UInt8]
        /// Parts of whole rows, which can be read side by side.
        var chunks: [Range<Int>]
    }

    /// How many bytes a chunk has, or somewhat more. Chunks are the same on any number of processors.
    static let chunkSize = 256 << 10
    /// No row is so long, unless a quotation mark is never closed: then the search for the row's end has to end.
    private static let longestRow = 64 << 20

    private var source: TextBlocks
    /// What has been read and not handed out; it begins with a row.
    private(set) var buffer: [UInt8] = []

    init(_ source: TextBlocks) { self.source = source }

    var origin: TextBlocks.Origin { source.origin }
    /// How many bytes of the file precede `buffer`, if the file is in UTF-8.
    var position: Int { source.offset - buffer.count }
    var encoding: String.Encoding { source.encoding }
    /// Whether nothing is left but what is in `buffer`.
    var hasEnded: Bool { source.hasEnded }

    /// Reads until `buffer` has a whole row at least, and about `size` bytes.
    ///
    /// - Throws: ``TableError/unreadable(file:reason:)``; ``CSVProblem`` for a row that does not end.
    mutating func fill(_ size: Int, _ dialect: CSVDialect) throws -> [Int] {
        // Somewhat more, so that the last chunk ends with a row.
        var wanted = size + CSVBlocks.chunkSize / 4
        while true {
            if buffer.count < wanted, !hasEnded { try source.read(max(wanted - buffer.count, 4), into: &buffer) }
            let ends = buffer.withUnsafeBufferPointer { dialect.rowEnds(in: $0, isWhole: hasEnded) }
            if hasEnded || !ends.isEmpty { return ends }
            // Less than a chunk, or before a very long row.
            let last = buffer.withUnsafeBufferPointer { dialect.rowEnds(in: $0, isWhole: false, every: 1).last }
            if let last { return [last] }
            guard buffer.count < Self.longestRow else {
                throw CSVProblem(
                    line: 0, column: 1,
                    reason: "the row is longer than \(Self.longestRow >> 20) MB; is a quotation mark never closed?")
            }
            wanted = max(wanted, buffer.count) * 2
        }
    }

    /// The next rows, about `size` bytes of them; nil at the end.
    ///
    /// - Throws: what ``fill(_:_:)`` throws.
    mutating func next(_ size: Int, _ dialect: CSVDialect) throws -> Block? {
        let ends = try fill(size, dialect)
        guard let end = ends.last else { return nil }
        let rest = Array(buffer[end...])
        defer { buffer = rest }
        let text = buffer
        buffer = []
        return Block(text: text, chunks: zip([0] + ends, ends).map { $0..<$1 })
    }

    /// Leaves out the first bytes of `buffer`.
    mutating func skip(_ count: Int) { buffer.removeFirst(count) }
}

extension CSVDialect {
    /// Where rows end in a text that begins with a row: the first ends behind each `distance` bytes, and that of the text.
    ///
    /// It jumps from one cell in quotation marks to the next, since in these alone a line end does not end a row.
    ///
    /// - Parameters:
    ///   - isWhole: whether the text ends a row; else its last one may go on.
    ///   - limit: how many ends are wanted.
    func rowEnds(
        in text: UnsafeBufferPointer<UInt8>, isWhole: Bool, every distance: Int = CSVBlocks.chunkSize, limit: Int = .max
    ) -> [Int] {
        var ends: [Int] = []
        var search = QuoteSearch(text: text, dialect: self)
        // Between two cells in quotation marks any line end ends a row.
        while true {
            let start = search.position
            let quote = search.nextOpening() ?? text.count
            var target = (ends.last ?? 0) + distance
            while target <= quote,
                let end = (max(start, target - 1)..<quote).lazy.compactMap({ rowEnd(text, $0, isWhole) }).first
            {
                ends.append(end)
                if ends.count == limit { return ends }
                target = end + distance
            }
            guard quote < text.count, search.skipCell(at: quote) else { break }
        }
        return isWhole && ends.last ?? 0 < text.count ? ends + [text.count] : ends
    }

    /// The index behind a line end at `index`; nil where there is none, or where more of it may follow.
    private func rowEnd(_ text: UnsafeBufferPointer<UInt8>, _ index: Int, _ isWhole: Bool) -> Int? {
        if text[index] == Self.lineFeed { return index + 1 }
        guard text[index] == Self.carriageReturn else { return nil }
        guard index + 1 < text.count else { return isWhole ? index + 1 : nil }
        return text[index + 1] == Self.lineFeed ? index + 2 : index + 1
    }
}

/// Finds the quotation marks with which cells begin.
private struct QuoteSearch {
    let text: UnsafeBufferPointer<UInt8>
    let dialect: CSVDialect
    /// Everything before is known; it lies outside of quotation marks.
    var position = 0
    /// How far comments have been looked for, and whether that place is in one.
    private var checked = 0
    private var isInComment = false

    init(text: UnsafeBufferPointer<UInt8>, dialect: CSVDialect) {
        self.text = text
        self.dialect = dialect
    }

    /// The next quotation mark with which a cell begins.
    mutating func nextOpening() -> Int? {
        var from = position
        while let quote = quote(from: from) {
            from = quote + 1
            if begins(quote), !isComment(quote) { return quote }
        }
        return nil
    }

    /// Moves behind the cell that a quotation mark begins; false where it does not end.
    mutating func skipCell(at quote: Int) -> Bool {
        var from = quote + 1
        while let end = self.quote(from: from) {
            guard end + 1 < text.count, text[end + 1] == CSVDialect.quote else {
                position = end + 1
                checked = position
                return true
            }
            from = end + 2
        }
        return false
    }

    private func quote(from start: Int) -> Int? {
        guard start < text.count, let base = text.baseAddress,
            let found = memchr(base + start, Int32(CSVDialect.quote), text.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// Whether a cell begins at `index`.
    private func begins(_ index: Int) -> Bool {
        var before = index - 1
        let skipsBlanks = dialect.isWhitespace || dialect.skipsInitialSpace
        while skipsBlanks, before >= 0, dialect.isBlank(text[before]) { before -= 1 }
        return before < 0 || CSVDialect.isLineEnd(text[before]) || text[before] == dialect.separator
            || (dialect.isWhitespace && before < index - 1)
    }

    private mutating func isComment(_ index: Int) -> Bool {
        guard let comment = dialect.comment else { return false }
        while checked < index {
            isInComment = !CSVDialect.isLineEnd(text[checked]) && (isInComment || text[checked] == comment)
            checked += 1
        }
        return isInComment
    }
}
