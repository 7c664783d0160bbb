import Estimators
import ModelFiles

/// A JSON text that is well formed.
///
/// It is checked once and never taken apart: a ``JSONValue`` is a place in it, looked through when something is asked of
/// it. So a text takes no memory beside its own bytes, whatever is in it.
struct JSONText {
    let bytes: ArraySlice<UInt8>

    /// Checks `bytes` against RFC 8259, with Python's `NaN` and `Infinity`.
    ///
    /// - Returns: nil where they are not one JSON value, or it is nested deeper than `JSONReader.deepestNesting`.
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
    /// The value's text, which may go on beyond it.
    fileprivate let bytes: ArraySlice<UInt8>

    fileprivate var reader: JSONReader { JSONReader(bytes, of: "the value") }

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
        struct Enough: Error {}
        var reader = reader
        try? reader.object { reader, name in
            guard body(name, JSONValue(bytes: bytes[reader.position...])) else { throw Enough() }
            try reader.skipValue()
        }
    }

    /// The elements of an array; nil where this is none.
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

    /// The string; nil where this is none.
    var string: String? {
        var reader = reader
        return try? reader.string()
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
        var reader = reader
        return try? reader.literal()
    }
}
