import CKernels
import NumPyRandom
import Testing

/// The kernel of Adam in double precision, whose square roots are computed by multiplications on some processors: each
/// bit must be that of the formula.
@Suite struct AdamKernelTests {
    @Test func bitsEqualTheFormula() {
        let count = 1_003
        var random = RandomState(seed: 1)
        func numbers(_ scale: Double) -> [Double] { (0..<count).map { _ in scale * random.standardNormal() } }
        let gradient = numbers(1e-3)
        var state = Moments(parameters: numbers(1), first: numbers(1e-3), second: numbers(1e-4).map(abs))
        var expected = state
        for _ in 0..<20 {
            let squares = state.step(along: gradient, decay: 1e-6, epsilon: 1e-8)
            expected.formula(along: gradient, decay: 1e-6, epsilon: 1e-8)
            #expect(state.bits == expected.bits)
            #expect(squares == kernel_sum_of_squares_f64(expected.parameters, count))
        }
    }

    /// Numbers that are 0, very small or large, infinite or NaN take a way of their own, alone or beside others.
    @Test func rootsAreExactAtTheEndsOfTheRange() {
        let ends = [
            0, .leastNonzeroMagnitude, .leastNormalMagnitude, .leastNormalMagnitude.nextDown, 0x1p-900,
            0x1p-900.nextDown, 1, 4, .greatestFiniteMagnitude, .infinity, .nan,
        ]
        expectExactRoots(of: ends.flatMap { end in ends.flatMap { [end, $0, 2, end, 3, $0, 5, end] } }, epsilon: 0)
    }

    @Test func rootsAreExactBesideSquares() {
        var random = RandomState(seed: 2)
        let squares = (0..<20_000).map { _ in
            let root = 1 + random.randomSample()
            return [(root * root).nextDown, root * root, (root * root).nextUp]
        }
        expectExactRoots(of: squares.flatMap(\.self), epsilon: -1.5)
    }

    /// The roots that are nearest to the middle of two doubles: with B = 54 or 55, doubles j / 2ᴮ⁻² in 1 ..< 4 for which
    /// 2ᴮ·j + c is the square of an odd number of 54 bits and c is small.
    @Test func rootsAreExactNearTheMiddleOfTwoDoubles() {
        var hard: [Double] = []
        for bits in [54, 55] {
            for c in stride(from: -2_047, through: 2_049, by: 8) {
                let root = squareRoot(of: c, bits: bits)
                let mask = UInt64(1) << bits - 1
                for odd in [root, (0 &- root) & mask].flatMap({ [$0, ($0 + 1 << (bits - 1)) & mask] })
                where odd >> 53 == 1 {
                    let (high, low) = odd.multipliedFullWidth(by: odd)
                    // The low bits are c, which may be negative.
                    let j = high << (64 - bits) | low >> bits + (c < 0 ? 1 : 0)
                    if j >> 52 == 1 { hard.append(Double(j) * (bits == 54 ? 0x1p-52 : 0x1p-51)) }
                }
            }
        }
        #expect(hard.count > 500)
        expectExactRoots(of: hard, epsilon: -1.5)
    }

    /// An odd number whose square is c modulo 2 to the power of `bits`, where c is 1 modulo 8.
    private func squareRoot(of c: Int, bits: Int) -> UInt64 {
        (3..<bits).reduce(1) { root, bit in
            (root &* root &- UInt64(bitPattern: Int64(c))) & (2 << bit - 1) == 0 ? root : root + 1 << (bit - 1)
        }
    }

    /// With both decay rates 1 and no gradient, a step divides the first moment by the root of the second. An ε near the
    /// root leaves only the last digits of the root.
    private func expectExactRoots(
        of numbers: [Double], epsilon: Double, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let zeros = [Double](repeating: 0, count: numbers.count)
        var state = Moments(parameters: zeros, first: numbers.map { _ in 1 }, second: numbers)
        state.beta1 = 1
        state.beta2 = 1
        var expected = state
        _ = state.step(along: zeros, decay: 0, epsilon: epsilon)
        expected.formula(along: zeros, decay: 0, epsilon: epsilon)
        #expect(state.bits == expected.bits, sourceLocation: sourceLocation)
    }
}

private struct Moments {
    var parameters: [Double]
    var first: [Double]
    var second: [Double]
    var beta1 = 0.9
    var beta2 = 0.999
    let rate = 1e-3

    mutating func step(along gradient: [Double], decay: Double, epsilon: Double) -> Double {
        kernel_adam_f64(&parameters, gradient, &first, &second, gradient.count, decay, rate, beta1, beta2, epsilon)
    }

    mutating func formula(along gradient: [Double], decay: Double, epsilon: Double) {
        for i in gradient.indices {
            let g = gradient[i] + decay * parameters[i]
            first[i] = beta1 * first[i] + (1 - beta1) * g
            second[i] = beta2 * second[i] + (1 - beta2) * (g * g)
            parameters[i] += -rate * first[i] / (second[i].squareRoot() + epsilon)
        }
    }

    /// The bits of all numbers; one pattern for all NaNs.
    var bits: [UInt64] { (parameters + first + second).map { $0.isNaN ? .max : $0.bitPattern } }
}
