import SwiftMLP

/// Rows on their way from a body to a table.
struct Rows {
    private let model: ServedModel
    private let limit: Int
    private var numbers: [[Double]]
    private var strings: [[String?]]
    /// The last row that had a value in each column, from 1.
    private var filled: [Int]
    private(set) var count = 0

    init(of model: ServedModel, limit: Int) {
        (self.model, self.limit) = (model, limit)
        numbers = Array(repeating: [], count: model.numberCount)
        strings = Array(repeating: [], count: model.stringCount)
        filled = Array(repeating: 0, count: model.columns.count)
    }

    /// The table of all rows.
    func table() throws -> Table {
        try Table(
            columnNames: model.columnNames,
            columns: model.columns.map { $0.isNumber ? .numbers(numbers[$0.index]) : .strings(strings[$0.index]) })
    }

    /// Reads an object: a row.
    ///
    /// - Throws: `ServiceError` for what is no JSON, and for values and names that the model does not take.
    mutating func append(_ scanner: inout JSONScanner, ignoresUnknown: Bool, isOnly: Bool) throws {
        guard count < limit else { throw ServiceError.tooManyRows(limit: limit) }
        count += 1
        let row = count
        let place = isOnly ? "the row" : "row \(row)"
        guard try scanner.kind() == .object else {
            throw scanner.malformed("\(place) must be an object with a value for each column")
        }
        var expected = 0
        var values = 0
        var unknown: [String] = []
        try scanner.object { text, scanner in
            // Most clients write the columns in their order.
            let position: Int
            if expected < model.columns.count, scanner.equals(text, model.columns[expected].bytes) {
                position = expected
            } else {
                let name = try scanner.string(text)
                guard let found = model.positions[name] else {
                    if unknown.count < 100 { unknown.append(name) }
                    return try scanner.skip()
                }
                position = found
            }
            expected = position + 1
            let column = model.columns[position]
            guard filled[position] != row else {
                throw ServiceError.badRequest("\(place) has the column \"\(column.name)\" twice")
            }
            filled[position] = row
            values += 1
            try appendValue(of: column, &scanner, place)
        }
        let missing = values < filled.count ? model.columns.indices.filter { filled[$0] != row } : []
        if !unknown.isEmpty, !ignoresUnknown {
            throw model.unknownColumns(unknown, place: place, free: missing.map { model.columnNames[$0] })
        }
        if !missing.isEmpty { throw model.missingColumns(missing.map { model.columnNames[$0] }, place: place) }
    }

    private mutating func appendValue(
        of column: ServedModel.Column, _ scanner: inout JSONScanner, _ place: String
    ) throws {
        if let order = column.dates, try scanner.kind() == .string {
            let text = try scanner.string()
            guard let date = CalendarDate(text, order: order) else {
                throw ServiceError.badRequest(
                    "\(place), column \"\(column.name)\": must be a date such as \"2024-01-31\", or null where it is "
                        + "missing, but is \"\(text.prefix(60))\"")
            }
            return numbers[column.index].append(date.days)
        }
        switch (try scanner.kind(), column.isNumber) {
        case (.number, true) where column.dates == nil: numbers[column.index].append(try scanner.number())
        case (.string, false): strings[column.index].append(try scanner.string())
        case (.null, true):
            try scanner.null()
            numbers[column.index].append(.nan)
        case (.null, false):
            try scanner.null()
            strings[column.index].append(nil)
        case (_, let isNumber):
            let allowed =
                column.dates != nil
                ? "a date in quotation marks" : isNumber ? "a number" : "a string in quotation marks"
            let start = scanner.position
            try scanner.skip()
            let value = String(decoding: scanner.bytes[start..<scanner.position].prefix(60), as: UTF8.self)
            throw ServiceError.badRequest(
                "\(place), column \"\(column.name)\": must be \(allowed), or null where it is missing, but is \(value)")
        }
    }
}

extension ServedModel {
    /// The rows of a JSON body: an object, a list of objects, or an object on each line.
    ///
    /// - Parameter areLines: whether the client has said that the body is JSON Lines.
    /// - Returns: the table, and whether it is the one row of an object that stands alone.
    /// - Throws: `ServiceError` for what is no JSON, and for values and names that the model does not take.
    func rows(
        json body: [UInt8], ignoresUnknown: Bool, areLines: Bool, limit: Int
    ) throws -> (table: Table, isSingle: Bool) {
        var scanner = JSONScanner(body)
        var rows = Rows(of: self, limit: limit)
        switch scanner.next() {
        case UInt8(ascii: "[")? where !areLines:
            try scanner.list { try rows.append(&$0, ignoresUnknown: ignoresUnknown, isOnly: false) }
            try scanner.expectEnd()
            return (try rows.table(), false)
        case UInt8(ascii: "{")?:
            try rows.append(&scanner, ignoresUnknown: ignoresUnknown, isOnly: !areLines)
            let isSingle = scanner.next() == nil && !areLines
            while scanner.next() != nil {
                try rows.append(&scanner, ignoresUnknown: ignoresUnknown, isOnly: false)
            }
            return (try rows.table(), isSingle)
        case nil:
            throw ServiceError.badRequest("the body is empty: send a JSON object with a value for each column")
        default:
            _ = try scanner.kind()
            throw scanner.malformed(
                "expected an object, a list of objects or JSON Lines; for CSV send Content-Type: text/csv")
        }
    }

    /// The most columns of CSV, in addition to twice those of the model.
    private static let mostColumns = 10_000

    /// The rows of a CSV body.
    ///
    /// - Throws: `ServiceError` for what cannot be read, and for names that the model does not take.
    func rows(csv body: [UInt8], ignoresUnknown: Bool, limit: Int) throws -> Table {
        guard let text = String(validating: body, as: UTF8.self) else {
            throw ServiceError.badRequest("the body must be CSV in UTF-8, but has other bytes")
        }
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw ServiceError.badRequest("the body is empty: send CSV with the names of the columns in the first line")
        }
        // A reader prepares each column, which a hostile body may have millions of.
        let ends = body.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? body.endIndex
        let separators = body[..<ends].count { [0x2C, 0x3B, 0x09, 0x7C].contains($0) }
        guard separators < Self.mostColumns + 2 * columns.count else {
            throw ServiceError.badRequest(
                "the first line of the body has more than \(separators) columns: the model takes \(columns.count)")
        }
        // A request is UTF-8, and need not have the separator of the training data.
        var reading = card.reading
        (reading.separator, reading.encoding, reading.comment) = (nil, nil, nil)
        do {
            let head = try readCSV(text: text, reading.format(), nRows: 1)
            try checkNames(head.columnNames, ignoresUnknown: ignoresUnknown, place: "the first line of the body")
            let table = try readCSV(text: text, reading.format(card.types), columns: columnNames, nRows: limit + 1)
            guard table.rowCount <= limit else { throw ServiceError.tooManyRows(limit: limit) }
            return table
        } catch let error as TableError {
            if case .malformed(_, let line, let column, let reason) = error {
                throw ServiceError.badRequest(
                    "the body, line \(line), column \(column): \(reason.withoutFullStop)")
            }
            if case .unreadable(_, let reason) = error {
                throw ServiceError.badRequest("the body is no CSV: \(reason.prefix { $0 != ":" })")
            }
            throw ServiceError.badRequest("\(error)".withoutFullStop)
        } catch let error as EstimatorError {
            throw ServiceError.badRequest("\(error)".withoutFullStop)
        }
    }
}
