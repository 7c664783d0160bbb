import Foundation
import LinearAlgebra

/// The text of a CSV file, some whole rows at a time.
///
/// It knows of CSV what it takes to find the end of a row: that a line end between quotation marks is none.
struct CSVRows {
    /// The text of some rows, and the line on which it begins.
    struct Chunk {
        var text: [UInt8]
        var firstLine: Int
    }

    /// No row is so long, unless a quotation mark is never closed: then the search for the row's end has to end.
    private static let longestRow = 64 << 20
    private static let bytesAtOnce = 256 << 10
    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private let file: UserFile
    private let handle: FileHandle
    /// What has been read of the file, and how much of that has been handed out.
    private var buffer: [UInt8] = []
    private var position = 0
    /// The line of the byte at `position`, counted from 1.
    private var line = 1

    init(of url: URL) throws {
        file = try UserFile(url)
        handle = try file.opened()
        try skipByteOrderMark()
    }

    /// The next `count` rows, or as many as there are; nil at the end of the file. Empty lines are none.
    ///
    /// - Throws: ``TableError/unreadable(file:reason:)`` when reading fails,
    ///   ``TableError/malformed(file:line:column:reason:)`` for a row that does not end.
    mutating func next(_ count: Int) throws -> Chunk? {
        buffer.removeFirst(position)
        position = 0
        let firstLine = line
        var rows = 0
        var row = (start: 0, line: line)
        var isQuoted = false
        while rows < count, let byte = try peek() {
            position += 1
            switch byte {
            case Self.lineFeed, Self.carriageReturn:
                if byte == Self.carriageReturn, try peek() == Self.lineFeed { position += 1 }
                line += 1
                if !isQuoted {
                    let isEmpty = buffer[row.start] == Self.lineFeed || buffer[row.start] == Self.carriageReturn
                    if !isEmpty { rows += 1 }
                    row = (position, line)
                }
            case Self.quote:
                isQuoted.toggle()
            default:
                break
            }
            guard position - row.start <= Self.longestRow else {
                throw TableError.malformed(
                    file: file.url.path, line: row.line, column: 1,
                    reason: "the row is longer than \(Self.longestRow >> 20) MB; is a quotation mark never closed?")
            }
        }
        let hasRows = rows > 0 || position > row.start
        return hasRows ? Chunk(text: Array(buffer[..<position]), firstLine: firstLine) : nil
    }

    /// The byte at `position`; nil at the end of the file.
    private mutating func peek() throws -> UInt8? {
        if position == buffer.count {
            guard let data = try file.reading({ try handle.read(upToCount: Self.bytesAtOnce) }), !data.isEmpty else {
                return nil
            }
            buffer.append(contentsOf: data)
        }
        return buffer[position]
    }

    /// Skips the mark that some programs put at the beginning of UTF-8.
    private mutating func skipByteOrderMark() throws {
        _ = try peek()
        if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }
}
