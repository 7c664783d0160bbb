// NumPy's short names for two methods; here they take a size, and no list of dimensions.

extension RandomState {
    /// Numbers in [0, 1). NumPy's `rand(size)`: ``randomSample(size:)`` under its other name.
    ///
    /// - Parameter size: How many; at least 0.
    /// - Throws: ``RandomStateError`` if `size` is negative or beyond the machine's memory.
    public mutating func rand(_ size: Int) throws(RandomStateError) -> [Double] {
        try randomSample(size: size)
    }

    /// Numbers from the normal distribution with mean 0 and standard deviation 1. NumPy's `randn(size)`:
    /// ``standardNormal(size:)`` under its other name.
    ///
    /// - Parameter size: How many; at least 0.
    /// - Throws: ``RandomStateError`` if `size` is negative or beyond the machine's memory.
    public mutating func randn(_ size: Int) throws(RandomStateError) -> [Double] {
        try standardNormal(size: size)
    }
}
