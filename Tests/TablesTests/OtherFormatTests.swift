import Foundation
import Tables
import TestSupport
import Testing

/// Files of other formats under the name of a CSV file.
@Suite struct OtherFormatTests {
    private static let files: [(bytes: [UInt8], what: String)] = [
        (Array("PK\u{3}\u{4}".utf8) + [20, 0, 6, 0], "ZIP archive"), ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], "Office"),
        ([0x1F, 0x8B, 8, 0], "gzip"), (Array("BZh91AY&SY".utf8) + [0x12, 0xFF], "bzip2"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz"), ([0x28, 0xB5, 0x2F, 0xFD, 4], "zstd"),
        ([0x04, 0x22, 0x4D, 0x18], "lz4"), ([0x37, 0x7A, 0xBC, 0xAF], "7-Zip"),
        (Array("PAR1".utf8) + [0x15, 4], "Parquet"), (Array("ARROW1\0\0".utf8), "Arrow"),
        (Array("SQLite format 3\0".utf8) + [16, 0], "SQLite"), ([0x89, 0x48, 0x44, 0x46], "HDF5"),
        (Array("%PDF-1.7\n%".utf8) + [0xE2, 0xE3], "PDF"), ([0x89, 0x50, 0x4E, 0x47], "PNG"),
        ([0xFF, 0xD8, 0xFF, 0xE0], "JPEG"), (Array("<!DOCTYPE html>\n<html>".utf8), "HTML"),
        (Array("\u{FEFF}<?xml version='1.0'?>".utf8), "XML"), (Array("[\n {\"a\": 1}]".utf8), "JSON"),
        (Array("{\"a\": 1, \"b\": 2}\n".utf8), "JSON"), (Array("a,b\n1,\0\n".utf8), "zero bytes"),
    ]

    @Test func theyAreCalledWhatTheyAre() throws {
        for (bytes, what) in Self.files {
            try withFolder { folder in
                let file = folder.appendingPathComponent("table.csv")
                try Data(bytes).write(to: file)
                let error = thrown(TableError.self) { _ = try readCSV(file) }
                guard case .unreadable(_, let reason)? = error else { return #expect(Bool(false), "\(what): \(error)") }
                #expect(reason.contains(what), "\(reason)")
                let other = thrown(TableError.self) { _ = try CSVBatches(contentsOf: file, batchSize: 5) }
                #expect(other == error)
            }
        }
    }

    @Test func namesMayBeginWithTheSameLetters() throws {
        for text in [
            "PAR1,b", "BZh9,b", "ARROW1,b", "SQLite format 3,b", "%PDF-1,b", "[id],[name]", "{a},{b}", "<a>,<b>",
            "größe,b",
        ] {
            #expect(try readCSV(text: text + "\n1,2\n").columnCount == 2, "\(text)")
        }
        let far = try readCSV(text: String(repeating: "a", count: 70) + ",b\nx\0y,2\n")
        #expect(far.rowCount == 1)
    }
}
