import ModelSelection
import Testing

/// FNV-1a of 64-bit words instead of bytes, in hexadecimal.
func fingerprint(_ words: [Int]) -> String {
    let hash = words.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
        ($0 ^ UInt64(bitPattern: Int64($1))) &* 0x100_0000_01B3
    }
    return String(hash, radix: 16)
}

/// A size as the generator script writes it.
func size(_ text: String?) throws -> SplitSize? {
    guard let text else { return nil }
    return try Int(text).map { .count($0) } ?? .fraction(#require(Double(text)))
}
