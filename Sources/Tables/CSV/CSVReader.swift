import Estimators
import LinearAlgebra

/// Reads a CSV file: what separates its cells, the names of its columns, then its rows.
struct CSVReader: Sendable {
    private let options: CSVOptions
    private var blocks: CSVBlocks
    /// The lines before the next row.
    private var line = 0
    let dialect: CSVDialect
    /// The names of all columns of the file.
    let names: [String]
    private(set) var plan: CSVPlan
    let source: CSVSource
    /// Whether the rows that have been read say which columns hold numbers.
    private var hasInferred = false

    /// The bytes that are read at once.
    private let blockSize: Int

    /// Reads the first row.
    ///
    /// - Parameters:
    ///   - options: what the user says about the text.
    ///   - blockSize: the bytes that are read at once, in chunks side by side.
    /// - Throws: ``TableError``.
    init(_ origin: TextBlocks.Origin, _ options: CSVOptions, blockSize: Int = 32 * CSVBlocks.chunkSize) throws {
        self.options = options
        self.blockSize = blockSize
        var blocks = CSVBlocks(try TextBlocks(origin, encoding: options.encoding))
        var beginning = CSVBeginning(options)
        try origin.naming(line: 0) { try beginning.read(&blocks) }
        self.blocks = blocks
        line = beginning.line
        dialect = beginning.dialect
        names = try origin.naming(line: beginning.firstLine) { try beginning.names() }
        source = CSVSource(
            file: origin.name, separator: Character(Unicode.Scalar(dialect.separator)),
            isSeparatorDetected: beginning.isSeparatorDetected, encoding: blocks.encoding)
        plan = CSVPlan(
            dialect: dialect, format: options.format,
            columns: try Self.columns(names, options, file: origin.name),
            firstRow: "line \(beginning.firstLine + 1)",
            remedy: "; a column of words has to be one of stringColumns")
    }

    /// How each column is read before its cells are known.
    private static func columns(_ names: [String], _ options: CSVOptions, file: String) throws -> [ColumnPlan] {
        func check(_ argument: String, _ columns: some Collection<String>) throws {
            let unknown = columns.filter { !names.contains($0) }
            guard !unknown.isEmpty else { return }
            throw TableError.invalidArgument(
                name: argument, value: unknown.described(among: names), allowed: "names of columns of \(file)")
        }
        try check("columns", options.columns ?? [])
        try check("stringColumns", options.stringColumns.sorted())
        try check("numericColumns", options.numericColumns.sorted())
        try check("dateColumns", options.dateColumns.keys.sorted())
        try check("missingValues", options.missingValues.columnsWithMissingValues.sorted())
        let wanted = options.columns.map(Set.init)
        return names.map { name in
            let kind: CellKind =
                if wanted?.contains(name) == false {
                    .skipped
                } else if options.stringColumns.contains(name) {
                    .strings
                } else if options.numericColumns.contains(name) {
                    .numbers(strict: false)
                } else if let order = options.dateColumns[name] {
                    .dates(order)
                } else {
                    .inferred
                }
            return ColumnPlan(kind: kind, marks: options.marks(of: name))
        }
    }

    /// How many bytes of the file precede the next row, if the file is in UTF-8.
    var position: Int { blocks.position }

    /// Reads these columns as strings.
    mutating func readAsStrings(_ columns: some Sequence<Int>) {
        for column in columns { plan.columns[column].kind = .strings }
    }

    /// From now on, a cell of a column that has held numbers must be one.
    mutating func needKinds(of builder: TableBuilder) {
        plan.firstRow = "the first"
        for (column, values) in builder.columns.enumerated() where plan.columns[column].kind == .inferred {
            plan.columns[column].kind = values.findings.firstText == nil ? .numbers(strict: true) : .strings
        }
    }

    // MARK: Rows

    /// Appends the next rows to `builder`, up to `limit`; false at the end.
    ///
    /// Without a limit the chunks of a block are read side by side. What a column holds is inferred from the first chunk; where
    /// a later one has text in a column of numbers, `builder` notes it.
    ///
    /// - Throws: ``TableError``; `CancellationError` where the task is cancelled.
    mutating func read(into builder: inout TableBuilder, limit: Int?) throws -> Bool {
        guard builder.failure == nil else { return false }
        let isFirst = !hasInferred || limit != nil
        let size = isFirst ? CSVBlocks.chunkSize : blockSize
        guard let block = try blocks.origin.naming(line: line, { try blocks.next(size, dialect) }) else { return false }
        if isFirst {
            for range in block.chunks where limit.map({ builder.rows < $0 }) ?? true {
                let limit = limit.map { $0 - builder.rows } ?? .max
                try append([readInferring(block.text, range, limit: limit)], to: &builder)
            }
        } else {
            let plan = plan
            let chunks = try parallelMap(count: block.chunks.count, jobs: block.chunks.count) { index in
                block.text.withUnsafeBufferPointer {
                    CSVChunk(UnsafeBufferPointer(rebasing: $0[block.chunks[index]]), plan, limit: .max)
                }
            }
            try append(chunks, to: &builder)
        }
        if limit == nil { builder.expect(bytes: blocks.origin.size, read: block.chunks.last?.upperBound ?? 0) }
        return true
    }

    /// Reads a chunk, and once more where columns turn out to hold text.
    private mutating func readInferring(_ text: [UInt8], _ range: Range<Int>, limit: Int) -> CSVChunk {
        text.withUnsafeBufferPointer { text in
            let text = UnsafeBufferPointer(rebasing: text[range])
            var chunk = CSVChunk(text, plan, limit: limit)
            guard !hasInferred else { return chunk }
            hasInferred = true
            let texts = chunk.columns.indices.filter { chunk.columns[$0].firstText != nil }
            guard !texts.isEmpty else { return chunk }
            let places = texts.map { chunk.columns[$0].firstText }
            readAsStrings(texts)
            chunk = CSVChunk(text, plan, limit: limit)
            for (column, place) in zip(texts, places) { chunk.columns[column].firstText = place }
            return chunk
        }
    }

    /// Appends chunks up to the first row that cannot be read.
    private mutating func append(_ chunks: [CSVChunk], to builder: inout TableBuilder) throws {
        guard builder.failure == nil, !chunks.isEmpty else { return }
        let last = chunks.firstIndex { $0.failure != nil } ?? chunks.count - 1
        try builder.append(Array(chunks[...last]), plan, line: line)
        line += chunks[..<last].reduce(0) { $0 + $1.lines }
        if let failure = chunks[last].failure { builder.failure = blocks.origin.error(failure, line: line) }
        line += chunks[last].lines
    }
}

extension TextBlocks.Origin {
    /// The error that names the place in the file, of which `line` lines precede.
    func error(_ problem: CSVProblem, line: Int) -> TableError {
        .malformed(file: name, line: line + problem.line + 1, column: problem.column, reason: problem.reason)
    }

    /// What `body` returns, or such an error.
    func naming<Value>(line: Int, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let problem as CSVProblem {
            throw error(problem, line: line)
        }
    }
}

/// The beginning of a CSV file: what separates cells, and the first row.
private struct CSVBeginning {
    private let options: CSVOptions
    private(set) var dialect = CSVDialect(separator: UInt8(ascii: ","))
    private(set) var isSeparatorDetected = false
    /// The lines before the first row with values, and before the first row.
    private(set) var line = 0
    private(set) var firstLine = 0
    private var firstRow: [String?] = []
    private var isQuoted: [Bool] = []

    init(_ options: CSVOptions) { self.options = options }

    /// Reads the beginning, and leaves the rows with values in `blocks`.
    mutating func read(_ blocks: inout CSVBlocks) throws {
        dialect.skipsInitialSpace = options.skipInitialSpace
        dialect.comment = options.comment
        // Where spaces behind a space are left out, any number of them separates.
        dialect.hasTabs = options.skipInitialSpace && options.separator.kind == .text(" ")
        dialect.isWhitespace = options.separator == .whitespace || dialect.hasTabs
        _ = try blocks.fill(CSVBlocks.chunkSize, dialect)
        let stated = separatorLine(blocks.buffer)
        if let stated {
            blocks.skip(stated.length)
            line += 1
        }
        switch options.separator.kind {
        case .whitespace:
            dialect.separator = UInt8(ascii: " ")
        case .text(let text):
            dialect.separator = try CSVOptions.separator(text)
        case .detected:
            if let stated {
                dialect.separator = stated.separator
            } else {
                isSeparatorDetected = true
                dialect = blocks.buffer.withUnsafeBufferPointer {
                    dialect.detectingSeparator(in: $0, isWhole: blocks.hasEnded, excluding: options.decimal)
                }
            }
        }
        _ = try blocks.fill(CSVBlocks.chunkSize, dialect)
        try readFirstRow(&blocks)
    }

    /// A first line such as `sep=;`, with which spreadsheets state the separator.
    private func separatorLine(_ text: [UInt8]) -> (separator: UInt8, length: Int)? {
        let line = text.prefix(10).prefix { !CSVDialect.isLineEnd($0) }
        guard line.count == 5, line.starts(with: "sep=".utf8) || line.starts(with: "SEP=".utf8),
            let separator = try? CSVOptions.separator(String(decoding: line[4...], as: UTF8.self))
        else { return nil }
        let end = text[line.endIndex...].starts(with: "\r\n".utf8) ? 2 : min(1, text.count - line.endIndex)
        return (separator, line.endIndex + end)
    }

    private mutating func readFirstRow(_ blocks: inout CSVBlocks) throws {
        let before = line
        // Many lines of comments may precede it.
        while !blocks.hasEnded, !blocks.buffer.withUnsafeBufferPointer(hasFirstRow) {
            _ = try blocks.fill(2 * blocks.buffer.count, dialect)
        }
        let length = try blocks.buffer.withUnsafeBufferPointer { text in
            var scanner = CSVScanner(text, dialect)
            scanner.line = before
            _ = scanner.skipEmptyLines()
            guard scanner.position < text.count else {
                throw CSVProblem(line: 0, column: 1, reason: "there is nothing in it")
            }
            firstLine = scanner.line
            let start = scanner.position
            repeat {
                let cell = try scanner.cell(column: firstRow.count)
                firstRow.append(scanner.string(cell))
                isQuoted.append(scanner.position > cell.range.upperBound)
            } while scanner.endCell()
            scanner.endRow()
            line = options.hasHeader ? scanner.line : firstLine
            return options.hasHeader ? scanner.position : start
        }
        blocks.skip(length)
    }

    /// Whether a row begins and ends in a text, so that another follows.
    private func hasFirstRow(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var scanner = CSVScanner(text, dialect)
        _ = scanner.skipEmptyLines()
        return scanner.position < text.count
            && !dialect.rowEnds(
                in: UnsafeBufferPointer(rebasing: text[scanner.position...]), isWhole: false, every: 1, limit: 1
            ).isEmpty
    }

    /// The names of the columns: those in the first row, or `x0`, `x1`, ….
    ///
    /// - Throws: ``CSVProblem`` where a name occurs twice or is not text.
    func names() throws -> [String] {
        guard options.hasHeader else { return firstRow.indices.map { "x\($0)" } }
        let names = try firstRow.enumerated().map { column, cell in
            guard let cell else {
                throw CSVProblem(
                    line: 0, column: column + 1,
                    reason: "the name is not text in UTF-8; state another encoding:, such as .windowsCP1252")
            }
            let name =
                isQuoted[column]
                ? cell : String(cell.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
            return name.isEmpty ? "x\(column)" : name
        }
        var positions: [String: Int] = [:]
        var twice: [(column: Int, text: String)] = []
        for (column, name) in names.enumerated() {
            if let other = positions[name] {
                twice.append((column, "\"\(name)\" is already that of column \(other + 1)"))
            } else {
                positions[name] = column
            }
        }
        guard let first = twice.first else { return names }
        throw CSVProblem(
            line: 0, column: first.column + 1,
            reason: "the name " + twice.prefix(10).map(\.text).joined(separator: ", the name "))
    }
}
