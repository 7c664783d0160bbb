import Estimators
public import ModelFiles

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A CSV file, some rows at a time: for tables that are larger than memory.
///
/// Each batch is a ``Table`` of the file's next rows. Only one is in memory at a time, and each loop over the batches reads
/// the file anew.
///
/// ```swift
/// let batches = try CSVBatches(contentsOf: "houses.csv", batchSize: 10_000)
/// for _ in 1...epochs {
///     for batch in batches {
///         let houses = try batch.get()
///         try mlp.partialFit(houses.matrix(of: ["rooms", "age"]), houses.numbers("price"))
///     }
/// }
/// ```
///
/// A `for` loop cannot throw where it asks for the next element, so that each is a `Result`, and `get()` throws. A batch
/// that cannot be read is the last.
///
/// The rules of the text are those of `readCSV`, but for one: whether a column is numeric or categorical cannot wait for the
/// last row. It is what it is in the first batch. A cell behind that is neither a number nor missing is an error in a numeric
/// column; `stringColumns` says that the column is categorical.
public struct CSVBatches: Sequence, Sendable {
    /// One batch, or why it cannot be read: a ``TableError``.
    public typealias Element = Result<Table, any Error>

    /// The names of the columns.
    public let columnNames: [String]

    private let origin: @Sendable () throws -> TextBlocks.Origin
    private let batchSize: Int
    private let options: CSVOptions
    /// What the first batch holds.
    private let first: TableBuilder

    /// The batches of a file, of which the first is read at once.
    ///
    /// - Parameters:
    ///   - file: the path or the `URL` of the file.
    ///   - batchSize: the rows in a batch, at least 1; the last batch may have fewer.
    ///   - separator: what stands between cells: one ASCII character, or `.whitespace`; by default it is found out.
    ///   - decimal: what stands before the fraction of a number.
    ///   - thousands: what stands between groups of three digits; by default nothing does.
    ///   - currency: texts that may stand before or behind a number, and are left out.
    ///   - percent: whether a percent sign behind a number divides it by 100.
    ///   - accounting: whether `(1.50)`, `1.50-` and `−1.50`, with a typographic minus, are -1.5.
    ///   - encoding: the encoding; by default what a byte order mark says, else UTF-8.
    ///   - comment: what begins a comment, up to the end of the line.
    ///   - columns: the columns to read, in this order. By default all.
    ///   - nRows: the most rows to read in all batches together. By default all.
    ///   - hasHeader: whether the first line has the names of the columns; without, they are `x0`, `x1`, ….
    ///   - missingValues: what stands for a missing value: a set, or a dictionary with a set for each of some columns.
    ///   - stringColumns: columns that are categorical whatever the first batch holds.
    ///   - numericColumns: columns that are numeric whatever the first batch holds.
    ///   - dateColumns: columns that hold dates, each with the order of day, month and year.
    ///   - skipInitialSpace: whether spaces behind a separator are left out, so that with `" "` any number of
    ///     spaces separates. By default they belong to the cell.
    /// - Throws: what `readCSV` throws about its arguments and about the first row;
    ///   ``TableError/invalidArgument(name:value:allowed:)`` for a batch size below 1.
    public init(
        contentsOf file: some FileLocation, batchSize: Int, separator: some CSVSeparator = .detected,
        decimal: Character = ".", thousands: Character? = nil, currency: Set<String> = [], percent: Bool = false,
        accounting: Bool = false, encoding: String.Encoding? = nil, comment: Character? = nil, columns: [String]? = nil,
        nRows: Int? = nil,
        hasHeader: Bool? = true, missingValues: some MissingValues = .standard, stringColumns: Set<String> = [],
        numericColumns: Set<String> = [], dateColumns: [String: DateOrder] = [:], skipInitialSpace: Bool = false
    ) throws {
        try self.init(
            batchSize,
            CSVOptions(
                separator: separator, decimal: decimal, thousands: thousands, currency: currency, percent: percent,
                accounting: accounting, encoding: encoding, comment: comment, columns: columns, nRows: nRows,
                hasHeader: hasHeader,
                missingValues: missingValues, stringColumns: stringColumns, numericColumns: numericColumns,
                dateColumns: dateColumns, skipInitialSpace: skipInitialSpace)
        ) { [url = file.fileURL] in .file(try RegularFile(table: url)) }
    }

    /// The batches of what comes through a file descriptor, such as a pipe or standard input, of which the first is read
    /// at once.
    ///
    /// ```swift
    /// for batch in try CSVBatches(fileDescriptor: 0, batchSize: 10_000) { … }
    /// ```
    ///
    /// The descriptor is read to its end and not closed. A loop over the batches can run only once; in a second one the
    /// first element is an error. The other parameters are those of a file.
    ///
    /// - Throws: what the initializer for a file throws.
    public init(
        fileDescriptor: Int32, batchSize: Int, separator: some CSVSeparator = .detected,
        decimal: Character = ".", thousands: Character? = nil, currency: Set<String> = [], percent: Bool = false,
        accounting: Bool = false, encoding: String.Encoding? = nil, comment: Character? = nil, columns: [String]? = nil,
        nRows: Int? = nil,
        hasHeader: Bool? = true, missingValues: some MissingValues = .standard, stringColumns: Set<String> = [],
        numericColumns: Set<String> = [], dateColumns: [String: DateOrder] = [:], skipInitialSpace: Bool = false
    ) throws {
        let stream = ByteStream(descriptor: fileDescriptor)
        try self.init(
            batchSize,
            CSVOptions(
                separator: separator, decimal: decimal, thousands: thousands, currency: currency, percent: percent,
                accounting: accounting, encoding: encoding, comment: comment, columns: columns, nRows: nRows,
                hasHeader: hasHeader,
                missingValues: missingValues, stringColumns: stringColumns, numericColumns: numericColumns,
                dateColumns: dateColumns, skipInitialSpace: skipInitialSpace)
        ) { .stream(try stream.opened()) }
    }

    /// The batches of a file of a known format, of which the first is read at once.
    ///
    /// - Throws: what the initializer without a format throws.
    public init(
        contentsOf file: some FileLocation, batchSize: Int, _ format: CSVFormat, columns: [String]? = nil,
        nRows: Int? = nil
    ) throws {
        try self.init(batchSize, format.options(columns: columns, nRows: nRows)) { [url = file.fileURL] in
            .file(try RegularFile(table: url))
        }
    }

    /// The batches of what comes through a file descriptor in a known format, of which the first is read at once.
    ///
    /// - Throws: what the initializer without a format throws.
    public init(
        fileDescriptor: Int32, batchSize: Int, _ format: CSVFormat, columns: [String]? = nil, nRows: Int? = nil
    ) throws {
        let stream = ByteStream(descriptor: fileDescriptor)
        try self.init(batchSize, format.options(columns: columns, nRows: nRows)) { .stream(try stream.opened()) }
    }

    private init(
        _ batchSize: Int, _ options: CSVOptions, _ origin: @escaping @Sendable () throws -> TextBlocks.Origin
    ) throws {
        guard batchSize >= 1 else {
            throw TableError.invalidArgument(name: "batchSize", value: "\(batchSize)", allowed: "at least 1")
        }
        (self.origin, self.batchSize, self.options) = (origin, batchSize, options)
        let limit = Swift.min(batchSize, options.nRows ?? .max)
        let (builder, reader) = try readRows(origin(), options, limit: limit, ignoringFailure: true)
        first = builder.withoutRows
        columnNames = options.columns ?? reader.names
    }

    /// Begins to read the file.
    public func makeIterator() -> Iterator { Iterator(self) }

    /// Reads one batch after the other; the memory that it takes does not grow with the file.
    public struct Iterator: IteratorProtocol {
        private let batches: CSVBatches
        /// The rest of the file; nil before the first batch.
        private var reader: CSVReader?
        /// Rows that have been read, and how many of them have been handed out.
        private var rows: TableBuilder
        private var position = 0
        /// How many rows are still to be handed out.
        private var rest: Int
        private var hasEnded = false

        init(_ batches: CSVBatches) {
            self.batches = batches
            rows = batches.first
            rest = batches.options.nRows ?? .max
        }

        /// The next batch, or `nil` at the end of the file and behind an error.
        ///
        /// - Complexity: O(size of the batch).
        public mutating func next() -> Element? {
            guard !hasEnded else { return nil }
            do {
                if let batch = try nextTable() { return .success(batch) }
                hasEnded = true
                return nil
            } catch {
                hasEnded = true
                return .failure(error)
            }
        }

        private mutating func nextTable() throws -> Table? {
            // Moved out and back: changing it in place would copy its buffer.
            var reader = try self.reader.take() ?? batches.openedFile()
            defer { self.reader = reader }
            let wanted = Swift.min(batches.batchSize, rest)
            while rows.rows - position < wanted {
                rows.removeFirst(position)
                position = 0
                guard try reader.read(into: &rows, limit: nil) else { break }
            }
            let count = Swift.min(wanted, rows.rows - position)
            if count < wanted, let failure = rows.failure { throw failure }
            guard count > 0 else { return nil }
            defer {
                position += count
                rest -= count
            }
            return try rows.table(position..<position + count, reader, columns: batches.options.columns)
        }
    }

    /// The file from its first row with values on.
    private func openedFile() throws -> CSVReader {
        var reader = try CSVReader(origin(), options, blockSize: 4 * CSVBlocks.chunkSize)
        reader.needKinds(of: first)
        return reader
    }
}
