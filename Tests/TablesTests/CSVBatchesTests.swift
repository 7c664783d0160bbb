import Estimators
import Foundation
import ModelFiles
import NumPyRandom
import Tables
import TestSupport
import Testing

@testable import Tables

@Suite struct CSVBatchesTests {
    @Test(arguments: [1, 2, 3, 4, 7, 100])
    func batchesAreTheRowsInOrder(batchSize: Int) throws {
        let text = "a,b\n1,x\n2,\"y\nz\"\n\n3,\n,w\n5,\"v\"\"\"\n6,u\n7,t"
        try withFile(text) { file in
            let whole = try readCSV(file)
            let batches = try CSVBatches(contentsOf: file, batchSize: batchSize, stringColumns: ["b"])
            #expect(batches.columnNames == ["a", "b"])
            // Each loop reads from the beginning.
            for _ in 1...2 {
                let tables = try batches.map { try $0.get() }
                #expect(tables.dropLast().allSatisfy { $0.rowCount == batchSize })
                #expect(try joined(tables) == whole)
            }
        }
    }

    /// Whatever a table holds and wherever its batches are cut, they are the table that is read at once.
    @Test func batchesTogetherAreTheTable() throws {
        var random = RandomState(seed: 1)
        let alphabet = Array("ab,\"\n\r é–1 ")
        for round in 0..<200 {
            let rows = try (0..<random.randint(in: 1...40)).map { _ in
                let word = String((0..<random.randint(in: 0...5)).map { _ in alphabet[random.randint(in: 0...10)] })
                return "\(try random.normal()),\"\(word.replacing("\"", with: "\"\""))\""
            }
            let end = ["\n", "\r\n", "\r"][round % 3]
            let text =
                (round % 2 == 0 ? "\u{FEFF}" : "") + (["n,w"] + rows).joined(separator: end)
                + (round % 5 == 0 ? end : "")
            try withFile(text) { file in
                let whole = try readCSV(file, hasHeader: true, missingValues: [], stringColumns: ["w"])
                let batches = try CSVBatches(
                    contentsOf: file, batchSize: random.randint(in: 1...10), hasHeader: true, missingValues: [],
                    stringColumns: ["w"])
                let tables = try batches.map { try $0.get() }
                #expect(try joined(tables) == whole)
            }
        }
    }

    /// Rows are cut where the file is read bit by bit: the table is longer than what is read at once.
    @Test(arguments: ["\n", "\r\n"])
    func theFileMayBeLongerThanWhatIsReadAtOnce(end: String) throws {
        let text = "n,w" + end + (0..<60_000).map { "\($0),\"w\($0),\(end)\"" }.joined(separator: end)
        try withFile(text) { file in
            var next = 0
            for batch in try CSVBatches(contentsOf: file, batchSize: 7_000, stringColumns: ["w"]) {
                let table = try batch.get()
                let numbers = try table.numbers("n")
                #expect(numbers == (next..<next + table.rowCount).map(Double.init))
                #expect(try table.strings("w").last == "w\(next + table.rowCount - 1),\(end)")
                next += table.rowCount
            }
            #expect(next == 60_000)
        }
    }

    @Test func headersAreReadOrCounted() throws {
        func names(_ text: String, hasHeader: Bool? = nil) throws -> [String] {
            try withFile(text) {
                try CSVBatches(contentsOf: $0, batchSize: 2, hasHeader: hasHeader).columnNames
            }
        }
        #expect(try names("a,b\n1,2\n") == ["a", "b"])
        #expect(try names("1,2\n3,4\n", hasHeader: false) == ["x0", "x1"])
        #expect(try names("1,2\n3,4\n") == ["1", "2"])
        #expect(try names("1,2\n3,4\n", hasHeader: true) == ["1", "2"])
        #expect(try names("sep=;\nh;w\n1;2") == ["h", "w"])
        try withFile("1,2\n3,4\n5,6\n") { file in
            let counts = try CSVBatches(contentsOf: file, batchSize: 2, hasHeader: false).map { try $0.get().rowCount }
            #expect(counts == [2, 1])
        }
        try withFile("a,b\n") { file in
            let batches = try CSVBatches(contentsOf: file, batchSize: 2)
            #expect(Array(batches).isEmpty)
        }
    }

    @Test(arguments: [
        (
            "a,b\n1,2\n3,4\n5,six\n7,8\n", 4, 2,
            "the value \"six\" is not a number; a column of words has to be one of stringColumns"
        ),
        ("a,b\n1,2\n3,4\n5,6,7\n", 4, 3, "has 3 values, but the first has 2"),
        ("a,b\n\"1\",2\r\n3,4\n\"5\n", 4, 1, "never closed"),
        (
            "a,b\n1,2\n3,4\n5,6\"7\n8,9\n", 4, 2,
            "the value \"6\"7\" is not a number; a column of words has to be one of stringColumns"
        ),
        ("a,b\n1,2\n3,4\n05,6\n8,9\n", 4, 1, "the value \"05\" loses digits as a number"),
    ])
    func aBrokenRuleIsTheLastElement(text: String, line: Int, column: Int, reason: String) throws {
        try withFile(text) { file in
            let elements = Array(try CSVBatches(contentsOf: file, batchSize: 2))
            #expect(elements.count == 2)
            #expect(try elements[0].get().rowCount == 2)
            let error = thrown(TableError.self) { _ = try elements[1].get() }
            guard case .malformed(file.path, line, column, let text)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(text.contains(reason), "\(text)")
        }
    }

    @Test func aRowWithoutEndIsRefusedBeforeMemoryEnds() throws {
        let text = "a,b\n1,2\n\"3" + String(repeating: "x\n", count: 35 << 20)
        try withFile(text) { file in
            let last = Array(try CSVBatches(contentsOf: file, batchSize: 1)).last
            let error = thrown(TableError.self) { _ = try last?.get() }
            #expect(error?.description.contains("line 3, column 1: the row is longer than 64 MB") == true)
        }
    }

    @Test func otherArgumentsAreRefused() throws {
        try withFile("a\n1\n") { file in
            let size = thrown(TableError.self) { _ = try CSVBatches(contentsOf: file, batchSize: 0) }
            #expect(size?.description == "batchSize must be at least 1, but is 0.")
            let unknown = thrown(TableError.self) {
                _ = try CSVBatches(contentsOf: file, batchSize: 1, stringColumns: ["b"])
            }
            #expect(unknown?.description.hasPrefix("stringColumns must be names of columns") == true)
            let separator = thrown(TableError.self) {
                _ = try CSVBatches(contentsOf: file, batchSize: 1, separator: "é")
            }
            #expect(separator?.description.hasPrefix("separator must be one ASCII") == true)
        }
        try withFile("\n\n") { file in
            let empty = thrown(TableError.self) { _ = try CSVBatches(contentsOf: file, batchSize: 1) }
            #expect(empty?.description.contains("there is nothing in it") == true)
        }
        for bad in [FileManager.default.temporaryDirectory, URL(filePath: "/dev/zero"), URL(filePath: "/none.csv")] {
            let error = thrown(TableError.self) { _ = try CSVBatches(contentsOf: bad, batchSize: 1) }
            #expect(error?.description.hasPrefix(bad.path + " cannot be read") == true)
        }
    }

    @Test func aFileThatIsGoneIsAnElement() throws {
        let batches = try withFile("a\n1\n") { try CSVBatches(contentsOf: $0, batchSize: 1) }
        let elements = Array(batches)
        #expect(elements.count == 1)
        #expect(thrown(TableError.self) { _ = try elements[0].get() }?.description.contains("cannot be read") == true)
    }

    private func withFile<Value>(_ text: String, _ body: (URL) throws -> Value) throws -> Value {
        try withFolder { folder in
            let file = folder.appendingPathComponent("t.csv")
            try Data(Array(text.utf8)).write(to: file)
            return try body(file)
        }
    }

    /// The tables one below the other.
    private func joined(_ tables: [Table]) throws -> Table {
        let names = tables.first?.columnNames ?? []
        let columns = try names.map { name in
            let parts = try tables.map { try $0.column(name) }
            let numbers = parts.compactMap { if case .numbers(let values) = $0 { values } else { nil } }
            let strings = parts.compactMap { if case .strings(let values) = $0 { values } else { nil } }
            return numbers.isEmpty ? Table.Column.strings(strings.flatMap(\.self)) : .numbers(numbers.flatMap(\.self))
        }
        return try Table(columnNames: names, columns: columns)
    }
}
