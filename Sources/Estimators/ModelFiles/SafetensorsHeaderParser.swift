/// Reads the header of a safetensors file, which is JSON of one form:
/// `{"__metadata__": {name: text, …}, name: {"dtype": text, "shape": [n, …], "data_offsets": [n, n]}, …}`.
///
/// `JSONDecoder` would be shorter, but is silent about a name that occurs twice, and a hostile text takes it many times its
/// length in memory. This takes a small multiple, and does not nest.
struct SafetensorsHeaderParser {
    private let text: [UInt8]
    private var position = 0

    init(_ text: [UInt8]) { self.text = text }

    /// The whole text, which may end in spaces.
    ///
    /// - Throws: ``FileProblem``.
    mutating func header() throws -> SafetensorsHeader {
        // Checked once for all: strings are cut out at ASCII characters, so that each of them is valid then.
        guard String(validating: text, as: UTF8.self) != nil else { throw FileProblem("its header is no UTF-8 text") }
        var header = SafetensorsHeader()
        var hasMetadata = false
        try object { parser, name in
            if name == SafetensorsHeader.metadataKey {
                guard !hasMetadata else { throw FileProblem("its header has \(name) twice") }
                hasMetadata = true
                header.metadata = try parser.metadata()
            } else {
                guard header.tensors.updateValue(try parser.entry(name), forKey: name) == nil else {
                    throw FileProblem("its header has the tensor \(name) twice")
                }
            }
        }
        skipSpaces()
        guard position == text.count else { throw unexpected("the end") }
        return header
    }

    // MARK: What the header has

    private mutating func metadata() throws -> [String: String] {
        var texts: [String: String] = [:]
        try object { parser, name in
            guard texts.updateValue(try parser.string(), forKey: name) == nil else {
                throw FileProblem("its metadata has \(name) twice")
            }
        }
        return texts
    }

    private mutating func entry(_ tensor: String) throws -> SafetensorsHeader.Entry {
        var type: String?
        var shape: [Int]?
        var offsets: [Int]?
        try object { parser, name in
            switch name {
            case "dtype" where type == nil: type = try parser.string()
            case "shape" where shape == nil: shape = try parser.integers()
            case "data_offsets" where offsets == nil: offsets = try parser.integers()
            default: throw FileProblem("tensor \(tensor) has \(name), which it must not have or not twice")
            }
        }
        guard let type, let shape, let offsets else {
            throw FileProblem("tensor \(tensor) does not have all of dtype, shape and data_offsets")
        }
        guard offsets.count == 2, offsets[0] <= offsets[1] else {
            throw FileProblem("the data_offsets of tensor \(tensor) are \(offsets), and not a beginning and an end")
        }
        return SafetensorsHeader.Entry(type: type, shape: shape, bytes: offsets[0]..<offsets[1])
    }

    // MARK: JSON

    /// An object, for each of whose names `value` reads what belongs to it.
    private mutating func object(
        _ value: (_ parser: inout SafetensorsHeaderParser, _ name: String) throws -> Void
    ) throws {
        try list("{", "}") { parser in
            let name = try parser.string()
            try parser.expect(":")
            try value(&parser, name)
        }
    }

    /// Whatever `element` reads, any number of times, between brackets.
    private mutating func list(
        _ opening: Unicode.Scalar, _ closing: Unicode.Scalar,
        _ element: (_ parser: inout SafetensorsHeaderParser) throws -> Void
    ) throws {
        try expect(opening)
        if skips(closing) { return }
        repeat { try element(&self) } while skips(",")
        try expect(closing)
    }

    /// Integers of at least 0, no more than a tensor has dimensions.
    private mutating func integers() throws -> [Int] {
        var integers: [Int] = []
        try list("[", "]") { parser in
            guard integers.count < SafetensorsHeader.mostDimensions else {
                throw FileProblem("its header has a list of more than \(SafetensorsHeader.mostDimensions) numbers")
            }
            integers.append(try parser.integer())
        }
        return integers
    }

    private mutating func integer() throws -> Int {
        skipSpaces()
        let digits = text[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard let number = Int(String(decoding: digits.prefix(20), as: UTF8.self)), digits.count < 20,
            digits.count == 1 || digits.first != UInt8(ascii: "0")
        else { throw unexpected("an integer of at least 0") }
        position += digits.count
        return number
    }

    private mutating func string() throws -> String {
        try expect("\"")
        var bytes: [UInt8] = []
        var start = position
        while position < text.count, text[position] >= 0x20 {
            switch Unicode.Scalar(text[position]) {
            case "\"":
                bytes += text[start..<position]
                position += 1
                return String(decoding: bytes, as: UTF8.self)
            case "\\":
                bytes += text[start..<position]
                position += 1
                bytes += UTF8.encode(try escapedScalar()) ?? UTF8.EncodedScalar()
                start = position
            default:
                position += 1
            }
        }
        throw unexpected("a text that ends in quotation marks")
    }

    /// What the characters after a backslash stand for.
    private mutating func escapedScalar() throws -> Unicode.Scalar {
        guard position < text.count else { throw unexpected("more of a text") }
        let letter = Unicode.Scalar(text[position])
        position += 1
        switch letter {
        case "\"", "\\", "/": return letter
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u":
            var code = try hexadecimal()
            if (0xD800..<0xDC00).contains(code), text[position...].starts(with: "\\u".utf8) {
                position += 2
                let second = try hexadecimal()
                // Two halves of a character beyond the first 65,536; anything else becomes no character below.
                if (0xDC00..<0xE000).contains(second) { code = 0x10000 + (code - 0xD800) << 10 + (second - 0xDC00) }
            }
            guard let scalar = Unicode.Scalar(code) else { throw unexpected("the code of a character") }
            return scalar
        default: throw unexpected("another character after a backslash")
        }
    }

    private mutating func hexadecimal() throws -> UInt32 {
        let digits = text[position...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw unexpected("four hexadecimal digits") }
        position += 4
        return code
    }

    // MARK: Characters

    private mutating func expect(_ character: Unicode.Scalar) throws {
        guard skips(character) else { throw unexpected("\(character)") }
    }

    private mutating func skips(_ character: Unicode.Scalar) -> Bool {
        skipSpaces()
        guard position < text.count, Unicode.Scalar(text[position]) == character else { return false }
        position += 1
        return true
    }

    private mutating func skipSpaces() {
        while position < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[position]) { position += 1 }
    }

    private func unexpected(_ expected: String) -> FileProblem {
        FileProblem("its header must have \(expected) at byte \(position), and has something else")
    }
}
