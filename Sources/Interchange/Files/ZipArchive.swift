/// A zip file with uncompressed entries, as `skops.io.dump` and `numpy.savez` write it.
///
/// The central directory is read once. The bytes of an entry are a slice of the file, without a copy. Format: PKWARE's
/// APPNOTE, sections 4.3.7 (local header), 4.3.12 (central directory) and 4.3.16 (end of central directory).
struct ZipArchive {
    /// The whole file.
    let bytes: [UInt8]

    private let entries: [String: Entry]

    private struct Entry {
        var localHeader: Int
        var size: Int
        var checksum: UInt32
    }

    /// Reads the central directory.
    ///
    /// - Throws: ``InterchangeError/malformed(place:problem:)`` for anything but a zip file with uncompressed entries.
    init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        let end = try ZipArchive.endOfDirectory(of: bytes)
        let directory = end.offset..<(end.offset + end.size)
        var entries: [String: Entry] = [:]
        var position = directory.lowerBound
        for _ in 0..<end.entries {
            guard position <= directory.upperBound - 46, bytes.integer(at: position) == UInt32(0x0201_4B50),
                let method = bytes.integer(UInt16.self, at: position + 10),
                let checksum = bytes.integer(UInt32.self, at: position + 16),
                let stored = bytes.integer(UInt32.self, at: position + 20),
                let size = bytes.integer(UInt32.self, at: position + 24),
                let lengths = bytes.lengths(3, at: position + 28),
                let localHeader = bytes.integer(UInt32.self, at: position + 42)
            else { throw ZipArchive.malformed("has a central directory that is damaged") }
            let nameStart = position + 46
            position = nameStart + lengths.reduce(0, +)
            guard position <= directory.upperBound,
                let name = String(validating: bytes[nameStart..<nameStart + lengths[0]], as: UTF8.self)
            else { throw ZipArchive.malformed("has a central directory that is damaged") }
            guard method == 0, stored == size else {
                throw ZipArchive.malformed(
                    "has the entry \(name) compressed (method \(method)); write it without compression")
            }
            let entry = Entry(localHeader: Int(localHeader), size: Int(size), checksum: checksum)
            guard entries.updateValue(entry, forKey: name) == nil else {
                throw ZipArchive.malformed("has two entries \(name)")
            }
        }
        self.entries = entries
    }

    /// The bytes of the entry with the given name, after its checksum is verified.
    ///
    /// - Throws: ``InterchangeError/malformed(place:problem:)`` if there is no such entry or it is damaged.
    /// - Complexity: O(size).
    subscript(name: String) -> ArraySlice<UInt8> {
        get throws {
            guard let entry = entries[name] else { throw ZipArchive.malformed("has no entry \(name)") }
            guard bytes.integer(at: entry.localHeader) == UInt32(0x0403_4B50),
                let lengths = bytes.lengths(2, at: entry.localHeader + 26)
            else { throw ZipArchive.malformed("has no header where the entry \(name) should begin") }
            let start = entry.localHeader + 30 + lengths[0] + lengths[1]
            guard start <= bytes.count - entry.size else {
                throw ZipArchive.malformed("ends within the entry \(name)")
            }
            let content = bytes[start..<start + entry.size]
            guard CRC32.checksum(content) == entry.checksum else {
                throw ZipArchive.malformed("has the entry \(name) damaged: its checksum differs")
            }
            return content
        }
    }

    /// Finds the end of central directory record, which locates the directory.
    private static func endOfDirectory(of bytes: [UInt8]) throws -> (entries: Int, size: Int, offset: Int) {
        let recordSize = 22
        // A comment of up to 65,535 bytes may follow the record.
        let earliest = max(0, bytes.count - recordSize - Int(UInt16.max))
        for position in stride(from: bytes.count - recordSize, through: earliest, by: -1)
        where bytes.integer(at: position) == UInt32(0x0605_4B50) {
            guard let entries = bytes.integer(UInt16.self, at: position + 10),
                let size = bytes.integer(UInt32.self, at: position + 12),
                let offset = bytes.integer(UInt32.self, at: position + 16),
                let comment = bytes.integer(UInt16.self, at: position + 20),
                position + recordSize + Int(comment) == bytes.count
            else { continue }
            guard entries < .max, size < .max, offset < .max else {
                throw malformed("has more than 65 534 entries or 4 GiB, which is not read")
            }
            guard Int(offset) + Int(size) <= position else { break }
            return (Int(entries), Int(size), Int(offset))
        }
        throw malformed("is not a zip file, or its end is missing")
    }

    private static func malformed(_ problem: String) -> InterchangeError {
        .malformed(place: "the file", problem: problem)
    }
}

extension [UInt8] {
    /// Returns `count` consecutive 16-bit lengths.
    fileprivate func lengths(_ count: Int, at offset: Int) -> [Int]? {
        let lengths = (0..<count).compactMap { integer(UInt16.self, at: offset + 2 * $0).map(Int.init) }
        return lengths.count == count ? lengths : nil
    }
}
