/// The engine under ``RandomState``: MT19937, which makes uniform 32-bit words.
///
/// The words are those of the paper by Matsumoto and Nishimura (ACM TOMACS 8, 1998, doi:10.1145/272991.272995). A block
/// of 624 words is made at once, in place; reading a word from it only tempers it, so that a draw costs a few
/// instructions and the array's uniqueness is checked once in 624 draws.
struct MersenneTwister: Equatable, Sendable {
    /// The number of words in a block.
    static let wordCount = 624

    /// The distance between the two words that are mixed into a new one.
    private static let middle = 397

    /// The current block, not yet tempered.
    private(set) var key: [UInt32]

    /// The index in `key` of the next word to hand out; `wordCount` means that the block is used up.
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
        // The first word counts with its top bit only. Setting it keeps the engine away from the state without any bit,
        // from which it would never come back.
        key = [0x8000_0000] + (1..<Self.wordCount).map { _ in UInt32.random(in: 0...UInt32.max, using: &entropy) }
        position = Self.wordCount
    }

    /// Continues from a stored block; nil if no engine can be in that state.
    ///
    /// The engine has 19937 bits: the top one of the first word and all of the others. Without any bit it would hand out
    /// zeros for ever, and whoever waits for another number would wait for ever too.
    init?(key: [UInt32], position: Int) {
        guard key.count == Self.wordCount, (0...Self.wordCount).contains(position),
            key[0] >> 31 != 0 || key.dropFirst().contains(where: { $0 != 0 })
        else { return nil }
        self.key = key
        self.position = position
    }

    /// The next word, uniform on all 32-bit integers.
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

    /// Two words in one; the first drawn is the upper half, as in NumPy.
    @inline(__always)
    mutating func nextUInt64() -> UInt64 {
        let upper = UInt64(nextUInt32())
        return upper << 32 | UInt64(nextUInt32())
    }

    /// A multiple of 2⁻⁵³ in [0, 1), from the upper 27 bits of one word and the upper 26 of the next.
    @inline(__always)
    mutating func nextDouble() -> Double {
        let upper = nextUInt32()
        return Self.double(upper, nextUInt32())
    }

    @inline(__always)
    private static func double(_ upper: UInt32, _ lower: UInt32) -> Double {
        Double(Int64(upper >> 5) << 26 | Int64(lower >> 6)) * 0x1p-53
    }

    /// Initialises all of `target` with low + range · ``nextDouble()``: the words of a block that are left go through together.
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

    /// Replaces the block by the next one.
    @inline(never)
    private mutating func makeBlock() {
        let count = Self.wordCount
        let middle = Self.middle
        key.withUnsafeMutableBufferPointer { key in
            // Three stretches rather than an index modulo 624: the compiler turns the first two into vector code.
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

    /// The recurrence's matrix applied to the top bit of one word and the rest of the next.
    @inline(__always)
    private static func twist(_ word: UInt32, _ next: UInt32) -> UInt32 {
        let mixed = (word & 0x8000_0000) | (next & 0x7FFF_FFFF)
        return (mixed >> 1) ^ ((0 &- (mixed & 1)) & 0x9908_B0DF)
    }
}
