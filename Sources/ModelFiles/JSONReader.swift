import Estimators

/// Reads a JSON text from an untrusted file piece by piece, and throws if another piece than the requested one comes
/// next.
///
/// `JSONDecoder` accepts a name that occurs twice, and takes many times the length of a hostile text in memory. This
/// reader stores nothing of the text.
package struct JSONReader {
    private let text: ArraySlice<UInt8>
    /// The text's name, with which errors begin.
    private let subject: String
    /// The place, as an index of the text.
    package private(set) var position: Int

    /// The beginning of a text.
    package init(_ text: ArraySlice<UInt8>, of subject: String) {
        self.text = text
        self.subject = subject
        position = text.startIndex
    }

    /// Throws unless nothing but spaces is left.
    package mutating func end() throws {
        guard next == nil else { throw unexpected("the end") }
    }

    // MARK: Objects and lists

    /// Reads an object; `value` reads the value of each name.
    package mutating func object(_ value: (_ reader: inout JSONReader, _ name: String) throws -> Void) throws {
        try items("{", "}") { reader in
            let name = try reader.string()
            try reader.expect(":")
            try value(&reader, name)
        }
    }

    /// Reads a list; `element` reads each element.
    package mutating func list(_ element: (_ reader: inout JSONReader) throws -> Void) throws {
        try items("[", "]", element)
    }

    /// Reads items, separated by commas, between brackets.
    private mutating func items(
        _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ item: (_ reader: inout JSONReader) throws -> Void
    ) throws {
        try expect(opening)
        if skips(closing) { return }
        repeat { try item(&self) } while skips(",")
        try expect(closing)
    }

    // MARK: Numbers and literals

    /// An integer of at least 0.
    package mutating func integer() throws -> Int {
        skipSpaces()
        let digits = text[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard let number = Int(String(decoding: digits.prefix(20), as: UTF8.self)), digits.count < 20,
            digits.count == 1 || digits.first != UInt8(ascii: "0")
        else { throw unexpected("an integer of at least 0") }
        position += digits.count
        return number
    }

    /// The text of a number, `true`, `false` or `null`; also Python's `NaN` and `Infinity`.
    package mutating func literal() throws -> String {
        skipSpaces()
        let written = text[position...].prefix { !" \n\r\t,:]}[{\"".utf8.contains($0) }
        let literal = String(decoding: written, as: UTF8.self)
        let isWord = ["true", "false", "null", "NaN", "Infinity", "-Infinity"].contains(literal)
        guard isWord || (written.allSatisfy { "+-.0123456789eE".utf8.contains($0) } && Double(literal) != nil) else {
            throw unexpected("a number, true, false or null")
        }
        position += written.count
        return literal
    }

    // MARK: Texts

    /// A string, with its escapes resolved.
    package mutating func string() throws -> String {
        try expect("\"")
        var bytes: [UInt8] = []
        var start = position
        while position < text.endIndex, text[position] >= 0x20 {
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

    /// The character of an escape sequence, after its backslash.
    private mutating func escapedScalar() throws -> Unicode.Scalar {
        guard position < text.endIndex else { throw unexpected("more of a text") }
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
                // A surrogate pair; anything else is rejected below.
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

    // MARK: Whatever comes

    /// The deepest nesting that is skipped.
    package static let deepestNesting = 200

    /// Skips a value of any kind.
    package mutating func skipValue() throws { try skipValue(depth: 0) }

    private mutating func skipValue(depth: Int) throws {
        guard depth <= JSONReader.deepestNesting else { throw unexpected("no deeper nesting") }
        switch next {
        case "{":
            try items("{", "}") { reader in
                try reader.skipString()
                try reader.expect(":")
                try reader.skipValue(depth: depth + 1)
            }
        case "[": try items("[", "]") { try $0.skipValue(depth: depth + 1) }
        case "\"": try skipString()
        default: _ = try literal()
        }
    }

    /// Skips a string of any length without copying it.
    private mutating func skipString() throws {
        try expect("\"")
        while position < text.endIndex, text[position] >= 0x20 {
            let byte = text[position]
            position = min(position + (byte == UInt8(ascii: "\\") ? 2 : 1), text.endIndex)
            if byte == UInt8(ascii: "\"") { return }
        }
        throw unexpected("a text that ends in quotation marks")
    }

    // MARK: Characters

    /// The next character that is no space; nil at the end.
    package var next: Unicode.Scalar? {
        mutating get {
            skipSpaces()
            return position < text.endIndex ? Unicode.Scalar(text[position]) : nil
        }
    }

    private mutating func expect(_ character: Unicode.Scalar) throws {
        guard skips(character) else { throw unexpected("\(character)") }
    }

    private mutating func skips(_ character: Unicode.Scalar) -> Bool {
        guard next == character else { return false }
        position += 1
        return true
    }

    private mutating func skipSpaces() {
        while position < text.endIndex, [0x20, 0x09, 0x0A, 0x0D].contains(text[position]) { position += 1 }
    }

    private func unexpected(_ expected: String) -> FileProblem {
        FileProblem("\(subject) must have \(expected) at byte \(position - text.startIndex), and has something else")
    }
}
