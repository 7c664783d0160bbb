import Estimators
public import Foundation

/// A CSV file, some rows at a time: for tables that are larger than memory.
///
/// Each batch is a ``/Estimators/Table`` of the file's next rows. Only one is in memory at a time, and each loop over the
/// batches reads the file anew.
///
/// ```swift
/// let batches = try CSVBatches(contentsOf: URL(filePath: "houses.csv"), batchSize: 10_000)
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
/// The rules of the text are those of ``readCSV(_:separator:hasHeader:missingValues:stringColumns:skipInitialSpace:)``,
/// but for one: whether a column holds numbers or words cannot wait for the last row. It holds numbers, and a cell that is
/// neither a number nor missing is an error, unless the column is one of `stringColumns`.
public struct CSVBatches: Sequence, Sendable {
    /// One batch, or why it cannot be read: a ``TableError``.
    public typealias Element = Result<Table, any Error>

    /// The names of the columns.
    public let columnNames: [String]

    let url: URL
    let batchSize: Int
    let format: CSVFormat
    /// Whether the first row is the names.
    let hasHeader: Bool

    /// The batches of the file at `url`, of which the first row is read at once.
    ///
    /// - Parameters:
    ///   - url: the file.
    ///   - batchSize: the rows in a batch, at least 1; the last batch may have fewer.
    ///   - separator: what is between cells: one ASCII character. By default a comma.
    ///   - hasHeader: whether the first line has the names of the columns; without, they are `x0`, `x1`, …. By default
    ///     `nil`: it has unless one of its cells is a number, a mark of a missing value, or the same as another. Cells of it
    ///     may be empty: the column with number i, from 0, is then `xi`.
    ///   - missingValues: what stands for a missing value, apart from spaces around it.
    ///   - stringColumns: the columns that hold words.
    ///   - skipInitialSpace: whether spaces behind a separator are left out. By default they belong to the cell.
    /// - Throws: ``TableError/malformed(file:line:column:reason:)`` when there is no row, or the first breaks the rules;
    ///   ``TableError/unreadable(file:reason:)`` when there is no such file, or when it cannot be read;
    ///   ``TableError/invalidArgument(name:value:allowed:)`` for a batch size below 1, another separator or an unknown
    ///   column.
    public init(
        contentsOf url: URL, batchSize: Int, separator: Character = ",", hasHeader: Bool? = nil,
        missingValues: Set<String> = [
            "", "?", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None", "<NA>", "#N/A",
        ],
        stringColumns: Set<String> = [], skipInitialSpace: Bool = false
    ) throws {
        guard batchSize >= 1 else {
            throw TableError.invalidArgument(name: "batchSize", value: "\(batchSize)", allowed: "at least 1")
        }
        self.url = url
        self.batchSize = batchSize
        format = try CSVFormat(
            separator: separator, missingValues: missingValues, stringColumns: stringColumns,
            skipInitialSpace: skipInitialSpace)
        var rows = try CSVRows(of: url)
        let firstRow = try rows.next(1)?.text ?? []
        let first = CSVTable(cells: try format.cells(firstRow, file: url.path), format: format)
        self.hasHeader = try hasHeader ?? first.looksLikeHeader()
        columnNames = try first.names(hasHeader: self.hasHeader)
    }

    /// Begins to read the file.
    public func makeIterator() -> Iterator { Iterator(self) }

    /// Reads one batch after the other; the memory that it takes does not grow with the file.
    public struct Iterator: IteratorProtocol {
        private let batches: CSVBatches
        /// The rest of the file; nil before the first batch.
        private var rows: CSVRows?
        private var hasEnded = false

        init(_ batches: CSVBatches) { self.batches = batches }

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
            // Taken out and put back, so that what it has read is not copied.
            var rows = try self.rows.take() ?? batches.openedFile()
            defer { self.rows = rows }
            guard let chunk = try rows.next(batches.batchSize) else { return nil }
            let cells = try batches.format.cells(chunk.text, file: batches.url.path, firstLine: chunk.firstLine)
            return try CSVTable(cells: cells, format: batches.format).table(named: batches.columnNames)
        }
    }

    /// The file from its first row with values on.
    private func openedFile() throws -> CSVRows {
        var rows = try CSVRows(of: url)
        if hasHeader { _ = try rows.next(1) }
        return rows
    }
}
