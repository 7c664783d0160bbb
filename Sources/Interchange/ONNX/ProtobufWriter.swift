/// Writes protobuf's wire format: the fields of a message, one after the other.
///
/// Models are only written, never read, and consist of nine small messages. A protobuf library would add a download for
/// each client of the package and a build for each client of this module, to replace a few lines.
///
/// Source: https://protobuf.dev/programming-guides/encoding/.
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    private enum WireType: UInt64 {
        case varint = 0
        case lengthDelimited = 2
    }

    /// Writes an integer field. Negative numbers take ten bytes.
    mutating func integer(_ field: Int, _ value: Int) {
        tag(field, .varint)
        varint(UInt64(bitPattern: Int64(value)))
    }

    /// Writes a field of bytes.
    mutating func data(_ field: Int, _ data: [UInt8]) {
        tag(field, .lengthDelimited)
        varint(UInt64(data.count))
        bytes += data
    }

    /// Writes a text field.
    mutating func string(_ field: Int, _ string: String) { data(field, Array(string.utf8)) }

    /// Writes a message field whose fields `write` writes.
    mutating func message(_ field: Int, _ write: (inout ProtobufWriter) -> Void) {
        var message = ProtobufWriter()
        write(&message)
        data(field, message.bytes)
    }

    /// Appends the fields of another writer.
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
