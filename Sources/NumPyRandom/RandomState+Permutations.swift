extension RandomState {
    /// Shuffles integers in place, typically the row indices of a training epoch. NumPy's `shuffle`.
    ///
    /// - Complexity: O(`elements.count`); does not allocate if `elements` is uniquely referenced.
    public mutating func shuffle(_ elements: inout [Int]) {
        elements.withUnsafeMutableBufferPointer { engine.shuffle($0) }
    }

    /// Shuffles elements of any type in place. NumPy's `shuffle`.
    ///
    /// - Complexity: O(`elements.count`).
    public mutating func shuffle<Element>(_ elements: inout [Element]) {
        elements = permutation(elements)
    }

    /// Returns the integers `0 ..< count` in random order. NumPy's `permutation(count)`.
    ///
    /// - Parameter count: How many; at least 0.
    /// - Throws: ``RandomStateError`` if `count` is negative (NumPy returns an empty array) or exceeds the memory.
    /// - Complexity: O(`count`).
    public mutating func permutation(_ count: Int) throws(RandomStateError) -> [Int] {
        try Self.checkSize(count, of: Int.self, argument: "count")
        return permutedIndices(count)
    }

    /// Returns the elements in random order. NumPy's `permutation(elements)`.
    ///
    /// - Complexity: O(`elements.count`).
    public mutating func permutation<Element>(_ elements: [Element]) -> [Element] {
        // Shuffling indices takes the same draws as shuffling the elements and is compiled once for all types.
        permutedIndices(elements.count).map { elements[$0] }
    }

    private mutating func permutedIndices(_ count: Int) -> [Int] {
        var indices = Array(0..<count)
        shuffle(&indices)
        return indices
    }
}
