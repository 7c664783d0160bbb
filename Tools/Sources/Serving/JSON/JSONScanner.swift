import Foundation

/// Reads JSON (RFC 8259) from untrusted bytes, value by value, and accepts nothing else.
///
/// Every access to the bytes is checked against their bounds. Nesting is limited.
struct JSONScanner {
    let bytes: [UInt8]
    private(set) var position = 0
    private let end: Int

    /// The most lists and objects inside each other.
    static let deepest = 64

    /// A scanner of the first `count` bytes; of all by default.
    init(_ bytes: [UInt8], count: Int? = nil) {
        self.bytes = bytes
        end = min(bytes.count, count ?? bytes.count)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]), end >= 3 { position = 3 }
    }

    /// The next byte that is not white space; nil at the end.
    mutating func next() -> UInt8? {
        while position < end {
            let byte = bytes[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            position += 1
        }
        return nil
    }

    /// Moves behind `byte` if it is next.
    mutating func take(_ byte: UInt8) -> Bool {
        guard next() == byte else { return false }
        position += 1
        return true
    }

    /// - Throws: `ServiceError` unless `byte` is next.
    mutating func expect(_ byte: UInt8, _ place: String) throws {
        guard take(byte) else { throw unexpected("\(Character(Unicode.Scalar(byte)))", place) }
    }

    /// - Throws: `ServiceError` if anything but white space follows.
    mutating func expectEnd() throws {
        if next() != nil { throw malformed("there is more after the end of the value") }
    }

    // MARK: Values

    /// What a value is.
    enum Kind: Equatable { case object, list, string, number, boolean, null }

    /// The kind of the next value.
    ///
    /// - Throws: `ServiceError` where no value begins.
    mutating func kind() throws -> Kind {
        switch next() {
        case UInt8(ascii: "{")?: return .object
        case UInt8(ascii: "[")?: return .list
        case UInt8(ascii: "\"")?: return .string
        case UInt8(ascii: "t")?, UInt8(ascii: "f")?: return .boolean
        case UInt8(ascii: "n")?: return .null
        case UInt8(ascii: "-")?, (0x30...0x39)?: return .number
        case UInt8(ascii: "N")?, UInt8(ascii: "I")?:
            throw malformed("NaN and Infinity are no JSON: write null for a missing value")
        default: throw unexpected("a value")
        }
    }

    /// The elements of a list.
    mutating func list(_ element: (inout JSONScanner) throws -> Void) throws {
        try expect(UInt8(ascii: "["), "at the beginning of a list")
        if take(UInt8(ascii: "]")) { return }
        repeat { try element(&self) } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"), "or , after an element")
    }

    /// The members of an object: `member` reads the value that belongs to the name.
    mutating func object(_ member: (Text, inout JSONScanner) throws -> Void) throws {
        try expect(UInt8(ascii: "{"), "at the beginning of an object")
        if take(UInt8(ascii: "}")) { return }
        repeat {
            guard next() == UInt8(ascii: "\"") else { throw unexpected("a name in quotation marks") }
            let name = try text()
            try expect(UInt8(ascii: ":"), "after a name")
            try member(name, &self)
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"), "or , after a value")
    }

    /// A string as it is written, without its quotation marks.
    struct Text {
        let range: Range<Int>
        let hasEscapes: Bool
    }

    /// Moves behind a string.
    mutating func text() throws -> Text {
        guard next() == UInt8(ascii: "\"") else { throw unexpected("a string") }
        position += 1
        let start = position
        var hasEscapes = false
        while position < end {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return Text(range: start..<position - 1, hasEscapes: hasEscapes)
            }
            if byte < 0x20 { throw malformed("a string has a control character, which must be escaped") }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                position += 1
            }
            position += 1
        }
        position = end
        throw malformed("a string does not end")
    }

    /// The string at the next position.
    mutating func string() throws -> String { try string(text()) }

    /// What a string says.
    func string(_ text: Text) throws -> String {
        let raw = bytes[text.range]
        let decoded = text.hasEscapes ? try unescaped(raw) : Array(raw)
        guard let string = String(validating: decoded, as: UTF8.self) else {
            throw malformed("a string is not UTF-8", at: text.range.lowerBound)
        }
        return string
    }

    /// Whether a string without escapes has these bytes.
    func equals(_ text: Text, _ other: [UInt8]) -> Bool {
        guard !text.hasEscapes, text.range.count == other.count else { return false }
        var index = text.range.lowerBound
        for byte in other {
            if bytes[index] != byte { return false }
            index += 1
        }
        return true
    }

    /// A finite number.
    mutating func number() throws -> Double {
        _ = next()
        let start = position
        var mantissa: UInt64 = 0
        var digits = 0
        var exponent = 0
        let isNegative = position < end && bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }

        func isDigit(_ index: Int) -> Bool { index < end && bytes[index] >= 0x30 && bytes[index] <= 0x39 }
        guard isDigit(position) else { throw unexpected("a digit") }
        if bytes[position] == 0x30, isDigit(position + 1) {
            throw malformed("a number must not begin with 0: write text in quotation marks")
        }
        func add(_ byte: UInt8) {
            if digits < 19 { mantissa = mantissa &* 10 &+ UInt64(byte &- 0x30) }
            if mantissa != 0 { digits += 1 }
        }
        while isDigit(position) {
            add(bytes[position])
            position += 1
        }
        if position < end, bytes[position] == UInt8(ascii: ".") {
            position += 1
            guard isDigit(position) else { throw unexpected("a digit", "after the point") }
            while isDigit(position) {
                add(bytes[position])
                exponent -= 1
                position += 1
            }
        }
        if position < end, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            var sign = 1
            if position < end, bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") {
                if bytes[position] == UInt8(ascii: "-") { sign = -1 }
                position += 1
            }
            guard isDigit(position) else { throw unexpected("a digit", "in the exponent") }
            var power = 0
            while isDigit(position) {
                power = min(power * 10 + Int(bytes[position] - 0x30), 100_000)
                position += 1
            }
            exponent += sign * power
        }

        // Both factors are exact, so that their product or quotient is the nearest number.
        if digits <= 19, mantissa < 1 << 53, abs(exponent) <= 22 {
            let whole = Double(mantissa)
            let value = exponent < 0 ? whole / Self.powers[-exponent] : whole * Self.powers[exponent]
            return isNegative ? -value : value
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let value = Double(text), value.isFinite else {
            throw malformed("the number \(text.prefix(40)) is too large", at: start)
        }
        return value
    }

    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// `true` or `false`.
    mutating func boolean() throws -> Bool {
        if next() == UInt8(ascii: "t") {
            try word("true")
            return true
        }
        try word("false")
        return false
    }

    /// `null`.
    mutating func null() throws { try word("null") }

    private mutating func word(_ word: StaticString) throws {
        _ = next()
        for offset in 0..<word.utf8CodeUnitCount {
            guard position < end, bytes[position] == word.utf8Start[offset] else { throw unexpected("\(word)") }
            position += 1
        }
    }

    /// Moves behind any value.
    mutating func skip(depth: Int = 0) throws {
        guard depth < Self.deepest else { throw malformed("values are nested too deeply") }
        switch try kind() {
        case .object: try object { _, scanner in try scanner.skip(depth: depth + 1) }
        case .list: try list { try $0.skip(depth: depth + 1) }
        case .string: _ = try string()
        case .number: _ = try number()
        case .boolean: _ = try boolean()
        case .null: try null()
        }
    }

    // MARK: Escapes

    private func unescaped(_ raw: ArraySlice<UInt8>) throws -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(raw.count)
        var index = raw.startIndex
        while index < raw.endIndex {
            guard raw[index] == UInt8(ascii: "\\") else {
                result.append(raw[index])
                index += 1
                continue
            }
            guard index + 1 < raw.endIndex else { throw malformed("an escape is incomplete", at: index) }
            let letter = raw[index + 1]
            index += 2
            switch letter {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(letter)
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "u"):
                var unit = try codeUnit(raw, &index)
                if (0xD800..<0xDC00).contains(unit) {
                    guard index + 1 < raw.endIndex, raw[index] == UInt8(ascii: "\\"),
                        raw[index + 1] == UInt8(ascii: "u")
                    else { throw malformed("half of a surrogate pair is missing", at: index) }
                    index += 2
                    let low = try codeUnit(raw, &index)
                    guard (0xDC00..<0xE000).contains(low) else {
                        throw malformed("half of a surrogate pair is missing", at: index)
                    }
                    unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
                }
                guard let scalar = Unicode.Scalar(unit) else {
                    throw malformed("half of a surrogate pair is missing", at: index)
                }
                result.append(contentsOf: String(Character(scalar)).utf8)
            default: throw malformed("a string has an unknown escape", at: index - 2)
            }
        }
        return result
    }

    private func codeUnit(_ raw: ArraySlice<UInt8>, _ index: inout Int) throws -> UInt32 {
        guard index + 4 <= raw.endIndex else { throw malformed("an escape is incomplete", at: index) }
        var unit: UInt32 = 0
        for byte in raw[index..<index + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw malformed("\\u must be followed by four hexadecimal digits", at: index)
            }
            unit = unit << 4 + UInt32(digit)
        }
        index += 4
        return unit
    }

    // MARK: Errors

    /// An error that says where the body is no JSON.
    func malformed(_ reason: String, at place: Int? = nil) -> ServiceError {
        let before = bytes[..<min(place ?? position, bytes.count)]
        let line = before.count(where: { $0 == 0x0A }) + 1
        let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
        return .badRequest("the body is no JSON: line \(line), column \(column): \(reason)")
    }

    private func unexpected(_ expected: String, _ place: String = "") -> ServiceError {
        let found =
            if position >= end {
                "the body ends"
            } else if bytes[position] > 0x20, bytes[position] < 0x7F {
                "there is \(Character(Unicode.Scalar(bytes[position])))"
            } else {
                "there is byte \(bytes[position])"
            }
        return malformed("expected \(expected)\(place.isEmpty ? "" : " " + place), but \(found)")
    }
}
