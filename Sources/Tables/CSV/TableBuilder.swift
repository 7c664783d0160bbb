internal import LinearAlgebra

/// The values of one column.
struct ColumnValues: Sendable {
    private(set) var numbers: [Double] = []
    private(set) var strings: [String?] = []
    var findings = ColumnFindings()

    fileprivate mutating func append(_ part: TableBuilder.Part, _ column: Int, _ kind: CellKind) {
        let rows = part.chunk.rows
        switch kind {
        case .skipped:
            break
        case .inferred, .numbers, .dates:
            numbers.append(contentsOf: repeatElement(.nan, count: part.emptyRows))
            numbers.append(
                contentsOf: UnsafeBufferPointer(start: part.chunk.numbers.start(of: column), count: rows))
        case .strings:
            strings.append(contentsOf: repeatElement(nil, count: part.emptyRows))
            strings.append(contentsOf: part.chunk.strings[column].prefix(rows))
        }
    }

    fileprivate mutating func reserve(_ rows: Int) {
        if !numbers.isEmpty { numbers.reserveCapacity(rows) }
        if !strings.isEmpty { strings.reserveCapacity(rows) }
    }

    fileprivate mutating func removeFirst(_ count: Int) {
        numbers.removeFirst(min(count, numbers.count))
        strings.removeFirst(min(count, strings.count))
    }
}

extension ColumnFindings {
    /// Adds what is known of later rows, which begin behind `line` lines of the file.
    fileprivate mutating func add(_ later: ColumnFindings, line: Int) {
        hasConstants = hasConstants || later.hasConstants
        hasNames = hasNames || later.hasNames
        guard firstText == nil, var place = later.firstText else { return }
        place.line += line
        firstText = place
    }
}

/// The rows of a table that is being read.
struct TableBuilder: Sendable {
    private(set) var rows = 0
    private(set) var columns: [ColumnValues]
    /// Why no further row can be read.
    var failure: TableError?
    /// Columns of numbers in which text was found: they have to be read anew.
    private(set) var late: Set<Int> = []
    private var emptyRows = 0

    /// The rows of a chunk, and how many empty ones precede them.
    fileprivate struct Part: Sendable {
        var emptyRows: Int
        var chunk: CSVChunk
    }
    private var bytesRead = 0

    init(columns: Int) { self.columns = Array(repeating: ColumnValues(), count: columns) }

    /// Appends rows, which begin behind `line` lines of the file, to all columns side by side.
    ///
    /// - Throws: `CancellationError` where the task is cancelled.
    mutating func append(_ chunks: [CSVChunk], _ plan: CSVPlan, line: Int) throws {
        var parts: [Part] = []
        var line = line
        for chunk in chunks {
            // Empty rows are rows where others follow.
            let emptyRows = chunk.rows > 0 ? self.emptyRows : 0
            self.emptyRows += chunk.emptyRows - emptyRows
            rows += emptyRows + chunk.rows
            parts.append(Part(emptyRows: emptyRows, chunk: chunk))
            for (column, findings) in chunk.columns.enumerated() {
                columns[column].findings.add(findings, line: line)
                if findings.firstText != nil, plan.columns[column].kind == .inferred { late.insert(column) }
            }
            line += chunk.lines
        }
        let values = parts
        try columns.withUnsafeMutableBufferPointer { columns in
            nonisolated(unsafe) let columns = columns
            _ = try parallelMap(count: columns.count, jobs: chunks.count > 1 ? columns.count : 1) { column in
                for part in values { columns[column].append(part, column, plan.columns[column].kind) }
            }
        }
    }

    /// Makes room for a file of `bytes` bytes, of which so many more have been read.
    mutating func expect(bytes: Int, read: Int) {
        bytesRead += read
        guard bytesRead == read, bytesRead > 0, bytes > bytesRead else { return }
        let expected = Int(Double(rows) * Double(bytes) / Double(bytesRead) * 1.02)
        for column in columns.indices { columns[column].reserve(expected) }
    }

    /// Notes columns that hold nothing but names of infinity and missing values; they are names of something else.
    mutating func checkNames() {
        for column in columns.indices
        where columns[column].findings.hasNames && !columns[column].findings.hasConstants
            && !columns[column].numbers.contains(where: \.isFinite)
        {
            late.insert(column)
        }
    }

    /// The table of the rows in a range, and of the columns that are read.
    func table(_ range: Range<Int>, _ reader: CSVReader, columns wanted: [String]?) throws -> Table {
        var byName: [String: Table.Column] = [:]
        var firstTexts: [String: String] = [:]
        for (column, (name, plan)) in zip(reader.names, reader.plan.columns).enumerated() where plan.kind != .skipped {
            let values = columns[column]
            let isWhole = range == 0..<rows
            byName[name] =
                plan.kind == .strings
                ? .strings(isWhole ? values.strings : Array(values.strings[range]))
                : .numbers(isWhole ? values.numbers : Array(values.numbers[range]))
            if let place = values.findings.firstText {
                firstTexts[name] =
                    "line \(place.line + 1), column \(place.column) of \(reader.source.file): \(place.problem)"
            }
        }
        let names = wanted ?? reader.names
        return try Table(
            columnNames: names, columns: names.compactMap { byName[$0] }, rowCount: range.count, source: reader.source,
            firstTexts: firstTexts)
    }

    /// Leaves out the first rows.
    mutating func removeFirst(_ count: Int) {
        guard count > 0 else { return }
        rows -= count
        for column in columns.indices { columns[column].removeFirst(count) }
    }
}

/// Reads a whole text.
///
/// - Throws: ``TableError``; `CancellationError` where the task is cancelled.
func readTable(_ origin: TextBlocks.Origin, _ options: CSVOptions) throws -> Table {
    let (builder, reader) = try readRows(origin, options, limit: options.nRows)
    return try builder.table(0..<min(builder.rows, options.nRows ?? .max), reader, columns: options.columns)
}

/// Reads the first rows of a text, or all.
///
/// - Parameter ignoringFailure: whether what is wrong with a row is no error here, since it will be met again.
func readRows(
    _ origin: TextBlocks.Origin, _ options: CSVOptions, limit: Int?, ignoringFailure: Bool = false
) throws -> (builder: TableBuilder, reader: CSVReader) {
    var strings: [Int: CellPlace?] = [:]
    while true {
        var reader = try CSVReader(origin, options)
        reader.readAsStrings(strings.keys)
        var builder = TableBuilder(columns: reader.names.count)
        while builder.rows < limit ?? .max, try reader.read(into: &builder, limit: limit) {}
        if let failure = builder.failure, !ignoringFailure { throw failure }
        builder.checkNames()
        if builder.late.isEmpty {
            builder.note(strings)
            return (builder, reader)
        }
        // A column that held numbers at first holds text: all of it is read as text, in a second pass.
        for column in builder.late { strings[column] = .some(builder.columns[column].findings.firstText) }
    }
}

extension TableBuilder {
    /// What is known of the columns, without their values.
    var withoutRows: TableBuilder {
        var builder = TableBuilder(columns: columns.count)
        for column in columns.indices {
            builder.columns[column].findings.firstText = columns[column].findings.firstText
        }
        return builder
    }

    /// Notes the places that an earlier pass has found.
    fileprivate mutating func note(_ places: [Int: CellPlace?]) {
        for (column, place) in places { columns[column].findings.firstText = place }
    }
}
