extension RandomState {
    /// Returns `size` different integers of `0 ..< population`, as scikit-learn's `sample_without_replacement` does.
    ///
    /// The ratio of `size` to `population` selects one of three methods. The order of the integers is random unless
    /// nearly all of them are drawn.
    ///
    /// - Throws: ``RandomStateError`` if `size` is negative, larger than `population` or exceeds the memory.
    /// - Complexity: O(`size`) for up to 1 % of the population, otherwise O(`population`).
    package mutating func sampleWithoutReplacement(
        _ population: Int, size: Int
    ) throws(RandomStateError) -> [Int] {
        try Self.checkSize(size, of: Int.self)
        guard size <= population else { throw .sampleTooLarge(size: size, population: population) }
        let share = population == 0 ? 1 : Double(size) / Double(population)
        if share > 0.01 && share < 0.99 { return Array(try permutation(population).prefix(size)) }
        return share < 0.2 ? sampleByRejection(population, size: size) : sampleByReservoir(population, size: size)
    }

    /// Draws until an integer is new.
    private mutating func sampleByRejection(_ population: Int, size: Int) -> [Int] {
        guard size > 0 else { return [] }
        let range = 0...(population - 1)
        var chosen: Set<Int> = []
        return (0..<size).map { _ in
            var candidate: Int
            repeat { candidate = randint(in: range) } while !chosen.insert(candidate).inserted
            return candidate
        }
    }

    /// Starts with the first integers. Each later integer may replace an earlier one.
    private mutating func sampleByReservoir(_ population: Int, size: Int) -> [Int] {
        var sample = Array(0..<size)
        for candidate in size..<population {
            let place = randint(in: 0...candidate)
            if place < size { sample[place] = candidate }
        }
        return sample
    }
}
