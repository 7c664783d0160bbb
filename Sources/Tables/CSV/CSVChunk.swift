/// What the cells of one column are read as.
enum CellKind: Sendable, Equatable {
    /// Nothing.
    case skipped
    /// Numbers, as long as all cells are.
    case inferred
    /// Numbers; anything else is an error. `strict` where a number that loses digits is one too.
    case numbers(strict: Bool)
    case strings
}

/// How one column is read.
struct ColumnPlan: Sendable {
    var kind: CellKind
    var marks: MissingMarks
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

/// The values of one column.
struct ColumnValues: Sendable {
    var numbers: [Double] = []
    var strings: [String?] = []
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

/// The values of some rows.
struct CSVChunk: Sendable {
    var rows = 0
    var columns: [ColumnValues] = []
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
        columns = reader.columns()
    }
}

/// Reads the rows of a text into two tables, one of numbers and one of strings, row by row.
private struct ChunkReader {
    /// What becomes of a cell.
    private enum Action { case skip, number, string, placeholder }

    var scanner: CSVScanner
    private let plan: CSVPlan
    private(set) var rows = 0
    private(set) var emptyRows = 0
    private var actions: [Action]
    private let isStrict: [Bool]
    private var values: [ColumnValues]
    private var numbers: [Double] = []
    private var strings: [String?] = []
    private var words: [RepeatedWords]
    /// Whether most numbers are read without a look at the cell.
    private let isPlain: Bool

    init(_ text: UnsafeBufferPointer<UInt8>, _ plan: CSVPlan) {
        scanner = CSVScanner(text, plan.dialect)
        self.plan = plan
        actions = plan.columns.map { column in
            switch column.kind {
            case .skipped: .skip
            case .inferred, .numbers: .number
            case .strings: .string
            }
        }
        isStrict = plan.columns.map { $0.kind != .numbers(strict: false) }
        values = plan.columns.map { _ in ColumnValues() }
        words = plan.columns.map { _ in RepeatedWords() }
        isPlain = plan.format.isPlain && !plan.columns.contains { $0.marks.hasNumbers }
        numbers.reserveCapacity(text.count / 7)
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
        case .number, .placeholder: numbers.append(.nan)
        case .string: strings.append(nil)
        }
    }

    private mutating func readRow() throws(CSVProblem) {
        let line = scanner.line
        let count = actions.count
        var column = 0
        while true {
            if column < count {
                try readCell(column)
            } else {
                _ = try scanner.cell(column: column)
            }
            column &+= 1
            guard scanner.endCell() else { break }
        }
        guard column == count else {
            throw CSVProblem(
                line: line, column: min(column, count) + 1,
                reason: "the line has \(column) values, but \(plan.firstRow) has \(count)")
        }
        scanner.endRow()
    }

    @inline(__always)
    private mutating func readCell(_ column: Int) throws(CSVProblem) {
        switch actions[column] {
        case .number:
            // Most cells are a number and nothing else.
            if isPlain, let scan = DecimalText.scan(scanner.text, from: scanner.position), endsCell(scan.end),
                !(scan.losesDigits && isStrict[column])
            {
                scanner.position = scan.end
                numbers.append(scan.value)
            } else {
                try readUnusualNumber(column)
            }
        case .string:
            try readString(column)
        case .placeholder:
            _ = try scanner.cell(column: column)
            numbers.append(.nan)
        case .skip:
            _ = try scanner.cell(column: column)
        }
    }

    @inline(__always)
    private func endsCell(_ index: Int) -> Bool {
        guard index < scanner.text.count else { return true }
        let byte = scanner.text[index]
        return byte == plan.dialect.separator || CSVDialect.isLineEnd(byte)
    }

    private mutating func readUnusualNumber(_ column: Int) throws(CSVProblem) {
        let line = scanner.line
        let cell = try scanner.cell(column: column)
        let trimmed = scanner.trimmed(cell)
        let marks = plan.columns[column].marks
        let scan = plan.format.number(in: trimmed)
        if let scan, !(scan.losesDigits && isStrict[column]) {
            numbers.append(marks.contains(scan.value) ? .nan : scan.value)
        } else if marks.contains(trimmed) {
            numbers.append(.nan)
        } else if let named = NamedNumber(trimmed) {
            if named.isUnambiguous { values[column].hasConstants = true } else { values[column].hasNames = true }
            numbers.append(named.value)
        } else {
            let place = CellPlace(
                line: line, column: column + 1,
                text: String(decoding: scanner.text[cell.range].prefix(40), as: UTF8.self),
                losesDigits: scan != nil)
            guard plan.columns[column].kind == .inferred else {
                throw CSVProblem(line: line, column: column + 1, reason: place.problem + plan.remedy)
            }
            values[column].firstText = place
            actions[column] = .placeholder
            numbers.append(.nan)
        }
    }

    private mutating func readString(_ column: Int) throws(CSVProblem) {
        let line = scanner.line
        let cell = try scanner.cell(column: column)
        if plan.columns[column].marks.contains(scanner.trimmed(cell)) { return strings.append(nil) }
        guard let string = words[column].string(cell, in: scanner) else {
            throw CSVProblem(
                line: line, column: column + 1,
                reason: "the value is not text in UTF-8; state another encoding:, such as .windowsCP1252")
        }
        strings.append(string)
    }

    /// The values column by column.
    func columns() -> [ColumnValues] {
        let numberCount = actions.count { $0 == .number || $0 == .placeholder }
        let stringCount = actions.count { $0 == .string }
        var values = values
        var (nextNumber, nextString) = (0, 0)
        for column in actions.indices {
            switch actions[column] {
            case .skip: break
            case .number, .placeholder:
                values[column].numbers = every(numberCount, of: numbers, from: nextNumber)
                nextNumber += 1
            case .string:
                values[column].strings = every(stringCount, of: strings, from: nextString)
                nextString += 1
            }
        }
        return values
    }

    private func every<Element>(_ step: Int, of table: [Element], from first: Int) -> [Element] {
        [Element](unsafeUninitializedCapacity: rows) { target, filled in
            for row in 0..<rows { target.initializeElement(at: row, to: table[row &* step &+ first]) }
            filled = rows
        }
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
