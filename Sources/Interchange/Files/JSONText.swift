/// A JSON text that is well formed.
///
/// It is checked once and never taken apart: a ``JSONValue`` is a place in it, looked through when something is asked of
/// it. So a text takes no memory beside its own bytes, whatever is in it.
struct JSONText {
    let bytes: ArraySlice<UInt8>

    /// The deepest nesting that is read.
    static let deepestNesting = 200

    /// Checks `bytes` against RFC 8259, with Python's `NaN` and `Infinity`.
    ///
    /// - Returns: nil where they are not one JSON value, or it is nested deeper than ``deepestNesting``.
    /// - Complexity: O(bytes).
    init?(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        var scanner = Scanner(bytes: bytes)
        guard scanner.skipValue(depth: 0), scanner.next == nil else { return nil }
    }

    /// The value of the whole text.
    var value: JSONValue { JSONValue(bytes: bytes) }
}

/// A value within a ``JSONText``.
struct JSONValue {
    /// The value's text, which may go on beyond it.
    fileprivate let bytes: ArraySlice<UInt8>

    private var scanner: JSONText.Scanner { JSONText.Scanner(bytes: bytes) }

    /// The member of an object with the given name; nil where there is none, or this is no object.
    ///
    /// - Complexity: O(length of the object's text).
    subscript(name: String) -> JSONValue? {
        var found: JSONValue?
        forEachMember { key, value in
            if key.utf8.elementsEqual(name.utf8) { found = value }
            return found == nil
        }
        return found
    }

    /// Calls `body` with the members of an object, in order, until it returns false.
    func forEachMember(_ body: (_ name: String, _ value: JSONValue) -> Bool) {
        var scanner = scanner
        guard scanner.next == UInt8(ascii: "{") else { return }
        scanner.position += 1
        while scanner.next == UInt8(ascii: "\"") {
            guard let key = scanner.string() else { return }
            _ = scanner.next
            scanner.position += 1
            guard body(key, JSONValue(bytes: bytes[scanner.position...])) else { return }
            guard scanner.skipValue(depth: 0), scanner.next == UInt8(ascii: ",") else { return }
            scanner.position += 1
        }
    }

    /// The elements of an array; nil where this is none.
    ///
    /// - Complexity: O(length of the array's text).
    var elements: [JSONValue]? {
        var scanner = scanner
        guard scanner.next == UInt8(ascii: "[") else { return nil }
        scanner.position += 1
        var elements: [JSONValue] = []
        while let next = scanner.next, next != UInt8(ascii: "]") {
            elements.append(JSONValue(bytes: bytes[scanner.position...]))
            guard scanner.skipValue(depth: 0) else { return nil }
            if scanner.next == UInt8(ascii: ",") { scanner.position += 1 }
        }
        return elements
    }

    /// The string; nil where this is none.
    var string: String? {
        var scanner = scanner
        return scanner.next == UInt8(ascii: "\"") ? scanner.string() : nil
    }

    /// The number, `Infinity` and `NaN` included; nil where this is none.
    var number: Double? {
        switch literal {
        case "Infinity": .infinity
        case "-Infinity": -.infinity
        case "NaN": .nan
        case let literal: literal.flatMap { Double($0) }
        }
    }

    /// The integer; nil where this is none, or it does not fit.
    var integer: Int? { literal.flatMap { Int($0) } }

    /// The truth value; nil where this is none.
    var bool: Bool? { literal.flatMap { Bool($0) } }

    /// Whether this is `null`.
    var isNull: Bool { literal == "null" }

    /// A number, truth value or `null` as it is written; nil for anything else.
    private var literal: String? {
        var scanner = scanner
        guard let first = scanner.next, !"\"[{".utf8.contains(first) else { return nil }
        let start = scanner.position
        guard scanner.skipLiteral() else { return nil }
        return String(decoding: bytes[start..<scanner.position], as: UTF8.self)
    }
}

// MARK: - Scanning

extension JSONText {
    /// A place in JSON text, which moves on over whatever is there.
    fileprivate struct Scanner {
        let bytes: ArraySlice<UInt8>
        var position: Int

        init(bytes: ArraySlice<UInt8>) {
            self.bytes = bytes
            position = bytes.startIndex
        }

        private var current: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

        /// The byte at the next place that is not white space; nil at the end.
        var next: UInt8? {
            mutating get {
                while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
                return current
            }
        }

        private mutating func skip(_ byte: UInt8) -> Bool {
            guard next == byte else { return false }
            position += 1
            return true
        }

        /// Moves beyond the next value.
        ///
        /// - Returns: false where there is none, or it is malformed.
        mutating func skipValue(depth: Int) -> Bool {
            guard depth <= JSONText.deepestNesting, let first = next else { return false }
            switch first {
            case UInt8(ascii: "{"):
                return skipItems(closing: UInt8(ascii: "}")) { scanner in
                    guard scanner.next == UInt8(ascii: "\"") else { return false }
                    return scanner.skipString() && scanner.skip(UInt8(ascii: ":"))
                        && scanner.skipValue(depth: depth + 1)
                }
            case UInt8(ascii: "["):
                return skipItems(closing: UInt8(ascii: "]")) { $0.skipValue(depth: depth + 1) }
            case UInt8(ascii: "\""): return skipString()
            default: return skipLiteral()
            }
        }

        /// Moves beyond an object or an array, whose items are skipped by `skipItem`.
        private mutating func skipItems(closing: UInt8, _ skipItem: (inout Scanner) -> Bool) -> Bool {
            position += 1
            if skip(closing) { return true }
            while true {
                guard skipItem(&self) else { return false }
                if skip(closing) { return true }
                guard skip(UInt8(ascii: ",")) else { return false }
            }
        }

        /// Moves beyond a string, to whose opening quote the place points.
        private mutating func skipString() -> Bool {
            position += 1
            while let byte = current {
                position += byte == UInt8(ascii: "\\") ? 2 : 1
                if byte == UInt8(ascii: "\"") { return true }
                if byte < 0x20 { return false }
            }
            return false
        }

        /// Moves beyond a number, truth value or `null`.
        mutating func skipLiteral() -> Bool {
            let start = position
            while let byte = current, !" \n\r\t,:]}[{\"".utf8.contains(byte) { position += 1 }
            // The words are checked here, so that no one after has to.
            let text = String(decoding: bytes[start..<position], as: UTF8.self)
            let isWord = ["true", "false", "null", "NaN", "Infinity", "-Infinity"].contains(text)
            return isWord
                || (bytes[start..<position].allSatisfy { "+-.0123456789eE".utf8.contains($0) } && Double(text) != nil)
        }

        /// The string to whose opening quote the place points, and moves beyond it; nil where it is malformed.
        mutating func string() -> String? {
            let start = position + 1
            guard skipString() else { return nil }
            let content = bytes[start..<(position - 1)]
            guard content.contains(UInt8(ascii: "\\")) else { return String(decoding: content, as: UTF8.self) }
            return Scanner.unescaped(content)
        }

        private static func unescaped(_ content: ArraySlice<UInt8>) -> String? {
            var units: [UInt16] = []
            var rest = String(decoding: content, as: UTF8.self).utf16[...]
            while let unit = rest.popFirst() {
                guard unit == UInt16(UInt8(ascii: "\\")) else {
                    units.append(unit)
                    continue
                }
                guard let escape = rest.popFirst(), let character = Unicode.Scalar(escape) else { return nil }
                switch character {
                case "n": units.append(0x0A)
                case "t": units.append(0x09)
                case "r": units.append(0x0D)
                case "b": units.append(0x08)
                case "f": units.append(0x0C)
                case "\"", "\\", "/": units.append(escape)
                case "u":
                    let digits = rest.prefix(4)
                    guard digits.count == 4, let code = UInt16(String(decoding: digits, as: UTF16.self), radix: 16)
                    else {
                        return nil
                    }
                    units.append(code)
                    rest = rest.dropFirst(4)
                default: return nil
                }
            }
            return String(decoding: units, as: UTF16.self)
        }
    }
}
