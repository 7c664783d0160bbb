import ModelFiles

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A text as UTF-8, block by block: that of a file, a stream, or one in memory.
struct TextBlocks: Sendable {
    /// Where a text comes from.
    enum Origin: Sendable {
        case file(RegularFile)
        /// The first bytes of a file, followed by some of its rows.
        case part(RegularFile, beginning: Int, rows: Range<Int>)
        case memory([UInt8], name: String)
        case stream(ByteStream)

        /// What errors call it.
        var name: String {
            switch self {
            case .file(let file): file.path
            case .part(let file, _, let rows):
                "\(file.path), the bytes from \(rows.lowerBound) to \(rows.upperBound) (lines count from there)"
            case .memory(_, let name): name
            case .stream(let stream): stream.name
            }
        }

        /// The number of its bytes, 0 where only its end tells.
        var size: Int {
            switch self {
            case .file(let file): file.size
            case .part(_, let beginning, let rows): beginning + rows.count
            case .memory(let bytes, _): bytes.count
            case .stream: 0
            }
        }

        /// Appends up to `count` bytes from `offset` on, fewer only at the end.
        fileprivate func read(_ count: Int, at offset: Int, into target: inout [UInt8]) throws {
            switch self {
            case .file(let file): try file.read(count, at: offset, into: &target)
            case .part(let file, let beginning, let rows):
                let first = max(0, min(count, beginning - offset))
                if first > 0 { try file.read(first, at: offset, into: &target) }
                let start = min(rows.lowerBound + max(0, offset - beginning), rows.upperBound)
                let rest = min(count - first, rows.upperBound - start)
                if rest > 0 { try file.read(rest, at: start, into: &target) }
            case .memory(let bytes, _): target += bytes[min(offset, bytes.count)...].prefix(count)
            case .stream(let stream): try stream.read(count, at: offset, into: &target)
            }
        }
    }

    let origin: Origin
    private var decoder: TextDecoder
    /// How many bytes have been read.
    private(set) var offset = 0
    /// Whether all has been read.
    private(set) var hasEnded = false

    /// The encoding that is read.
    var encoding: String.Encoding { decoder.encoding }

    /// The beginning of a text.
    ///
    /// - Throws: ``TableError/unreadable(file:reason:)``; ``TableError/invalidArgument(name:value:allowed:)`` for an
    ///   encoding that is not read; ``TableError/malformed(file:line:column:reason:)`` for UTF-16 that does not say so.
    init(_ origin: Origin, encoding: String.Encoding?) throws {
        self.origin = origin
        var beginning: [UInt8] = []
        try origin.read(64, at: 0, into: &beginning)
        if let other = OtherFormat.problem(of: beginning) {
            throw TableError.unreadable(file: origin.name, reason: other)
        }
        let hasZeros = beginning.contains(0)
        beginning = Array(beginning.prefix(4))
        decoder = try TextDecoder(encoding, beginning: beginning)
        if encoding == nil, decoder.encoding == .utf8, beginning.count == 4, beginning.count(where: { $0 == 0 }) > 1 {
            throw TableError.malformed(
                file: origin.name, line: 1, column: 1,
                reason: "the text looks like UTF-16 or UTF-32 without a byte order mark; state encoding:, such as "
                    + (beginning[0] == 0 ? ".utf16BigEndian" : ".utf16LittleEndian"))
        }
        if hasZeros, decoder.encoding == .utf8 {
            throw TableError.unreadable(file: origin.name, reason: "it has zero bytes at its beginning: it is no text")
        }
    }

    /// Appends the text of the next `count` bytes.
    ///
    /// - Throws: ``TableError/unreadable(file:reason:)``.
    mutating func read(_ count: Int, into text: inout [UInt8]) throws {
        if decoder.isTransparent {
            let before = text.count
            try origin.read(count, at: offset, into: &text)
            offset += text.count - before
            hasEnded = text.count - before < count
        } else {
            var bytes: [UInt8] = []
            try origin.read(count, at: offset, into: &bytes)
            offset += bytes.count
            hasEnded = bytes.count < count
            text += decoder.decode(bytes, isLast: hasEnded)
        }
    }
}
