import Foundation

@testable import Interchange

/// Parses a zip file and writes it again with changed contents and matching checksums.
struct Zip {
    var entries: [(name: String, content: [UInt8])]

    /// The index of the schema's entry.
    var schema: Int { entries.firstIndex { $0.name == "schema.json" } ?? 0 }

    init(_ data: Data) throws {
        let bytes = [UInt8](data)
        let archive = try ZipArchive(bytes)
        let directory = Int(bytes.integer(UInt32.self, at: bytes.count - 6) ?? 0)
        entries = []
        var position = directory
        while let signature = bytes.integer(UInt32.self, at: position), signature == 0x0201_4B50 {
            let lengths = [28, 30, 32].map { Int(bytes.integer(UInt16.self, at: position + $0) ?? 0) }
            let name = String(decoding: bytes[(position + 46)..<(position + 46 + lengths[0])], as: UTF8.self)
            entries.append((name, Array(try archive[name])))
            position += 46 + lengths.reduce(0, +)
        }
    }

    var data: Data {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        for (name, content) in entries {
            let offset = file.count
            let common =
                Zip.words16([20, 0, 0, 0, 0]) + Zip.words32([CRC32.checksum(content[...])])
                + Zip.words32([UInt32(content.count), UInt32(content.count)])
                + Zip.words16([UInt16(name.utf8.count), 0])
            file += Zip.words32([0x0403_4B50]) + common + Array(name.utf8) + content
            directory += Zip.words32([0x0201_4B50]) + Zip.words16([20]) + common + Zip.words16([0, 0, 0])
            directory += Zip.words32([0, UInt32(offset)]) + Array(name.utf8)
        }
        let count = UInt16(entries.count)
        let end =
            Zip.words32([0x0605_4B50]) + Zip.words16([0, 0, count, count])
            + Zip.words32([UInt32(directory.count), UInt32(file.count)]) + Zip.words16([0])
        return Data(file + directory + end)
    }

    private static func words16(_ words: [UInt16]) -> [UInt8] {
        words.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }

    private static func words32(_ words: [UInt32]) -> [UInt8] {
        words.flatMap { word in [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: word >> $0) } }
    }
}
