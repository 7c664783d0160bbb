/// Writes JSON piece by piece.
public struct JSONWriter: Sendable {
    /// What has been written.
    public private(set) var bytes: [UInt8] = []

    /// A writer with room for some bytes.
    public init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

    /// Writes what is JSON already.
    public mutating func raw(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Writes what is JSON already.
    public mutating func raw(_ piece: [UInt8]) { bytes.append(contentsOf: piece) }

    /// Writes a number; null where JSON has none.
    public mutating func number(_ value: Double) {
        guard value.isFinite else { return raw("null") }
        bytes.append(contentsOf: "\(value)".utf8)
    }

    /// Writes a number.
    public mutating func number(_ value: Int) { bytes.append(contentsOf: "\(value)".utf8) }

    /// Writes a string in quotation marks.
    public mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): raw("\\\"")
            case UInt8(ascii: "\\"): raw("\\\\")
            case 0x0A: raw("\\n")
            case 0x0D: raw("\\r")
            case 0x09: raw("\\t")
            case 0..<0x20, 0x7F, UInt8(ascii: "<"):
                // Not even a browser that takes an answer for HTML finds an element in it.
                let digits: StaticString = "0123456789abcdef"
                raw("\\u00")
                bytes.append(digits.utf8Start[Int(byte >> 4)])
                bytes.append(digits.utf8Start[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes the elements of a list.
    public mutating func list<Elements: Collection>(
        _ elements: Elements, _ write: (inout JSONWriter, Elements.Element) -> Void
    ) {
        raw("[")
        var isFirst = true
        for element in elements {
            if !isFirst { raw(",") }
            isFirst = false
            write(&self, element)
        }
        raw("]")
    }

    /// The bytes of a string in quotation marks.
    public static func piece(_ text: String) -> [UInt8] {
        var writer = JSONWriter(capacity: text.utf8.count + 8)
        writer.string(text)
        return writer.bytes
    }
}
