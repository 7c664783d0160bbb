#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension RandomState {
    /// The largest mean that ``poisson(lam:)`` accepts: ten standard deviations above it still fit in an `Int`.
    static let largestPoissonMean = Double(Int.max) - Double(Int.max).squareRoot() * 10

    /// Returns a number of events from the Poisson distribution. NumPy's `poisson(lam)`.
    ///
    /// - Parameter lam: The mean, from 0 to 2⁶³ − 10·2³¹·⁵. Default 1.
    /// - Throws: ``RandomStateError`` if `lam` is negative, NaN or too large.
    /// - Complexity: O(`lam`) for `lam` below 10, otherwise O(1).
    public mutating func poisson(lam: Double = 1) throws(RandomStateError) -> Int {
        try Self.checkPoissonMean(lam)
        return poissonDraw(PoissonMethod(mean: lam))
    }

    /// Returns numbers of events from the Poisson distribution. NumPy's `poisson(lam, size)`.
    ///
    /// - Parameters:
    ///   - lam: The mean, from 0 to 2⁶³ − 10·2³¹·⁵. Default 1.
    ///   - size: How many; at least 0.
    /// - Throws: ``RandomStateError`` if `lam` is negative, NaN or too large, or if `size` is negative or exceeds the
    ///   memory.
    public mutating func poisson(lam: Double = 1, size: Int) throws(RandomStateError) -> [Int] {
        try Self.checkPoissonMean(lam)
        let method = PoissonMethod(mean: lam)
        return try array(size) { $0.poissonDraw(method) }
    }

    private mutating func poissonDraw(_ method: PoissonMethod) -> Int {
        switch method {
        case .never: 0
        case .product(let bound): countOfFactors(above: bound)
        case .transformedRejection(let hat): countByRejection(under: hat)
        }
    }

    /// Returns how many uniform numbers can be multiplied before the product falls to `bound`, which is exp(−mean).
    private mutating func countOfFactors(above bound: Double) -> Int {
        var product = randomSample()
        var count = 0
        while product > bound {
            product *= randomSample()
            count += 1
        }
        return count
    }

    private mutating func countByRejection(under hat: PoissonHat) -> Int {
        while true {
            let u = randomSample() - 0.5
            let v = randomSample()
            if let count = hat.count(u, v) { return count }
        }
    }

    private static func checkPoissonMean(_ lam: Double) throws(RandomStateError) {
        guard lam >= 0, lam <= largestPoissonMean else { throw .invalidPoissonMean(lam) }
    }
}

/// NumPy's choice between two algorithms. The number of draws of each must be NumPy's.
private enum PoissonMethod {
    case never
    case product(bound: Double)
    case transformedRejection(PoissonHat)

    init(mean: Double) {
        if mean >= 10 {
            self = .transformedRejection(PoissonHat(mean: mean))
        } else {
            self = mean == 0 ? .never : .product(bound: exp(-mean))
        }
    }
}

/// Algorithm PTRS of W. Hörmann, "The transformed rejection method for generating Poisson random variables", Insurance:
/// Mathematics and Economics 12 (1993), pages 39 to 45, for means of at least 10.
private struct PoissonHat {
    private let mean: Double
    private let logMean: Double
    private let a: Double
    private let b: Double
    private let logInverseAlpha: Double
    private let squeeze: Double

    init(mean: Double) {
        self.mean = mean
        logMean = log(mean)
        b = 0.931 + 2.53 * mean.squareRoot()
        a = -0.059 + 0.02483 * b
        logInverseAlpha = log(1.1239 + 1.1328 / (b - 3.4))
        squeeze = 0.9277 - 3.6224 / (b - 2)
    }

    /// Returns the number of events for `u` in [−0.5, 0.5) and `v` in [0, 1); nil if they must be drawn again.
    func count(_ u: Double, _ v: Double) -> Int? {
        let edge = 0.5 - abs(u)
        let place = ((2 * a / edge + b) * u + mean + 0.43).rounded(.down)
        // For `u` = −0.5, `place` is −∞, and for the largest means it may exceed Int.max. Neither is a valid count.
        guard let count = Int(exactly: place) else { return nil }
        if edge >= 0.07 && v <= squeeze { return count }
        if count < 0 || (edge < 0.013 && v > edge) { return nil }
        let drawn = log(v) + logInverseAlpha - log(a / (edge * edge) + b)
        let logProbability = -mean + place * logMean - Self.logGamma(place + 1)
        return drawn <= logProbability ? count : nil
    }

    /// Returns ln Γ(x) for x ≥ 1 by Stirling's series, as in NumPy. The C library's function rounds differently, which
    /// would occasionally change whether a draw is rejected.
    ///
    /// Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 6.1.40; below 7 using Γ(x + 1) = x·Γ(x).
    static func logGamma(_ x: Double) -> Double {
        if x == 1 || x == 2 { return 0 }
        let steps = x < 7 ? (7 - x).rounded(.down) : 0
        var shifted = x + steps
        let inverseSquare = (1 / shifted) * (1 / shifted)
        let series = stirlingCoefficients.reversed().reduce(0) { $0 * inverseSquare + $1 }
        var result = series / shifted + 0.5 * logTwoPi + (shifted - 0.5) * log(shifted) - shifted
        for _ in 0..<Int(steps) {
            result -= log(shifted - 1)
            shifted -= 1
        }
        return result
    }

    private static let logTwoPi = 1.8378770664093453

    /// B₂ₖ / (2k·(2k − 1)) for k = 1 … 10, with as many digits as in NumPy.
    private static let stirlingCoefficients = [
        8.333333333333333e-02, -2.777777777777778e-03, 7.936507936507937e-04, -5.952380952380952e-04,
        8.417508417508418e-04, -1.917526917526918e-03, 6.410256410256410e-03, -2.955065359477124e-02,
        1.796443723688307e-01, -1.39243221690590e+00,
    ]
}
