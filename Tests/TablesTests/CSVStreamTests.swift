import Foundation
import Tables
import TestSupport
import Testing

/// Batches of a pipe: those of a file with the same text.
@Suite struct CSVStreamTests {
    /// Calls `body` with the reading end of a pipe into which another thread writes, a few bytes at a time.
    private func withPipe<Result>(_ bytes: [UInt8], piece: Int, _ body: (Int32) throws -> Result) throws -> Result {
        let pipe = Pipe()
        let writer = pipe.fileHandleForWriting
        // A reader that stops early closes its end.
        signal(SIGPIPE, SIG_IGN)
        Thread {
            for start in stride(from: 0, to: bytes.count, by: piece) {
                guard (try? writer.write(contentsOf: bytes[start..<min(bytes.count, start + piece)])) != nil else {
                    break
                }
            }
            try? writer.close()
        }.start()
        defer { try? pipe.fileHandleForReading.close() }
        return try body(pipe.fileHandleForReading.fileDescriptor)
    }

    private let text = "a,b,\"c\nd\"\n" + (0..<5000).map { "\($0),w\($0 % 7),\"x\n\($0)\"\n" }.joined()

    @Test(arguments: [1000, 1 << 16]) func batchesAreThoseOfTheText(_ piece: Int) throws {
        let whole = try readCSV(text: text)
        for (encoding, mark) in [(String.Encoding.utf8, [UInt8]()), (.utf16LittleEndian, [0xFF, 0xFE])] {
            let bytes = mark + [UInt8](text.data(using: encoding) ?? Data())
            try withPipe(bytes, piece: piece) { descriptor in
                let batches = try CSVBatches(fileDescriptor: descriptor, batchSize: 700)
                #expect(batches.columnNames == whole.columnNames)
                let tables = try batches.map { try $0.get() }
                #expect(tables.map(\.rowCount) == Array(repeating: 700, count: 7) + [100])
                #expect(try tables.flatMap { try $0.numbers("a") } == whole.numbers("a"))
                #expect(try tables.flatMap { try $0.strings("c\nd") } == whole.strings("c\nd"))
                // A pipe can be read only once.
                var again = batches.makeIterator()
                #expect(throws: TableError.self) { try again.next()?.get() }
            }
        }
    }

    @Test func errorsNameTheLineOfThePipe() throws {
        try withPipe(Array((text + "1,2\n").utf8), piece: 4096) { descriptor in
            let batches = try CSVBatches(fileDescriptor: descriptor, batchSize: 1000)
            let error = #expect(throws: TableError.self) { for batch in batches { _ = try batch.get() } }
            #expect(error?.description.contains("line 10003") == true)
        }
        #expect(throws: TableError.self) { try CSVBatches(fileDescriptor: -1, batchSize: 10) }
    }
}
