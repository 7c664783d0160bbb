import LinearAlgebra

/// How a layer's rows of coefficients are dealt out to those who move them.
///
/// None of it depends on the number of threads, and so neither do the bits of what is summed by groups.
extension NetworkShape.Layer {
    /// In how many groups its rows move; the squares of a group's coefficients are summed together.
    ///
    /// A group has up to some 4,096 numbers, which stay in the cache. Groups differ by a tile of a product at most
    /// and their number is a multiple of four, so that two or four threads have the same to do.
    var groupCount: Int {
        let numbers = fanIn * fanOut
        return numbers <= 1_024 ? 1 : min(fanIn, 4 * ((numbers + 16_383) / 16_384))
    }

    /// How many groups have their gradient computed in one go: some 48,000 numbers, which stay in the second-level cache until
    /// the optimizer has used them.
    var groupsInPart: Int { max(1, 48 * 1_024 * groupCount / (fanIn * fanOut)) }

    /// The rows of some groups that follow each other.
    func rows(of groups: Range<Int>) -> Range<Int> {
        // Products compute eight rows at a time.
        let unit = fanIn >= 8 * groupCount ? 8 : 1
        func start(_ group: Int) -> Int { Chunk(index: group, of: groupCount).range(of: fanIn, unit: unit).lowerBound }
        return start(groups.lowerBound)..<start(groups.upperBound)
    }
}
