import Foundation
import TestSupport
import Testing

@testable import Tables

/// The parts of a file are its rows, in order.
@Suite struct CSVPartsTests {
    /// Reads a file in parts and requires that they are those of the whole.
    private func expectWhole(
        _ text: String, parts count: Int, separator: SeparatorRule = .detected, hasHeader: Bool = true,
        comment: Character? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> [Table] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "parts-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "rows.csv")
        try Data(text.utf8).write(to: file)
        let whole = try readCSV(file, separator: separator, comment: comment, hasHeader: hasHeader)
        let parts = try Exchange.run(count) { rank, exchange in
            try CSVParts(
                file, separator: separator, decimal: ".", thousands: nil, currency: [], percent: false,
                comment: comment, columns: nil, hasHeader: hasHeader, missingValues: .standard, stringColumns: [],
                numericColumns: [], skipInitialSpace: false
            ).table(part: rank, of: exchange.count, sum: { try exchange.sum($0, of: rank) }, together: { try $0() })
        }.map { try $0.get() }
        #expect(parts.map(\.rowCount).reduce(0, +) == whole.rowCount, sourceLocation: sourceLocation)
        var row = 0
        for part in parts {
            let rows = Array(row..<row + part.rowCount)
            row += part.rowCount
            if part.rowCount > 0, row <= whole.rowCount {
                #expect(part == whole.selectingRows(rows), sourceLocation: sourceLocation)
            }
        }
        return parts
    }

    private static let rows = (0..<200).map { "\($0 * 37 % 101),\($0 % 7 == 0 ? "" : "w\($0)"),\(Double($0) / 8)" }

    @Test(arguments: [1, 2, 3, 7], ["\n", "\r\n", "\r"])
    func plainRows(count: Int, lineEnd: String) throws {
        let parts = try expectWhole((["a,b,c"] + Self.rows).joined(separator: lineEnd) + lineEnd, parts: count)
        let sizes = parts.map(\.rowCount)
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) < 60 / count + 10, "the parts have about the same size")
        _ = try expectWhole((["a,b,c"] + Self.rows).joined(separator: lineEnd), parts: count)
    }

    /// A cut may lie anywhere, also in a cell with line ends and doubled quotation marks.
    @Test(arguments: [2, 3, 5, 11])
    func quotedLineEnds(count: Int) throws {
        let rows = (0..<60).map { "\($0),\"line\n\"\"\($0)\"\"\r\n, \n\",\"\"" }
        _ = try expectWhole((["a,b,c"] + rows).joined(separator: "\n"), parts: count)
        for length in 0..<24 {
            let first = "\(String(repeating: "x", count: length)),\"\n\"\"\n\",1"
            _ = try expectWhole((["a,b,c", first] + rows.prefix(5)).joined(separator: "\n"), parts: count)
        }
    }

    /// Quotation marks inside of cells count as beginnings and ends of quotations. The parts are right all the same.
    @Test(arguments: [2, 3, 8])
    func quotationMarksInsideOfCells(count: Int) throws {
        let rows = (0..<40).map { $0 % 3 == 0 ? "\($0),5\" pipe,\"a\nb\"" : "\($0),plain,\"\n\n\"" }
        _ = try expectWhole((["a,b,c"] + rows).joined(separator: "\n"), parts: count)
    }

    @Test func longRowsAndEmptyParts() throws {
        let long = "1,\"\(String(repeating: "long\n", count: 40_000))\",2"
        let parts = try expectWhole("a,b,c\n\(long)\n3,x,4\n", parts: 5)
        #expect(parts.map(\.rowCount).contains(0))
        _ = try expectWhole("a,b\n1,2\n", parts: 4)
        _ = try expectWhole("1,2\n3,4\n5,6", parts: 3, hasHeader: false)
        _ = try expectWhole("\u{FEFF}a;b\n1;2\n3;4\n5;6\n7;8\n", parts: 3)
        _ = try expectWhole("# first\na,b\n1,2\n# it's \"here\n3,4\n5,6\n7,8\n", parts: 3, comment: "#")
    }

    @Test func aColumnIsCategoricalInAllPartsOrInNone() throws {
        let rows = (0..<30).map { $0 == 27 ? "\($0),word" : "\($0),\($0)" }
        let parts = try expectWhole((["a,b"] + rows).joined(separator: "\n"), parts: 4)
        for part in parts { #expect(try part.strings("b").count == part.rowCount) }
    }

    @Test func otherEncodingsAreRejected() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "parts-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "rows.csv")
        try #require("a,b\n1,2\n".data(using: .utf16)).write(to: file)
        #expect {
            _ = try CSVParts(
                file, separator: .detected, decimal: ".", thousands: nil, currency: [], percent: false, comment: nil,
                columns: nil, hasHeader: true, missingValues: .standard, stringColumns: [], numericColumns: [],
                skipInitialSpace: false)
        } throws: { "\($0)".contains("only a file in UTF-8 is read in parts") }
    }
}
