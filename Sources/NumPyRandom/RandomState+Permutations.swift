extension RandomState {
    /// Shuffles integers, typically the row numbers of a training epoch, in place. NumPy's `shuffle`.
    ///
    /// - Complexity: O(`elements.count`), without allocation where `elements` is not shared.
    public mutating func shuffle(_ elements: inout [Int]) {
        elements.withUnsafeMutableBufferPointer { engine.shuffle($0) }
    }

    /// Shuffles any elements. NumPy's `shuffle`.
    ///
    /// - Complexity: O(`elements.count`).
    public mutating func shuffle<Element>(_ elements: inout [Element]) {
        elements = permutation(elements)
    }

    /// The integers `0 ..< count` in random order. NumPy's `permutation(count)`.
    ///
    /// - Parameter count: How many; at least 0.
    /// - Throws: ``RandomStateError`` if `count` is negative (NumPy returns an empty array) or beyond the machine's
    ///   memory.
    /// - Complexity: O(`count`).
    public mutating func permutation(_ count: Int) throws(RandomStateError) -> [Int] {
        try Self.checkSize(count, of: Int.self, argument: "count")
        return permutedIndices(count)
    }

    /// The elements in random order. NumPy's `permutation(elements)`.
    ///
    /// - Complexity: O(`elements.count`).
    public mutating func permutation<Element>(_ elements: [Element]) -> [Element] {
        // Shuffling row numbers takes the same draws as shuffling the rows, and is compiled once for all types.
        permutedIndices(elements.count).map { elements[$0] }
    }

    private mutating func permutedIndices(_ count: Int) -> [Int] {
        var indices = Array(0..<count)
        shuffle(&indices)
        return indices
    }
}
