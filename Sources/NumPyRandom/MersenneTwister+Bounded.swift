extension MersenneTwister {
    /// Returns an integer in `0...maximum`, by masked rejection: words are masked to the bits of `maximum`, and drawn
    /// again while they exceed it.
    ///
    /// The number of words is exactly NumPy's, since all later draws depend on it: none for 0, one 32-bit word per
    /// attempt up to 2³² − 1, two above. If all bits of the maximum are set, no word is rejected.
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

    /// Shuffles from the end: each element is swapped with one at or before it, chosen by ``next(upTo:)``.
    ///
    /// - Complexity: O(`elements.count`).
    mutating func shuffle(_ elements: UnsafeMutableBufferPointer<Int>) {
        var last = elements.count - 1
        while last > 0 {
            let mask = Self.mask(covering: UInt64(last))
            let half = Int(mask >> 1)
            // All positions down to `half` have this mask. About a quarter of the words are rejected, which no branch
            // predictor can foresee. So a rejected word causes no branch: the element is swapped with itself, and the
            // next word tries again.
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

    /// Returns the smallest 2ᵏ − 1 that is at least `maximum`.
    @inline(__always)
    private static func mask(covering maximum: UInt64) -> UInt64 {
        maximum == 0 ? 0 : UInt64.max >> UInt64(maximum.leadingZeroBitCount)
    }
}
