import Foundation

/// A checksum of a file's bytes, to tell whether data are the same. Not against forgery.
///
/// - Complexity: O(size of the file), of which a part is in memory at a time.
public func checksum(of path: String) -> String? {
    guard let file = try? FileHandle(forReadingFrom: URL(fileURLWithPath: path)) else { return nil }
    defer { try? file.close() }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    while let part = try? file.read(upToCount: 1 << 22), !part.isEmpty {
        part.withUnsafeBytes { bytes in
            let words = bytes.count / 8
            for word in 0..<words {
                hash ^= bytes.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self).littleEndian
                hash = (hash &* 0x0000_0100_0000_01B3) ^ (hash >> 29)
            }
            for byte in bytes[(words * 8)...] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        }
    }
    return String(hash, radix: 16)
}
