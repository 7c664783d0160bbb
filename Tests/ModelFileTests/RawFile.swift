import Foundation
import ModelFiles

/// A safetensors file as text and bytes, which tests can alter in any way.
struct RawFile {
    var header: String
    var numbers: Data

    init(header: String, numbers: Data = Data()) {
        self.header = header
        self.numbers = numbers
    }

    init(contentsOf url: URL) throws {
        let data = try Data(contentsOf: url)
        self = try RawFile(data) ?? { throw Missing(part: "the header", header: "\(data.count) bytes") }()
    }

    /// Nil if the data end before the header does.
    init?(_ data: Data) {
        let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        guard data.count >= 8, length <= data.count - 8 else { return nil }
        header = String(decoding: data.dropFirst(8).prefix(Int(length)), as: UTF8.self)
        numbers = Data(data.dropFirst(8 + Int(length)))
    }

    var data: Data { RawFile.data(header: Data(header.utf8), numbers: numbers) }

    static func data(header: Data, numbers: Data = Data(), length: UInt64? = nil) -> Data {
        let length = length ?? UInt64(header.count)
        return Data((0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }) + header + numbers
    }

    /// A copy with a part of the header replaced; the part must exist.
    func replacing(_ part: String, with other: String) throws -> RawFile {
        guard header.contains(part) else { throw Missing(part: part, header: header) }
        var copy = self
        copy.header = header.replacingOccurrences(of: part, with: other)
        return copy
    }

    struct Missing: Error {
        let part: String
        let header: String
    }
}
