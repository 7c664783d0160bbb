#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension RandomState {
    /// Returns a number from the exponential distribution with mean 1. NumPy's `standard_exponential()`.
    public mutating func standardExponential() -> Double {
        -log(1 - randomSample())
    }

    /// Returns numbers from the exponential distribution with mean 1. NumPy's `standard_exponential(size)`.
    ///
    /// - Parameter size: How many; at least 0.
    /// - Throws: ``RandomStateError`` if `size` is negative or exceeds the memory.
    public mutating func standardExponential(size: Int) throws(RandomStateError) -> [Double] {
        try array(size) { $0.standardExponential() }
    }

    /// Returns a number from the exponential distribution. NumPy's `exponential(scale)`.
    ///
    /// - Parameter scale: The mean, at least 0; as in NumPy, −0 counts as negative and NaN gives NaN. Default 1.
    /// - Throws: ``RandomStateError`` if `scale` is negative.
    public mutating func exponential(scale: Double = 1) throws(RandomStateError) -> Double {
        try Self.checkScale(scale)
        return scale * standardExponential()
    }

    /// Returns numbers from the exponential distribution. NumPy's `exponential(scale, size)`.
    ///
    /// - Parameters:
    ///   - scale: The mean, at least 0. Default 1.
    ///   - size: How many; at least 0.
    /// - Throws: ``RandomStateError`` if `scale` is negative, or if `size` is negative or exceeds the memory.
    public mutating func exponential(scale: Double = 1, size: Int) throws(RandomStateError) -> [Double] {
        try Self.checkScale(scale)
        return try array(size) { scale * $0.standardExponential() }
    }
}
