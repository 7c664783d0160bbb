/// A random number generator that draws the same numbers as `numpy.random.RandomState`, bit for bit.
///
/// The same seed and the same calls give the same numbers as in NumPy:
///
/// ```swift
/// var random = RandomState(seed: 42)
/// random.randomSample()                            // 0.3745401188473625
/// try random.randint(low: 0, high: 10, size: 3)    // [7, 4, 6]
/// try random.permutation(5)                        // [4, 0, 3, 2, 1]
/// ```
///
/// A `RandomState` is a value. A copy continues from the same state and is independent of its original, so a function
/// that should advance its caller's generator takes it `inout`. Two equal states generate the same numbers. A state is
/// `Codable`: a stored one continues where it stopped.
///
/// It is also a `RandomNumberGenerator` for the standard library, as in `random(in:using:)`. The standard library's
/// algorithms differ from NumPy's: `array.shuffle(using: &random)` gives a different order than NumPy's `shuffle`,
/// which is `random.shuffle(&array)` here.
///
/// The engine is MT19937. It is suitable for simulation but not for cryptography.
///
/// - Note: ``standardNormal()`` and ``normal(loc:scale:)`` use the logarithm of the system's C library, as NumPy does.
///   If two machines' libraries round differently, the last bit may differ between them, in both packages.
public struct RandomState: RandomNumberGenerator, Equatable, Sendable {
    /// The source of uniform words.
    var engine: MersenneTwister

    /// The second number of a normal pair, kept for the next call; nil if there is none.
    var cachedGaussian: Double?

    /// Creates a generator.
    ///
    /// - Parameter seed: The seed, as in `numpy.random.RandomState(seed)`: 0 … 2³² − 1. Default nil: a different state
    ///   each time, from the system's entropy.
    public init(seed: UInt32? = nil) {
        if let seed {
            engine = MersenneTwister(seed: seed)
        } else {
            var system = SystemRandomNumberGenerator()
            engine = MersenneTwister(entropy: &system)
        }
    }

    init(engine: MersenneTwister, cachedGaussian: Double?) {
        self.engine = engine
        self.cachedGaussian = cachedGaussian
    }

    /// Returns the next 64 bits: two words of the engine, the first as the upper half, as in NumPy's `next_uint64`.
    public mutating func next() -> UInt64 {
        engine.nextUInt64()
    }
}
