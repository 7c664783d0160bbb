/// The engine of ``RandomState``: MT19937, which generates uniform 32-bit words.
///
/// The algorithm is that of Matsumoto and Nishimura (ACM TOMACS 8, 1998, doi:10.1145/272991.272995). A block of 624
/// words is generated at once, in place. Reading a word only tempers it, so a draw costs a few instructions, and the
/// array is checked for unique reference once in 624 draws.
struct MersenneTwister: Equatable, Sendable {
    /// The number of words in a block.
    static let wordCount = 624

    /// The distance between the two words that are combined into a new one.
    private static let middle = 397

    /// The current block, before tempering.
    private(set) var key: [UInt32]

    /// The index in `key` of the next word; `wordCount` if the block is used up.
    private(set) var position: Int

    /// Seeds the engine with Knuth's linear recurrence, as the authors' `init_genrand` of 2002 does.
    init(seed: UInt32) {
        var word = seed
        key = (1...UInt32(Self.wordCount)).map { index in
            defer { word = 1_812_433_253 &* (word ^ (word >> 30)) &+ index }
            return word
        }
        position = Self.wordCount
    }

    /// Fills the whole block with the system's entropy.
    init(entropy: inout some RandomNumberGenerator) {
        // Only the top bit of the first word counts. Setting it avoids the all-zero state, which the engine never
        // leaves.
        key = [0x8000_0000] + (1..<Self.wordCount).map { _ in UInt32.random(in: 0...UInt32.max, using: &entropy) }
        position = Self.wordCount
    }

    /// Continues from a stored block. Returns nil for an invalid state.
    ///
    /// The engine has 19937 bits: the top bit of the first word and all bits of the others. If all of them are zero,
    /// the engine would return zeros forever, and rejection sampling would never end.
    init?(key: [UInt32], position: Int) {
        guard key.count == Self.wordCount, (0...Self.wordCount).contains(position),
            key[0] >> 31 != 0 || key.dropFirst().contains(where: { $0 != 0 })
        else { return nil }
        self.key = key
        self.position = position
    }

    /// Returns the next word, uniform over all 32-bit integers.
    @inline(__always)
    mutating func nextUInt32() -> UInt32 {
        if position == Self.wordCount { makeBlock() }
        defer { position += 1 }
        return Self.tempered(key[position])
    }

    @inline(__always)
    private static func tempered(_ word: UInt32) -> UInt32 {
        var word = word
        word ^= word >> 11
        word ^= (word << 7) & 0x9D2C_5680
        word ^= (word << 15) & 0xEFC6_0000
        return word ^ (word >> 18)
    }

    /// Returns two words as one. The first is the upper half, as in NumPy.
    @inline(__always)
    mutating func nextUInt64() -> UInt64 {
        let upper = UInt64(nextUInt32())
        return upper << 32 | UInt64(nextUInt32())
    }

    /// Returns a multiple of 2⁻⁵³ in [0, 1), from the upper 27 bits of one word and the upper 26 of the next.
    @inline(__always)
    mutating func nextDouble() -> Double {
        let upper = nextUInt32()
        return Self.double(upper, nextUInt32())
    }

    @inline(__always)
    private static func double(_ upper: UInt32, _ lower: UInt32) -> Double {
        Double(Int64(upper >> 5) << 26 | Int64(lower >> 6)) * 0x1p-53
    }

    /// Initializes `target` with low + range · ``nextDouble()``, processing the remaining words of each block together.
    mutating func fill(_ target: UnsafeMutableBufferPointer<Double>, low: Double, range: Double) {
        var filled = 0
        while filled < target.count {
            let first = position
            let pairs = min((Self.wordCount - first) / 2, target.count - filled)
            guard pairs > 0 else {
                target.initializeElement(at: filled, to: low + range * nextDouble())
                filled += 1
                continue
            }
            key.withUnsafeBufferPointer { key in
                for pair in 0..<pairs {
                    let (upper, lower) = (key[first &+ 2 &* pair], key[first &+ 2 &* pair &+ 1])
                    let number = Self.double(Self.tempered(upper), Self.tempered(lower))
                    target.initializeElement(at: filled &+ pair, to: low + range * number)
                }
            }
            position += 2 * pairs
            filled += pairs
        }
    }

    /// Replaces the block with the next one.
    @inline(never)
    private mutating func makeBlock() {
        let count = Self.wordCount
        let middle = Self.middle
        key.withUnsafeMutableBufferPointer { key in
            // Three loops instead of an index modulo 624: the compiler vectorizes the first two.
            for index in 0..<(count - middle) {
                key[index] = key[index + middle] ^ Self.twist(key[index], key[index + 1])
            }
            for index in (count - middle)..<(count - 1) {
                key[index] = key[index + middle - count] ^ Self.twist(key[index], key[index + 1])
            }
            key[count - 1] = key[middle - 1] ^ Self.twist(key[count - 1], key[0])
        }
        position = 0
    }

    /// Applies the matrix of the recurrence to the top bit of one word and the other bits of the next.
    @inline(__always)
    private static func twist(_ word: UInt32, _ next: UInt32) -> UInt32 {
        let mixed = (word & 0x8000_0000) | (next & 0x7FFF_FFFF)
        return (mixed >> 1) ^ ((0 &- (mixed & 1)) & 0x9908_B0DF)
    }
}
