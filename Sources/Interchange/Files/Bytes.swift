// Reads numbers from untrusted bytes, always within their bounds.

extension [UInt8] {
    /// Returns the little-endian integer at `offset`; nil if it is not completely within the bytes.
    func integer<Integer: FixedWidthInteger>(_: Integer.Type = Integer.self, at offset: Int) -> Integer? {
        guard offset >= 0, offset <= count - MemoryLayout<Integer>.size else { return nil }
        return withUnsafeBytes { Integer(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Integer.self)) }
    }
}
