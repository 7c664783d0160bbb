extension RandomState {
    /// Returns a number in [0, 1), a multiple of 2⁻⁵³. NumPy's `random_sample()`.
    public mutating func randomSample() -> Double {
        engine.nextDouble()
    }

    /// Returns numbers in [0, 1), multiples of 2⁻⁵³. NumPy's `random_sample(size)`.
    ///
    /// - Parameter size: How many; at least 0.
    /// - Throws: ``RandomStateError`` if `size` is negative or exceeds the memory.
    public mutating func randomSample(size: Int) throws(RandomStateError) -> [Double] {
        try array(size) { $0.engine.nextDouble() }
    }

    /// Returns a number in [`low`, `high`): `low + (high - low) * randomSample()`. NumPy's `uniform(low, high)`.
    ///
    /// As in NumPy, `high` may be below `low`, and rounding may return `high` itself.
    ///
    /// - Parameters:
    ///   - low: One end. Default 0.
    ///   - high: The other end. Default 1.
    /// - Throws: ``RandomStateError`` if `high - low` is NaN or infinite.
    public mutating func uniform(low: Double = 0, high: Double = 1) throws(RandomStateError) -> Double {
        let range = try Self.finiteRange(low, high)
        return low + range * engine.nextDouble()
    }

    /// Returns numbers in [`low`, `high`). NumPy's `uniform(low, high, size)`.
    ///
    /// - Parameters:
    ///   - low: One end. Default 0.
    ///   - high: The other end. Default 1.
    ///   - size: How many; at least 0.
    /// - Throws: ``RandomStateError`` if `high - low` is NaN or infinite, or if `size` is negative or exceeds the
    ///   memory.
    public mutating func uniform(
        low: Double = 0, high: Double = 1, size: Int
    ) throws(RandomStateError) -> [Double] {
        let range = try Self.finiteRange(low, high)
        try Self.checkSize(size, of: Double.self)
        return [Double](unsafeUninitializedCapacity: size) { numbers, count in
            engine.fill(UnsafeMutableBufferPointer(rebasing: numbers[..<size]), low: low, range: range)
            count = size
        }
    }

    private static func finiteRange(_ low: Double, _ high: Double) throws(RandomStateError) -> Double {
        let range = high - low
        guard range.isFinite else { throw .rangeNotFinite(low: low, high: high) }
        return range
    }
}
