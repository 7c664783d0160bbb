/// The rows of a table that is being read.
struct TableBuilder: Sendable {
    private(set) var rows = 0
    private(set) var columns: [ColumnValues]
    /// Why no further row can be read.
    var failure: TableError?
    /// Columns of numbers in which text was found: they have to be read anew.
    private(set) var late: Set<Int> = []
    private var emptyRows = 0
    private var bytesRead = 0

    init(columns: Int) { self.columns = Array(repeating: ColumnValues(), count: columns) }

    /// Appends rows, which begin behind `line` lines of the file.
    mutating func append(_ chunk: CSVChunk, _ plan: CSVPlan, line: Int) {
        let isText = plan.columns.first?.kind == .strings
        if chunk.rows > 0, emptyRows > 0 {
            if isText {
                columns[0].strings += Array(repeating: nil, count: emptyRows)
            } else {
                columns[0].numbers += Array(repeating: .nan, count: emptyRows)
            }
            rows += emptyRows
            emptyRows = 0
        }
        emptyRows += chunk.emptyRows
        rows += chunk.rows
        for (column, values) in chunk.columns.enumerated() {
            columns[column].numbers += values.numbers
            columns[column].strings += values.strings
            columns[column].hasConstants = columns[column].hasConstants || values.hasConstants
            columns[column].hasNames = columns[column].hasNames || values.hasNames
            guard var place = values.firstText else { continue }
            place.line += line
            if columns[column].firstText == nil { columns[column].firstText = place }
            if plan.columns[column].kind == .inferred { late.insert(column) }
        }
    }

    /// Makes room for a file of `bytes` bytes, of which so many more have been read.
    mutating func expect(bytes: Int, read: Int) {
        bytesRead += read
        guard bytesRead == read, bytesRead > 0, bytes > bytesRead else { return }
        let expected = Int(Double(rows) * Double(bytes) / Double(bytesRead) * 1.02)
        for column in columns.indices {
            if !columns[column].numbers.isEmpty { columns[column].numbers.reserveCapacity(expected) }
            if !columns[column].strings.isEmpty { columns[column].strings.reserveCapacity(expected) }
        }
    }

    /// Notes columns that hold nothing but names of infinity and missing values; they are names of something else.
    mutating func checkNames() {
        for column in columns.indices
        where columns[column].hasNames && !columns[column].hasConstants
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
            if let place = values.firstText {
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
        for column in columns.indices {
            columns[column].numbers.removeFirst(min(count, columns[column].numbers.count))
            columns[column].strings.removeFirst(min(count, columns[column].strings.count))
        }
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
        for column in builder.late { strings[column] = .some(builder.columns[column].firstText) }
    }
}

extension TableBuilder {
    /// What is known of the columns, without their values.
    var withoutRows: TableBuilder {
        var builder = TableBuilder(columns: columns.count)
        for column in columns.indices { builder.columns[column].firstText = columns[column].firstText }
        return builder
    }

    /// Notes the places that an earlier pass has found.
    fileprivate mutating func note(_ places: [Int: CellPlace?]) {
        for (column, place) in places { columns[column].firstText = place }
    }
}
