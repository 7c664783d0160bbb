import Estimators
import ModelFiles

/// A well-formed JSON text.
///
/// It is checked once and never converted to objects: a ``JSONValue`` is a position in the text, which is searched on
/// each access. The text therefore needs no memory besides its own bytes.
struct JSONText {
    let bytes: ArraySlice<UInt8>

    /// Checks `bytes` against RFC 8259, with Python's `NaN` and `Infinity`.
    ///
    /// - Returns: nil if they are not one JSON value, or if it is nested deeper than `JSONReader.deepestNesting`.
    /// - Complexity: O(bytes).
    init?(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        var reader = value.reader
        guard (try? reader.skipValue()) != nil, (try? reader.end()) != nil else { return nil }
    }

    /// The value of the whole text.
    var value: JSONValue { JSONValue(bytes: bytes) }
}

/// A value within a ``JSONText``.
struct JSONValue {
    /// The text from the start of the value, possibly beyond its end.
    fileprivate let bytes: ArraySlice<UInt8>

    fileprivate var reader: JSONReader { JSONReader(bytes, of: "the value") }

    /// The member of an object with the given name; nil if there is none or this is not an object.
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

    /// Calls `body` with each member of an object, in order, until it returns false.
    func forEachMember(_ body: (_ name: String, _ value: JSONValue) -> Bool) {
        struct Enough: Error {}
        var reader = reader
        try? reader.object { reader, name in
            guard body(name, JSONValue(bytes: bytes[reader.position...])) else { throw Enough() }
            try reader.skipValue()
        }
    }

    /// The elements of an array; nil if this is not an array.
    ///
    /// - Complexity: O(length of the array's text).
    var elements: [JSONValue]? {
        var reader = reader
        var elements: [JSONValue] = []
        let isArray: Void? = try? reader.list { reader in
            elements.append(JSONValue(bytes: bytes[reader.position...]))
            try reader.skipValue()
        }
        return isArray.map { elements }
    }

    /// The string; nil if this is not a string.
    var string: String? {
        var reader = reader
        return try? reader.string()
    }

    /// The number, including `Infinity` and `NaN`; nil if this is not a number.
    var number: Double? {
        switch literal {
        case "Infinity": .infinity
        case "-Infinity": -.infinity
        case "NaN": .nan
        case let literal: literal.flatMap { Double($0) }
        }
    }

    /// The integer; nil if this is not an integer or does not fit.
    var integer: Int? { literal.flatMap { Int($0) } }

    /// The Boolean; nil if this is not a Boolean.
    var bool: Bool? { literal.flatMap { Bool($0) } }

    /// Whether this is `null`.
    var isNull: Bool { literal == "null" }

    /// The text of a number, Boolean or `null`; nil for anything else.
    private var literal: String? {
        var reader = reader
        return try? reader.literal()
    }
}
