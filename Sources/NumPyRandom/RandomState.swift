/// A generator that draws the numbers of `numpy.random.RandomState`, bit for bit.
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
/// A `RandomState` is a value. A copy goes on from the same place and is independent of its original, so a function
/// that should advance its caller's generator takes it `inout`. Two states that are equal have the same future. A stored
/// state (it is `Codable`) continues where it was.
///
/// It is also a `RandomNumberGenerator`, for the standard library's `random(in:using:)` and the like. What the standard
/// library makes of the words is its own: `array.shuffle(using: &random)` is another order than NumPy's, which is
/// `random.shuffle(&array)` here.
///
/// The engine is MT19937. It is good for simulation and unfit for cryptography.
///
/// - Note: ``standardNormal()`` and ``normal(loc:scale:)`` take a logarithm from the system's C library. NumPy does the
///   same; where that function rounds otherwise, the last bit may differ from machine to machine in both.
public struct RandomState: RandomNumberGenerator, Equatable, Sendable {
    /// The source of uniform words.
    var engine: MersenneTwister

    /// The second number of a normal pair, kept for the next call; nil if there is none.
    var cachedGaussian: Double?

    /// Makes a generator.
    ///
    /// - Parameter seed: Where to start, as in `numpy.random.RandomState(seed)`: 0 … 2³² − 1. Default nil: a start from
    ///   the system's entropy, different each time.
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

    /// The next 64 bits: two words of the engine, the first as the upper half, as in NumPy's `next_uint64`.
    public mutating func next() -> UInt64 {
        engine.nextUInt64()
    }
}
