import Foundation

// Reading numbers from untrusted bytes: nothing is read outside of them.

extension [UInt8] {
    /// The contents of a file.
    ///
    /// - Throws: Foundation's error where it cannot be read.
    init(contentsOf url: URL) throws { self.init(try Data(contentsOf: url)) }

    /// The little-endian integer that begins at `offset`; nil where the bytes end before it does.
    func integer<Integer: FixedWidthInteger>(_: Integer.Type = Integer.self, at offset: Int) -> Integer? {
        guard offset >= 0, offset <= count - MemoryLayout<Integer>.size else { return nil }
        return withUnsafeBytes { Integer(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Integer.self)) }
    }
}

/// The CRC-32 of ISO 3309, which zip files have.
enum CRC32 {
    /// The remainder of every byte by the polynomial 0x04C11DB7, its bits reversed.
    private static let remainders: [UInt32] = (0..<256).map { byte in
        var rest = UInt32(byte)
        for _ in 0..<8 {
            let isOdd = rest & 1 == 1
            rest >>= 1
            if isOdd { rest ^= 0xEDB8_8320 }
        }
        return rest
    }

    /// The checksum of some bytes.
    static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        var rest = UInt32.max
        for byte in bytes {
            let index = Int(UInt8(truncatingIfNeeded: rest) ^ byte)
            rest = remainders[index] ^ (rest >> 8)
        }
        return ~rest
    }
}
