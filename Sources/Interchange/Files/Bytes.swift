// Reading numbers from untrusted bytes: nothing is read outside of them.

extension [UInt8] {
    /// The little-endian integer that begins at `offset`; nil where the bytes end before it does.
    func integer<Integer: FixedWidthInteger>(_: Integer.Type = Integer.self, at offset: Int) -> Integer? {
        guard offset >= 0, offset <= count - MemoryLayout<Integer>.size else { return nil }
        return withUnsafeBytes { Integer(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Integer.self)) }
    }
}
