// NumPy's short names of two methods. Here they take a size instead of a list of dimensions.

extension RandomState {
    /// Returns numbers in [0, 1). NumPy's `rand(size)`; the same as ``randomSample(size:)``.
    ///
    /// - Parameter size: How many; at least 0.
    /// - Throws: ``RandomStateError`` if `size` is negative or exceeds the memory.
    public mutating func rand(_ size: Int) throws(RandomStateError) -> [Double] {
        try randomSample(size: size)
    }

    /// Returns numbers from the normal distribution with mean 0 and standard deviation 1. NumPy's `randn(size)`; the
    /// same as ``standardNormal(size:)``.
    ///
    /// - Parameter size: How many; at least 0.
    /// - Throws: ``RandomStateError`` if `size` is negative or exceeds the memory.
    public mutating func randn(_ size: Int) throws(RandomStateError) -> [Double] {
        try standardNormal(size: size)
    }
}
