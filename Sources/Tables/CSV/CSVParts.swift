package import ModelFiles

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A CSV file of which several processes read a part of the rows each.
///
/// The file is cut into parts of the same number of bytes. A part has the rows that begin in it. Where a row begins depends on all
/// quotation marks before it. Each process counts those in its part, and assumes that each begins or ends a quotation.
/// A mark inside of a cell, such as `5" pipe`, makes this wrong; the process of the part before then finds another row,
/// and all parts are read again, one after the other.
package struct CSVParts: Sendable {
    private let file: RegularFile
    private let options: CSVOptions
    private let dialect: CSVDialect
    /// The bytes of all rows, behind the names.
    private let rows: Range<Int>

    /// Reads the names of the columns.
    ///
    /// - Throws: what ``readCSV`` throws about its arguments and the first row; ``TableError`` for an encoding other than UTF-8.
    package init(
        _ path: some FileLocation, separator: some CSVSeparator, decimal: Character, thousands: Character?,
        currency: Set<String>, percent: Bool, comment: Character?, columns: [String]?, hasHeader: Bool?,
        missingValues: some MissingValues, stringColumns: Set<String>, numericColumns: Set<String>,
        skipInitialSpace: Bool
    ) throws {
        var options = try CSVOptions(
            separator: separator, decimal: decimal, thousands: thousands, currency: currency, percent: percent,
            comment: comment, columns: columns, hasHeader: hasHeader, missingValues: missingValues,
            stringColumns: stringColumns, numericColumns: numericColumns, skipInitialSpace: skipInitialSpace)
        file = try RegularFile(table: path)
        let reader = try CSVReader(.file(file), options)
        guard reader.source.encoding == .utf8 else {
            throw TableError.unreadable(
                file: file.path, reason: "only a file in UTF-8 is read in parts, but it is in \(reader.source.encoding)"
            )
        }
        // Every part has the separator of the whole file.
        if reader.source.isSeparatorDetected {
            options.separator = SeparatorRule(kind: .text("\(reader.source.separator)"))
        }
        self.options = options
        dialect = reader.dialect
        rows = min(reader.position, file.size)..<file.size
    }

    /// Reads a part.
    ///
    /// - Parameters:
    ///   - sum: adds up an array of numbers of all processes, each of which reads its part.
    ///   - together: runs work that throws in all processes if it throws in one.
    /// - Throws: what ``readCSV`` throws.
    package func table(
        part: Int, of count: Int, sum: (_ numbers: [Double]) throws -> [Double],
        together: (_ work: () throws -> Table) throws -> Table
    ) throws -> Table {
        let range = try range(part: part, of: count, sum: sum)
        let table = try together { try self.table(range) }
        // A column is categorical in all parts if it is in one that has rows.
        let isText = table.columns.map { column in
            if case .strings = column { table.rowCount > 0 } else { false }
        }
        let texts = try sum(isText.map { $0 ? 1 : 0 }).map { $0 > 0 }
        let strings = table.columnNames.indices.filter { texts[$0] && !isText[$0] }.map { table.columnNames[$0] }
        return try together { strings.isEmpty ? table : try self.table(range, strings: Set(strings)) }
    }

    /// Finds the bytes of a part's rows.
    ///
    /// - Parameter sum: adds up an array of numbers of all processes, each of which finds its part.
    /// - Throws: ``TableError/unreadable(file:reason:)``; any error of `sum`.
    package func range(
        part: Int, of count: Int, sum: (_ numbers: [Double]) throws -> [Double]
    ) throws -> Range<Int> {
        func gather(_ number: Int) throws -> [Int] {
            try sum((0..<count).map { $0 == part ? Double(number) : 0 }).map { Int($0) }
        }
        func cut(_ part: Int) -> Int { rows.lowerBound + rows.count * part / count }
        let marks = try gather(quotationMarks(in: cut(part)..<cut(part + 1)))
        let isQuoted = marks[..<part].reduce(0, +) % 2 == 1
        let start = part == 0 ? rows.lowerBound : try row(from: cut(part), isQuoted: isQuoted)
        let starts = try gather(start) + [rows.upperBound]
        let ends = try gather(end(ofRowsFrom: start, before: cut(part + 1)))
        if ends == Array(starts.dropFirst()) { return start..<ends[part] }
        var found = [rows.lowerBound]
        for other in 0..<count {
            let end = other == part ? try end(ofRowsFrom: found[part], before: cut(part + 1)) : 0
            found.append(try gather(end)[other])
        }
        return found[part]..<found[part + 1]
    }

    /// Reads the rows in a range of bytes.
    ///
    /// - Parameter strings: columns that are categorical, besides those that the options name.
    /// - Throws: what ``readCSV`` throws; lines count from the beginning of the part.
    package func table(_ range: Range<Int>, strings: Set<String> = []) throws -> Table {
        var options = options
        options.stringColumns.formUnion(strings)
        return try readTable(.part(file, beginning: rows.lowerBound, rows: range), options)
    }

    private func quotationMarks(in range: Range<Int>) throws -> Int {
        var count = 0
        for first in stride(from: range.lowerBound, to: range.upperBound, by: 1 << 22) {
            let bytes = try bytes(first..<min(first + 1 << 22, range.upperBound))
            count += bytes.count { $0 == CSVDialect.quote }
        }
        return count
    }

    /// The beginning of the first row at or behind a place.
    private func row(from place: Int, isQuoted: Bool) throws -> Int {
        guard place > rows.lowerBound else { return rows.lowerBound }
        // A line end before the place ends the row before, if it is outside of quotation marks.
        var isQuoted = isQuoted
        var index = place - 1
        var text: [UInt8] = []
        let base = index
        if try bytes(index..<place).first == CSVDialect.quote { isQuoted.toggle() }
        while true {
            if index + 1 >= base + text.count {
                let more = try bytes(base + text.count..<min(base + text.count + 1 << 16, rows.upperBound))
                if more.isEmpty { return rows.upperBound }
                text += more
            }
            let byte = text[index - base]
            if byte == CSVDialect.quote { isQuoted.toggle() }
            if !isQuoted, CSVDialect.isLineEnd(byte) {
                let isPair =
                    byte == CSVDialect.carriageReturn && index + 1 < base + text.count
                    && text[index + 1 - base] == CSVDialect.lineFeed
                let next = index + (isPair ? 2 : 1)
                if next >= place { return next }
            }
            index += 1
            if index >= rows.upperBound { return rows.upperBound }
        }
    }

    /// The end of the row that reaches or passes a place, of rows that begin at `start`.
    private func end(ofRowsFrom start: Int, before place: Int) throws -> Int {
        guard place < rows.upperBound else { return rows.upperBound }
        guard start < place else { return start }
        var last = min(place + 1 << 16, rows.upperBound)
        while true {
            let text = try bytes(start..<last)
            let isWhole = last == rows.upperBound
            let end = text.withUnsafeBufferPointer {
                dialect.rowEnds(in: $0, isWhole: isWhole, every: place - start, limit: 1).first
            }
            if let end { return start + end }
            if isWhole { return rows.upperBound }
            last = min(start + 2 * (last - start), rows.upperBound)
        }
    }

    private func bytes(_ range: Range<Int>) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try file.read(range.count, at: range.lowerBound, into: &bytes)
        return bytes
    }
}
