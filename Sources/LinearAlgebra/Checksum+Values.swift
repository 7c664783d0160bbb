/// A type that adds its values to a checksum directly, without reflection.
package protocol Checksummed {
    /// Adds the value to the checksum.
    func add(to checksum: inout Checksum)
}

/// A number that is defined by its bytes.
package protocol PlainNumber: BitwiseCopyable {}
extension Int: PlainNumber {}
extension Float: PlainNumber {}
extension Double: PlainNumber {}

extension Array: Checksummed where Element: PlainNumber {
    package func add(to checksum: inout Checksum) {
        checksum.add("\(Element.self)")
        withUnsafeBytes { checksum.add($0) }
    }
}

extension Matrix: Checksummed where Scalar: MatrixScalar {
    package func add(to checksum: inout Checksum) {
        checksum.add("\(Scalar.self) \(rows) \(columns)")
        withUnsafeElements { checksum.add(UnsafeRawBufferPointer($0)) }
    }
}

extension Checksum {
    /// Adds a text and its end.
    package mutating func add(_ text: String) { add(texts: [text]) }

    /// Adds texts. Bytes that never occur in UTF-8 mark the end of a text and a missing text.
    package mutating func add(texts: [String?]) {
        var bytes: [UInt8] = []
        for text in texts {
            if let text { bytes += text.utf8 } else { bytes.append(0xfe) }
            bytes.append(0xff)
        }
        bytes.withUnsafeBytes { add($0) }
    }

    /// Adds the type of a value and its properties, recursively. For an object, adds only the type.
    ///
    /// A description would not work: for sets and dictionaries, its order differs from process to process.
    package mutating func add(describing value: Any) {
        if let value = value as? any Checksummed { return value.add(to: &self) }
        if let texts = value as? [String] { return add(texts: texts) }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .set, .dictionary:
            add(texts: mirror.children.map { Checksum(describing: $0.value).text }.sorted())
        case .class:
            // An object may change during a search, and may contain itself.
            add("\(mirror.subjectType)")
        case nil:
            add("\(value)")
        case .enum where mirror.children.isEmpty:
            add("\(value)")
        default:
            add("\(mirror.subjectType) \(mirror.children.count)")
            for child in mirror.children {
                add(child.label ?? "")
                add(describing: child.value)
            }
        }
    }

    private init(describing value: Any) { add(describing: value) }
}
