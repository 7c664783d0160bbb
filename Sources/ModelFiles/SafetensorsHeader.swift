import Foundation

/// The header of a safetensors file: texts by name, and the place of each tensor.
///
/// The file consists of the header's length in eight bytes, little-endian; the header, a JSON object; and the numbers
/// of all tensors without a gap. Source: https://github.com/huggingface/safetensors.
struct SafetensorsHeader: Equatable, Sendable {
    /// A tensor's type, shape and place.
    struct Entry: Equatable, Sendable {
        var type: String
        var shape: [Int]
        /// The place of its bytes, counted from the end of the header.
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
    /// - Throws: ``FileProblem`` for an invalid header; ``ModelFileError/unreadable(path:reason:)``.
    static func read(from file: RegularFile) throws -> (header: SafetensorsHeader, start: Int) {
        let beginning = try file.elements(min(file.size, 64), at: 0, of: UInt8.self)
        try FileProblem.unless(
            !isText(beginning), "it is text, such as a CSV file, which readCSV reads, and no safetensors file")
        try FileProblem.unless(
            !beginning.starts(with: "PK\u{3}\u{4}".utf8),
            "it is a ZIP archive, such as a skops file, which init(skops:) reads, and has no safetensors header")
        try FileProblem.unless(file.size >= 8, "it has \(file.size) bytes and a header of 8 at least is needed")
        let length = UInt64(littleEndian: try file.elements(1, at: 0)[0])
        try FileProblem.unless(
            length <= UInt64(longest) && length <= UInt64(file.size - 8),
            "its header should have \(length) bytes, where \(file.size - 8) are left and \(longest) are allowed")
        return (try SafetensorsHeader(json: file.elements(Int(length), at: 8)), 8 + Int(length))
    }

    /// Whether bytes are of a text of at least one line: a safetensors file has zeros among its first eight.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        bytes.contains(UInt8(ascii: "\n")) && bytes.allSatisfy { $0 >= 0x20 || (0x09...0x0D).contains($0) }
    }

    /// Checks that the tensors are of known types and fill `byteCount` bytes, without a gap and without overlap.
    ///
    /// - Throws: ``FileProblem``.
    func checkTensors(byteCount: Int) throws {
        var end = 0
        func place(_ tensor: (key: String, value: Entry)) -> (Int, Int) {
            (tensor.value.bytes.lowerBound, tensor.value.bytes.upperBound)
        }
        for (name, entry) in tensors.sorted(by: { place($0) < place($1) }) {
            guard let type = TensorType(rawValue: entry.type) else {
                throw FileProblem("the type of tensor \(name) is \(entry.type), and not one of \(TensorType.list)")
            }
            guard let size = product(of: entry.shape, times: type.size) else {
                throw FileProblem("tensor \(name) has an impossible shape, \(entry.shape)")
            }
            try FileProblem.unless(
                entry.bytes.count == size,
                "tensor \(name) of shape \(entry.shape) takes \(size) bytes, and not \(entry.bytes.count)")
            try FileProblem.unless(
                entry.bytes.lowerBound == end,
                "tensor \(name) begins at byte \(entry.bytes.lowerBound), and not at \(end)")
            end = entry.bytes.upperBound
        }
        try FileProblem.unless(end == byteCount, "its tensors take \(end) bytes, and not \(byteCount)")
    }
}

/// The product of a shape's extents and a factor; nil if it overflows or an extent is negative.
func product(of shape: [Int], times factor: Int = 1) -> Int? {
    shape.reduce(factor) { product, extent in
        let (next, overflow) = (product ?? 0).multipliedReportingOverflow(by: extent)
        return product == nil || overflow || extent < 0 ? nil : next
    }
}

// MARK: - Writing

extension SafetensorsHeader {
    /// The first bytes of a file: the header's length and the header, padded so that the tensors are aligned to eight
    /// bytes.
    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var text = try encoder.encode(self)
        text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - text.count % 8) % 8))
        try FileProblem.unless(
            text.count <= SafetensorsHeader.longest,
            "what is not a tensor takes \(text.count) bytes, and at most \(SafetensorsHeader.longest) fit")
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
