/// The CRC-32 checksum of ISO 3309, which zip files use.
enum CRC32 {
    /// The remainder of each byte divided by the polynomial 0x04C11DB7, with reversed bits.
    private static let remainders: [UInt32] = (0..<256).map { byte in
        var rest = UInt32(byte)
        for _ in 0..<8 {
            let isOdd = rest & 1 == 1
            rest >>= 1
            if isOdd { rest ^= 0xEDB8_8320 }
        }
        return rest
    }

    /// Returns the checksum of some bytes.
    static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        var rest = UInt32.max
        for byte in bytes {
            let index = Int(UInt8(truncatingIfNeeded: rest) ^ byte)
            rest = remainders[index] ^ (rest >> 8)
        }
        return ~rest
    }
}
