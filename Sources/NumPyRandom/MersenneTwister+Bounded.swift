extension MersenneTwister {
    /// An integer in `0...maximum`, by masked rejection: words are cut to the bits that `maximum` needs, and drawn again
    /// while they exceed it.
    ///
    /// How many words are used follows NumPy to the letter, since every later draw depends on it: none for 0, one 32-bit
    /// word per attempt up to 2³² − 1, two above. A maximum with all bits set never rejects.
    @inline(__always)
    mutating func next(upTo maximum: UInt64) -> UInt64 {
        guard maximum > 0 else { return 0 }
        let mask = Self.mask(covering: maximum)
        var value: UInt64
        if maximum <= UInt64(UInt32.max) {
            repeat { value = UInt64(nextUInt32()) & mask } while value > maximum
        } else {
            repeat { value = nextUInt64() & mask } while value > maximum
        }
        return value
    }

    /// Shuffles from the end: each element changes places with one at or before it, chosen by ``next(upTo:)``.
    ///
    /// - Complexity: O(`elements.count`).
    mutating func shuffle(_ elements: UnsafeMutableBufferPointer<Int>) {
        var last = elements.count - 1
        while last > 0 {
            let mask = Self.mask(covering: UInt64(last))
            let half = Int(mask >> 1)
            // All positions down to `half` share this mask. About a quarter of the words are rejected, at random, which
            // no processor predicts; so a rejected word costs no branch here: the element changes places with itself
            // and its turn comes again.
            while last > half {
                let word = last <= Int(UInt32.max) ? UInt64(nextUInt32()) : nextUInt64()
                let candidate = Int(word & mask)
                let isAccepted = candidate <= last
                let partner = isAccepted ? candidate : last
                let element = elements[last]
                elements[last] = elements[partner]
                elements[partner] = element
                last -= isAccepted ? 1 : 0
            }
        }
    }

    /// The smallest 2ᵏ − 1 that is at least `maximum`.
    @inline(__always)
    private static func mask(covering maximum: UInt64) -> UInt64 {
        maximum == 0 ? 0 : UInt64.max >> UInt64(maximum.leadingZeroBitCount)
    }
}
