import Estimators

/// What becomes of the cells of a CSV file: names, and columns of numbers or words.
struct CSVTable {
    let cells: CSVCells
    let format: CSVFormat

    /// The table: the header, if there is one, and all other rows. Without being told, it finds out whether there is.
    ///
    /// - Throws: ``TableError``.
    func table(hasHeader: Bool?) throws -> Table {
        let hasHeader = try hasHeader ?? looksLikeHeader()
        let names = try names(hasHeader: hasHeader)
        let rows = (hasHeader ? 1 : 0)..<cells.rows
        let columns = try names.enumerated().map { column, name in
            if !format.stringColumns.contains(name), let numbers = numbers(column, rows) {
                return Table.Column.numbers(numbers)
            }
            return Table.Column.strings(try strings(column, rows))
        }
        return try Table(columnNames: names, columns: columns)
    }

    /// The table of all rows, with those names, in which all columns hold numbers but those that are said to hold words.
    ///
    /// - Throws: ``TableError/malformed(file:line:column:reason:)``.
    func table(named names: [String]) throws -> Table {
        guard cells.columns == names.count else {
            throw TableError.malformed(
                file: cells.file, line: cells.lines[0], column: min(cells.columns, names.count) + 1,
                reason: "the line has \(cells.columns) values, but the first has \(names.count)")
        }
        let rows = 0..<cells.rows
        let columns = try names.enumerated().map { column, name in
            if format.stringColumns.contains(name) { return Table.Column.strings(try strings(column, rows)) }
            guard let numbers = numbers(column, rows) else { throw wordAmongNumbers(column, rows) }
            return Table.Column.numbers(numbers)
        }
        return try Table(columnNames: names, columns: columns)
    }

    // MARK: Header

    /// The names of the columns: those in the first row, or `x0`, `x1`, ….
    ///
    /// - Throws: ``TableError`` where there is no row, a name occurs twice, or a column that is to hold words is unknown.
    func names(hasHeader: Bool) throws -> [String] {
        try checkIsNotEmpty()
        let names = try hasHeader ? header() : (0..<cells.columns).map { "x\($0)" }
        if let unknown = format.stringColumns.subtracting(names).min() {
            throw TableError.invalidArgument(
                name: "stringColumns", value: "\"\(unknown)\"", allowed: "names of columns of \(cells.file)")
        }
        return names
    }

    /// Whether the first row can be names: it has no number, nothing that stands for a missing value, and no name
    /// twice.
    ///
    /// - Throws: ``TableError/malformed(file:line:column:reason:)`` where there is no row, or a name is not text.
    func looksLikeHeader() throws -> Bool {
        try checkIsNotEmpty()
        var names: Set<String> = []
        for column in 0..<cells.columns {
            let cell = cells.trimmed(row: 0, column: column)
            // A table with row names often leaves the first cell of its header empty.
            if cell.isEmpty { continue }
            guard !format.missing.contains(cell), CSVNumber.number(in: cell) == nil,
                names.insert(try name(column)).inserted
            else { return false }
        }
        return !names.isEmpty
    }

    private func checkIsNotEmpty() throws {
        guard cells.rows > 0 else {
            throw TableError.malformed(file: cells.file, line: 1, column: 1, reason: "there is nothing in it")
        }
    }

    private func header() throws -> [String] {
        var positions: [String: Int] = [:]
        return try (0..<cells.columns).map { column in
            let given = try name(column)
            let name = given.isEmpty ? "x\(column)" : given
            if let other = positions.updateValue(column, forKey: name) {
                throw TableError.malformed(
                    file: cells.file, line: cells.lines[0], column: column + 1,
                    reason: "the name \"\(name)\" is already that of column \(other + 1)")
            }
            return name
        }
    }

    private func name(_ column: Int) throws -> String {
        let text = try cells.text(row: 0, column: column)
        return String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    // MARK: Columns

    /// The numbers of a column, or nil where one cell is something else.
    private func numbers(_ column: Int, _ rows: Range<Int>) -> [Double]? {
        var numbers: [Double] = []
        numbers.reserveCapacity(rows.count)
        for row in rows {
            let cell = cells.trimmed(row: row, column: column)
            if format.missing.contains(cell) {
                numbers.append(.nan)
            } else if let number = CSVNumber.number(in: cell) {
                numbers.append(number)
            } else {
                return nil
            }
        }
        return numbers
    }

    /// What is wrong with a column of numbers, among which there is a word.
    private func wordAmongNumbers(_ column: Int, _ rows: Range<Int>) -> TableError {
        let row = rows.first { numbers(column, $0..<$0 + 1) == nil } ?? rows.lowerBound
        let word = (try? cells.text(row: row, column: column)).map { " \"\($0.prefix(40))\"" } ?? ""
        return .malformed(
            file: cells.file, line: cells.lines[row], column: column + 1,
            reason: "the value\(word) is not a number; a column of words has to be one of stringColumns")
    }

    private func strings(_ column: Int, _ rows: Range<Int>) throws -> [String?] {
        try rows.map { row in
            format.missing.contains(cells.trimmed(row: row, column: column))
                ? nil : try cells.text(row: row, column: column)
        }
    }
}

/// A number as CSV files have it: a decimal, or a name of what is not finite.
enum CSVNumber {
    static func number(in cell: ArraySlice<UInt8>) -> Double? {
        if let number = DecimalText.number(in: cell) { return number }
        guard cell.count <= "-infinity".utf8.count else { return nil }
        switch String(decoding: cell, as: UTF8.self).lowercased() {
        case "nan": return .nan
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        default: return nil
        }
    }
}

/// The texts that stand for a missing value.
struct MissingMarks: Sendable {
    /// By length, since most cells are longer than any mark.
    private var byLength: [[[UInt8]]] = []

    init(_ marks: Set<String>) {
        for mark in marks {
            let bytes = Array(mark.utf8)
            while byLength.count <= bytes.count { byLength.append([]) }
            byLength[bytes.count].append(bytes)
        }
    }

    func contains(_ cell: ArraySlice<UInt8>) -> Bool {
        cell.count < byLength.count && byLength[cell.count].contains { $0.elementsEqual(cell) }
    }
}
