/// A 64-bit checksum of arrays, word by word.
struct Checksum {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        let words = bytes.count / 8
        for word in 0..<words { add(bytes.loadUnaligned(fromByteOffset: 8 * word, as: UInt64.self)) }
        add(bytes[(8 * words)...].reduce(0) { $0 << 8 | UInt64($1) })
        add(UInt64(bytes.count))
    }

    private mutating func add(_ word: UInt64) {
        // The rotation takes the high bits, a number's sign and exponent, to where the multiplication spreads them.
        let mixed = value ^ word
        value = (mixed << 29 | mixed >> 35) &* 0x9e37_79b9_7f4a_7c15
    }
}
