import Foundation

/// What stands before the numbers of a safetensors file: texts by name, and where each tensor lies.
///
/// Such a file begins with the header's length, as eight bytes of which the first counts least, then comes the header, a JSON
/// object, then the numbers of all tensors without a gap. Source: https://github.com/huggingface/safetensors.
struct SafetensorsHeader: Equatable, Sendable {
    /// A tensor's type, shape and place.
    struct Entry: Equatable, Sendable {
        var type: String
        var shape: [Int]
        /// Where its bytes lie after the header.
        var bytes: Range<Int>
    }

    /// The key of the texts among the tensors' names.
    static let metadataKey = "__metadata__"

    /// The longest header that the format allows.
    static let longest = 100_000_000

    /// The most dimensions of a tensor; models have two.
    static let mostDimensions = 8

    var metadata: [String: String] = [:]
    var tensors: [String: Entry] = [:]
}

// MARK: - Reading

extension SafetensorsHeader {
    /// Reads the header of a file.
    ///
    /// - Returns: the header, and where the bytes of the tensors begin.
    /// - Throws: ``FileProblem`` for what is no header; ``ModelFileError/unreadable(path:reason:)``.
    static func read(from file: InputFile) throws -> (header: SafetensorsHeader, start: Int) {
        guard file.size >= 8 else {
            throw FileProblem("it has \(file.size) bytes and a header of 8 at least is needed")
        }
        let length = UInt64(littleEndian: try file.elements(1, at: 0)[0])
        guard length <= UInt64(longest), length <= UInt64(file.size - 8) else {
            throw FileProblem(
                "its header should have \(length) bytes, where \(file.size - 8) are left and \(longest) are allowed")
        }
        return (try SafetensorsHeader(json: file.elements(Int(length), at: 8)), 8 + Int(length))
    }

    /// Checks that the tensors are of known types and fill `byteCount` bytes, without a gap and without overlap.
    ///
    /// - Throws: ``FileProblem``.
    func checkTensors(byteCount: Int) throws {
        var end = 0
        for (name, entry) in tensors.sorted(by: {
            ($0.value.bytes.lowerBound, $0.value.bytes.upperBound) < (
                $1.value.bytes.lowerBound, $1.value.bytes.upperBound
            )
        }) {
            guard let type = TensorType(rawValue: entry.type) else {
                throw FileProblem("the type of tensor \(name) is \(entry.type), and not one of \(TensorType.list)")
            }
            var size = type.size
            for extent in entry.shape {
                let (product, overflow) = size.multipliedReportingOverflow(by: extent)
                guard !overflow else { throw FileProblem("tensor \(name) has an impossible shape, \(entry.shape)") }
                size = product
            }
            guard entry.bytes.count == size else {
                throw FileProblem(
                    "tensor \(name) of shape \(entry.shape) takes \(size) bytes, and not \(entry.bytes.count)")
            }
            guard entry.bytes.lowerBound == end else {
                throw FileProblem("tensor \(name) begins at byte \(entry.bytes.lowerBound), and not at \(end)")
            }
            end = entry.bytes.upperBound
        }
        guard end == byteCount else { throw FileProblem("its tensors take \(end) bytes, and not \(byteCount)") }
    }
}

// MARK: - Writing

extension SafetensorsHeader {
    /// The bytes with which a file begins: the header and its length, so many that what follows is aligned to eight.
    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var text = try encoder.encode(self)
        text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - text.count % 8) % 8))
        guard text.count <= SafetensorsHeader.longest else {
            throw FileProblem(
                "what is not a tensor takes \(text.count) bytes, and at most \(SafetensorsHeader.longest) fit")
        }
        return (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) } + text
    }
}

extension SafetensorsHeader: Encodable {
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        try container.encode(metadata, forKey: Name(stringValue: SafetensorsHeader.metadataKey))
        for (name, entry) in tensors { try container.encode(entry, forKey: Name(stringValue: name)) }
    }
}

extension SafetensorsHeader.Entry: Encodable {
    private enum CodingKeys: String, CodingKey {
        case type = "dtype"
        case shape
        case bytes = "data_offsets"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(type, forKey: .type)
        try container.encode(shape, forKey: .shape)
        try container.encode([bytes.lowerBound, bytes.upperBound], forKey: .bytes)
    }
}
