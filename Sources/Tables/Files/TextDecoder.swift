#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Turns the bytes of a file into UTF-8, block by block.
///
/// What is no text in the encoding becomes a byte that UTF-8 does not have, so that the error names the cell.
struct TextDecoder: Sendable {
    private enum Units { case utf8, latin1, windows1252, utf16, utf32 }

    /// The encoding: the argument, what the byte order mark says, or UTF-8.
    let encoding: String.Encoding
    private let units: Units
    private let isBigEndian: Bool
    /// The length of the byte order mark.
    private let markLength: Int
    private var hasSkippedMark = false
    /// The bytes of a unit, or of half a surrogate pair, of which the rest is in the next block.
    private var rest: [UInt8] = []

    private static let marks: [(bytes: [UInt8], encoding: String.Encoding)] = [
        ([0xEF, 0xBB, 0xBF], .utf8), ([0xFF, 0xFE, 0, 0], .utf32LittleEndian), ([0, 0, 0xFE, 0xFF], .utf32BigEndian),
        ([0xFF, 0xFE], .utf16LittleEndian), ([0xFE, 0xFF], .utf16BigEndian),
    ]

    /// A decoder for a file with these first bytes.
    ///
    /// - Throws: ``TableError/invalidArgument(name:value:allowed:)`` for an encoding that is not read.
    init(_ stated: String.Encoding?, beginning: [UInt8]) throws {
        let mark = Self.marks.first { beginning.starts(with: $0.bytes) && Self.agrees($0.encoding, stated) }
        markLength = mark?.bytes.count ?? 0
        encoding = mark?.encoding ?? stated ?? .utf8
        switch encoding {
        case .utf8, .ascii: (units, isBigEndian) = (.utf8, false)
        case .isoLatin1: (units, isBigEndian) = (.latin1, false)
        case .windowsCP1252: (units, isBigEndian) = (.windows1252, false)
        case .utf16, .utf16LittleEndian: (units, isBigEndian) = (.utf16, false)
        case .utf16BigEndian: (units, isBigEndian) = (.utf16, true)
        case .utf32, .utf32LittleEndian: (units, isBigEndian) = (.utf32, false)
        case .utf32BigEndian: (units, isBigEndian) = (.utf32, true)
        default:
            throw TableError.invalidArgument(
                name: "encoding", value: "\(encoding)",
                allowed: ".utf8, .isoLatin1, .windowsCP1252, or UTF-16 or UTF-32")
        }
    }

    /// Whether a byte order mark is one in the encoding that the user states.
    private static func agrees(_ mark: String.Encoding, _ stated: String.Encoding?) -> Bool {
        switch stated {
        case nil: true
        case .utf16: mark == .utf16LittleEndian || mark == .utf16BigEndian
        case .utf32: mark == .utf32LittleEndian || mark == .utf32BigEndian
        default: mark == stated
        }
    }

    /// Whether the text of all further bytes is these bytes.
    var isTransparent: Bool { units == .utf8 && (hasSkippedMark || markLength == 0) }

    /// The text of the file's next bytes, to which that of earlier ones may belong.
    mutating func decode(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        var bytes = bytes
        if !hasSkippedMark {
            hasSkippedMark = true
            bytes.removeFirst(min(markLength, bytes.count))
        }
        switch units {
        case .utf8: return bytes
        case .latin1: return single(bytes) { UInt16($0) }
        case .windows1252:
            return single(bytes) { (0x80..<0xA0).contains($0) ? Self.windows1252[Int($0) - 0x80] : UInt16($0) }
        case .utf16: return wide(rest + bytes, width: 2, isLast: isLast)
        case .utf32: return wide(rest + bytes, width: 4, isLast: isLast)
        }
    }

    /// What UTF-8 never has.
    private static let invalid: UInt8 = 0xFF

    private func single(_ bytes: [UInt8], _ code: (UInt8) -> UInt16) -> [UInt8] {
        guard !bytes.allSatisfy({ $0 < 0x80 }) else { return bytes }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + bytes.count / 8)
        for byte in bytes {
            if byte < 0x80 { text.append(byte) } else { Self.append(UInt32(code(byte)), to: &text) }
        }
        return text
    }

    private mutating func wide(_ bytes: [UInt8], width: Int, isLast: Bool) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        func unit(_ position: Int) -> UInt32 {
            (0..<width).reduce(0) { $0 << 8 | UInt32(bytes[position + (isBigEndian ? $1 : width - 1 - $1)]) }
        }
        var position = 0
        while position + width <= bytes.count {
            var code = unit(position)
            var length = width
            if width == 2, (0xD800..<0xDC00).contains(code) {
                if position + 4 > bytes.count, !isLast { break }
                let second = position + 4 <= bytes.count ? unit(position + 2) : 0
                if (0xDC00..<0xE000).contains(second) {
                    code = 0x10000 + (code - 0xD800) << 10 + (second - 0xDC00)
                    length = 4
                }
            }
            Self.append(code, to: &text)
            position += length
        }
        rest = Array(bytes[position...])
        if isLast, !rest.isEmpty { text.append(Self.invalid) }
        return text
    }

    private static func append(_ code: UInt32, to text: inout [UInt8]) {
        guard let encoded = Unicode.Scalar(code).flatMap(UTF8.encode) else { return text.append(invalid) }
        text += encoded
    }

    /// What stands at 80…9F in Windows' code page 1252; five places are empty.
    private static let windows1252: [UInt16] = [
        0x20AC, 0xD800, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xD800,
        0x017D, 0xD800, 0xD800, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0xD800, 0x017E, 0x0178,
    ]
}
