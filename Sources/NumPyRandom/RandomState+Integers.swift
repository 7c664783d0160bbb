extension RandomState {
    /// Returns an integer in [`low`, `high`), each equally likely. NumPy's `randint(low, high)`.
    ///
    /// NumPy's `randint(n)` is `randint(low: 0, high: n)`.
    ///
    /// - Throws: ``RandomStateError`` unless `low < high`.
    public mutating func randint(low: Int, high: Int) throws(RandomStateError) -> Int {
        randint(in: try Self.closedRange(low, high))
    }

    /// Returns integers in [`low`, `high`), each equally likely. NumPy's `randint(low, high, size)`.
    ///
    /// - Parameters:
    ///   - low: The smallest possible value.
    ///   - high: One more than the largest possible value.
    ///   - size: How many; at least 0.
    /// - Throws: ``RandomStateError`` unless `low < high`, or if `size` is negative or exceeds the memory.
    public mutating func randint(low: Int, high: Int, size: Int) throws(RandomStateError) -> [Int] {
        try randint(in: try Self.closedRange(low, high), size: size)
    }

    /// Returns an integer in `range`, each equally likely. NumPy's `randint(lower, upper + 1)`.
    ///
    /// The range may include `Int.max`; NumPy needs `high=2**63` for it.
    public mutating func randint(in range: ClosedRange<Int>) -> Int {
        let span = UInt(bitPattern: range.upperBound &- range.lowerBound)
        return range.lowerBound &+ Int(truncatingIfNeeded: engine.next(upTo: UInt64(span)))
    }

    /// Returns integers in `range`, each equally likely. NumPy's `randint(lower, upper + 1, size)`.
    ///
    /// - Parameters:
    ///   - range: The possible values.
    ///   - size: How many; at least 0.
    /// - Throws: ``RandomStateError`` if `size` is negative or exceeds the memory.
    public mutating func randint(in range: ClosedRange<Int>, size: Int) throws(RandomStateError) -> [Int] {
        try array(size) { $0.randint(in: range) }
    }

    private static func closedRange(_ low: Int, _ high: Int) throws(RandomStateError) -> ClosedRange<Int> {
        guard low < high else { throw .emptyRange(low: low, high: high) }
        return low...(high - 1)
    }
}
