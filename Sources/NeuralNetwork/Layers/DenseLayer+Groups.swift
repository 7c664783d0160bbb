import LinearAlgebra

/// How a layer's coefficient rows are divided among the workers that update them.
///
/// The groups do not depend on the number of threads. Sums over groups therefore have the same bits on any machine.
extension DenseLayer {
    /// The number of groups of rows. The squares of the coefficients are summed group by group.
    ///
    /// A group has up to about 4,096 numbers and stays in the cache. Group sizes differ by at most one tile of a
    /// product. The number of groups is a multiple of four, so that two or four threads get equal work.
    var groupCount: Int {
        let numbers = fanIn * fanOut
        return numbers <= 512 ? 1 : min(fanIn, 4 * ((numbers + 16_383) / 16_384))
    }

    /// The number of groups whose gradient is computed at once. They have about 48,000 numbers, which stay in the
    /// second-level cache until the optimizer has used them.
    var groupsInPart: Int { max(1, 48 * 1_024 * groupCount / (fanIn * fanOut)) }

    /// The rows of adjacent groups.
    func rows(of groups: Range<Int>) -> Range<Int> {
        // Products compute eight rows at a time.
        let unit = fanIn >= 8 * groupCount ? 8 : 1
        func start(_ group: Int) -> Int { Chunk(index: group, of: groupCount).range(of: fanIn, unit: unit).lowerBound }
        return start(groups.lowerBound)..<start(groups.upperBound)
    }
}
