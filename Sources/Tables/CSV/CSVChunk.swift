internal import CKernels

/// What the cells of one column are read as.
enum CellKind: Sendable, Equatable {
    /// Nothing.
    case skipped
    /// Numbers, as long as all cells are.
    case inferred
    /// Numbers; anything else is an error. `strict` where a number that loses digits is one too.
    case numbers(strict: Bool)
    /// Dates; anything else is an error.
    case dates(DateOrder)
    case strings
}

/// How one column is read.
struct ColumnPlan: Sendable {
    var kind: CellKind
    var marks: MissingMarks

    var holdsDates: Bool {
        if case .dates = kind { true } else { false }
    }
}

/// The first cell of a column that is not a number.
struct CellPlace: Sendable {
    /// Counted from that on which the text begins, which is 0.
    var line: Int
    /// Counted from 1.
    var column: Int
    var text: String
    /// Whether it is one, but loses digits as one.
    var losesDigits: Bool

    /// What is wrong with it.
    var problem: String {
        losesDigits
            ? "the value \"\(text)\" loses digits as a number" : "the value \"\(text)\" is not a number"
    }
}

/// What is known of one column of some rows.
struct ColumnFindings: Sendable {
    /// The first cell that is not a number, where numbers were expected.
    var firstText: CellPlace?
    /// Whether there is `inf` or `nan` as programs write it, and whether there is a name of it such as `Inf`.
    var hasConstants = false
    var hasNames = false
}

/// How the rows of a CSV text are read.
struct CSVPlan: Sendable {
    var dialect: CSVDialect
    var format: NumberFormat
    var columns: [ColumnPlan]
    /// What a row of another length is compared with.
    var firstRow: String
    /// Where numbers are needed: what is to be done about a cell that is none.
    var remedy: String

    /// Whether an empty line is a row. In a file of one column it is one with a missing value.
    var hasEmptyRows: Bool {
        columns.count == 1 && columns[0].marks.contains(UnsafeBufferPointer(start: nil, count: 0))
    }
}

/// The values of some rows, column by column.
struct CSVChunk: Sendable {
    var rows = 0
    var columns: [ColumnFindings] = []
    let numbers: NumberColumns
    /// The strings of every column, which may have one more than there are rows.
    var strings: [[String?]] = []
    /// How many lines have ended.
    var lines = 0
    /// Empty lines at the end, which are rows if others follow.
    var emptyRows = 0
    /// Why the row behind these cannot be read.
    var failure: CSVProblem?

    /// Reads up to `limit` rows of a text.
    ///
    /// - Complexity: O(`text.count`).
    init(_ text: UnsafeBufferPointer<UInt8>, _ plan: CSVPlan, limit: Int) {
        var reader = ChunkReader(text, plan)
        failure = reader.read(limit)
        rows = reader.rows
        lines = reader.scanner.line
        emptyRows = reader.emptyRows
        columns = reader.columns
        numbers = reader.numbers
        strings = reader.strings
    }
}

/// The numbers of some columns, with room for the same number of rows in each.
final class NumberColumns: @unchecked Sendable {
    /// How many elements lie between two columns.
    let stride: Int
    /// The place of each column, from 0; nil where it has no numbers.
    private let places: [Int?]
    private let values: UnsafeMutablePointer<Double>

    /// Makes room for the columns that hold numbers.
    init(_ hasNumbers: [Bool], rows: Int) {
        var count = 0
        places = hasNumbers.map { hasNumbers in
            defer { count += hasNumbers ? 1 : 0 }
            return hasNumbers ? count : nil
        }
        stride = rows
        values = .allocate(capacity: max(1, count * rows))
    }

    deinit { values.deallocate() }

    /// Where a column begins that holds numbers.
    ///
    /// One thread writes, before others read.
    func start(of column: Int) -> UnsafeMutablePointer<Double> { values + (places[column] ?? 0) * stride }
}

/// Reads the rows of a text.
private struct ChunkReader {
    /// What becomes of a cell.
    private enum Action { case skip, number, string, placeholder }

    var scanner: CSVScanner
    private let plan: CSVPlan
    private(set) var rows = 0
    private(set) var emptyRows = 0
    private(set) var columns: [ColumnFindings]
    let numbers: NumberColumns
    private(set) var strings: [[String?]]
    private var actions: [Action]
    private var words: [RepeatedWords]
    /// How many columns from each on, itself included, hold numbers that are written as in Swift.
    private var plainNumbers: [Int] = []

    init(_ text: UnsafeBufferPointer<UInt8>, _ plan: CSVPlan) {
        scanner = CSVScanner(text, plan.dialect)
        self.plan = plan
        actions = plan.columns.map { column in
            switch column.kind {
            case .skipped: .skip
            case .inferred, .numbers, .dates: .number
            case .strings: .string
            }
        }
        columns = plan.columns.map { _ in ColumnFindings() }
        words = plan.columns.map { _ in RepeatedWords() }
        strings = plan.columns.map { _ in [] }
        // Every row but the last ends in a line end.
        let mostRows = text.baseAddress.map { kernel_count_line_ends($0, text.count) + 1 } ?? 0
        numbers = NumberColumns(actions.map { $0 == .number }, rows: mostRows)
        for column in actions.indices where actions[column] == .string { strings[column].reserveCapacity(mostRows) }
        countPlainNumbers()
    }

    private mutating func countPlainNumbers() {
        plainNumbers = Array(repeating: 0, count: actions.count + 1)
        guard plan.format.isPlain else { return }
        for column in actions.indices.reversed()
        where actions[column] == .number && !plan.columns[column].marks.hasNumbers && !plan.columns[column].holdsDates {
            plainNumbers[column] = plainNumbers[column + 1] + 1
        }
    }

    /// Reads up to `limit` rows, and returns what is wrong with the next.
    mutating func read(_ limit: Int) -> CSVProblem? {
        let hasEmptyRows = plan.hasEmptyRows
        while rows < limit {
            let empty = scanner.skipEmptyLines()
            emptyRows = hasEmptyRows ? emptyRows + empty : 0
            guard scanner.position < scanner.text.count else { return nil }
            while emptyRows > 0, rows < limit {
                emptyRows -= 1
                appendMissing()
                rows += 1
            }
            guard rows < limit else { return nil }
            do {
                try readRow()
                rows += 1
            } catch {
                return error
            }
        }
        return nil
    }

    private mutating func appendMissing() {
        switch actions[0] {
        case .skip: break
        case .number, .placeholder: set(.nan, 0)
        case .string: strings[0].append(nil)
        }
    }

    private mutating func readRow() throws(CSVProblem) {
        let line = scanner.line
        let count = actions.count
        var column = 0
        repeat {
            let read = column < count ? readPlainNumbers(column) : 0
            if read > 0 {
                column += read
            } else {
                try readCell(column)
                column += 1
            }
        } while scanner.endCell()
        guard column == count else {
            throw CSVProblem(
                line: line, column: min(column, count) + 1,
                reason: "the line has \(column) values, but \(plan.firstRow) has \(count)")
        }
        scanner.endRow()
    }

    /// Reads cells that are numbers and nothing else, as most are, and returns how many there are.
    private mutating func readPlainNumbers(_ column: Int) -> Int {
        let most = plainNumbers[column]
        guard most > 0, let text = scanner.text.baseAddress else { return 0 }
        return kernel_read_decimals(
            text, scanner.text.count, &scanner.position, plan.dialect.separator, numbers.start(of: column) + rows,
            numbers.stride, most)
    }

    private func set(_ number: Double, _ column: Int) { numbers.start(of: column)[rows] = number }

    private mutating func readCell(_ column: Int) throws(CSVProblem) {
        guard column < actions.count else { return _ = try scanner.cell(column: column) }
        switch actions[column] {
        case .number:
            try readNumber(column)
        case .string:
            try readString(column)
        case .placeholder:
            _ = try scanner.cell(column: column)
            set(.nan, column)
        case .skip:
            _ = try scanner.cell(column: column)
        }
    }

    private mutating func readNumber(_ column: Int) throws(CSVProblem) {
        let line = scanner.line
        let cell = try scanner.cell(column: column)
        let trimmed = scanner.trimmed(cell)
        let kind = plan.columns[column].kind
        let marks = plan.columns[column].marks
        if case .dates(let order) = kind {
            if marks.contains(trimmed) { return set(.nan, column) }
            guard let date = DateText.scan(trimmed, order) else {
                let text = String(decoding: scanner.text[cell.range].prefix(40), as: UTF8.self)
                throw CSVProblem(
                    line: line, column: column + 1,
                    reason: "the value \"\(text)\" is not a date in the order \(order.words), such as \(order.example)")
            }
            return set(date.days, column)
        }
        let scan = plan.format.number(in: trimmed)
        if let scan, !scan.losesDigits || kind == .numbers(strict: false) {
            set(marks.contains(scan.value) ? .nan : scan.value, column)
        } else if marks.contains(trimmed) {
            set(.nan, column)
        } else if let named = NamedNumber(trimmed) {
            if named.isUnambiguous { columns[column].hasConstants = true } else { columns[column].hasNames = true }
            set(named.value, column)
        } else {
            let place = CellPlace(
                line: line, column: column + 1,
                text: String(decoding: scanner.text[cell.range].prefix(40), as: UTF8.self),
                losesDigits: scan != nil)
            guard kind == .inferred else {
                throw CSVProblem(line: line, column: column + 1, reason: place.problem + remedy(trimmed))
            }
            columns[column].firstText = place
            actions[column] = .placeholder
            countPlainNumbers()
            set(.nan, column)
        }
    }

    /// What is to be done about a cell that is no number.
    private func remedy(_ cell: UnsafeBufferPointer<UInt8>) -> String {
        DateOrder.allCases.contains { DateText.scan(cell, $0) != nil }
            ? "; a column of dates has to be one of dateColumns" : plan.remedy
    }

    private mutating func readString(_ column: Int) throws(CSVProblem) {
        let line = scanner.line
        let cell = try scanner.cell(column: column)
        if plan.columns[column].marks.contains(scanner.trimmed(cell)) { return strings[column].append(nil) }
        guard let string = words[column].string(cell, in: scanner) else {
            throw CSVProblem(
                line: line, column: column + 1,
                reason: "the value is not text in UTF-8; state another encoding:, such as .windowsCP1252")
        }
        strings[column].append(string)
    }
}

/// Infinity or NaN by name.
private struct NamedNumber {
    let value: Double
    /// Whether it is written as programs do, and not as names of people and places are too.
    let isUnambiguous: Bool

    init?(_ cell: UnsafeBufferPointer<UInt8>) {
        guard cell.count >= 3, cell.count <= "-infinity".utf8.count else { return nil }
        let text = String(decoding: cell, as: UTF8.self)
        switch text.lowercased() {
        case "inf", "+inf", "infinity", "+infinity": value = .infinity
        case "-inf", "-infinity": value = -.infinity
        case "nan" where text != "Nan", "-nan" where text != "-Nan": value = .nan
        default: return nil
        }
        isUnambiguous = text == text.lowercased() || text == "NaN" || text.hasPrefix("-") || text.hasPrefix("+")
    }
}

/// The strings that a column had last, so that one that is repeated is made and kept once.
private struct RepeatedWords {
    private static let count = 128
    private static let longest = 128
    private var known: [(range: Range<Int>, string: String)?] = []

    /// The content of a cell; nil where it is not UTF-8.
    mutating func string(_ cell: CSVScanner.Cell, in scanner: CSVScanner) -> String? {
        // Of two cells with the same bytes one may have doubled marks that are single in the other.
        guard !cell.hasDoubledQuotes, cell.range.count <= Self.longest else { return scanner.string(cell) }
        let bytes = UnsafeBufferPointer(rebasing: scanner.text[cell.range])
        var hash: UInt32 = 0x811C_9DC5
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        let place = Int(hash % UInt32(Self.count))
        if known.isEmpty { known = Array(repeating: nil, count: Self.count) }
        if let (range, string) = known[place], range.count == bytes.count,
            scanner.text[range].elementsEqual(bytes)
        {
            return string
        }
        guard let string = scanner.string(cell) else { return nil }
        known[place] = (cell.range, string)
        return string
    }
}
