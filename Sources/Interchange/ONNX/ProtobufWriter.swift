/// Writes protobuf's wire format: fields of a message, one after the other.
///
/// Models are written and never read, with nine small messages. A protobuf library would cost every client of the package
/// its download, and those of this module its build, for what is here in a few lines.
///
/// Source: https://protobuf.dev/programming-guides/encoding/.
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    private enum WireType: UInt64 {
        case varint = 0
        case lengthDelimited = 2
    }

    /// A field of an integer type; negative numbers take ten bytes.
    mutating func integer(_ field: Int, _ value: Int) {
        tag(field, .varint)
        varint(UInt64(bitPattern: Int64(value)))
    }

    /// A field of bytes.
    mutating func data(_ field: Int, _ data: [UInt8]) {
        tag(field, .lengthDelimited)
        varint(UInt64(data.count))
        bytes += data
    }

    /// A field of text.
    mutating func string(_ field: Int, _ string: String) { data(field, Array(string.utf8)) }

    /// A field that is a message, whose fields `write` writes.
    mutating func message(_ field: Int, _ write: (inout ProtobufWriter) -> Void) {
        var message = ProtobufWriter()
        write(&message)
        data(field, message.bytes)
    }

    /// The fields of another writer.
    mutating func append(_ other: ProtobufWriter) { bytes += other.bytes }

    private mutating func tag(_ field: Int, _ type: WireType) { varint(UInt64(field) << 3 | type.rawValue) }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
