#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension RandomState {
    /// Returns a number from the normal distribution with mean 0 and standard deviation 1. NumPy's `standard_normal()`.
    ///
    /// Marsaglia's polar method (SIAM Review 6, 1964, doi:10.1137/1006063) generates two numbers at a time. The second
    /// one is cached for the next call of any normal method.
    public mutating func standardNormal() -> Double {
        if let kept = cachedGaussian {
            cachedGaussian = nil
            return kept
        }
        var x: Double
        var y: Double
        var squaredRadius: Double
        repeat {
            x = 2 * engine.nextDouble() - 1
            y = 2 * engine.nextDouble() - 1
            squaredRadius = x * x + y * y
        } while squaredRadius >= 1 || squaredRadius == 0
        let factor = (-2 * log(squaredRadius) / squaredRadius).squareRoot()
        cachedGaussian = factor * x
        return factor * y
    }

    /// Returns numbers from the normal distribution with mean 0 and standard deviation 1. NumPy's
    /// `standard_normal(size)`.
    ///
    /// - Parameter size: How many; at least 0.
    /// - Throws: ``RandomStateError`` if `size` is negative or exceeds the memory.
    public mutating func standardNormal(size: Int) throws(RandomStateError) -> [Double] {
        try array(size) { $0.standardNormal() }
    }

    /// Returns a number from a normal distribution: `loc + scale * standardNormal()`. NumPy's `normal(loc, scale)`.
    ///
    /// - Parameters:
    ///   - loc: The mean. Default 0.
    ///   - scale: The standard deviation, at least 0; as in NumPy, −0 counts as negative and NaN gives NaN. Default 1.
    /// - Throws: ``RandomStateError`` if `scale` is negative.
    public mutating func normal(loc: Double = 0, scale: Double = 1) throws(RandomStateError) -> Double {
        try Self.checkScale(scale)
        return loc + scale * standardNormal()
    }

    /// Returns numbers from a normal distribution. NumPy's `normal(loc, scale, size)`.
    ///
    /// - Parameters:
    ///   - loc: The mean. Default 0.
    ///   - scale: The standard deviation, at least 0. Default 1.
    ///   - size: How many; at least 0.
    /// - Throws: ``RandomStateError`` if `scale` is negative, or if `size` is negative or exceeds the memory.
    public mutating func normal(
        loc: Double = 0, scale: Double = 1, size: Int
    ) throws(RandomStateError) -> [Double] {
        try Self.checkScale(scale)
        return try array(size) { loc + scale * $0.standardNormal() }
    }

    static func checkScale(_ scale: Double) throws(RandomStateError) {
        guard scale.isNaN || scale.sign == .plus else { throw .negativeScale(scale) }
    }
}
