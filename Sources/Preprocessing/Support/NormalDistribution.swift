import LinearAlgebra

/// The probability that a standard normal number is at most `x`: Φ(x) = erfc(−x/√2)/2.
func normalProbability(_ x: Double) -> Double {
    0.5 * Double.erfc(-x * 0.5.squareRoot())
}

/// The number that a standard normal one does not exceed with probability `p`: Φ⁻¹(p); ±∞ at 1 and 0, NaN outside.
///
/// Source: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37
/// (1988), routine PPND16, about 16 digits.
func normalQuantile(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
    let q = p - 0.5
    if q.magnitude <= 0.425 {
        let r = 0.180625 - q * q
        return q * RationalFunction.normalQuantileCenter(r)
    }
    let r = (-Double.log(q < 0 ? p : 1 - p)).squareRoot()
    let distance =
        r <= 5 ? RationalFunction.normalQuantileMiddle(r - 1.6) : RationalFunction.normalQuantileTail(r - 5)
    return q < 0 ? -distance : distance
}

/// A quotient of two polynomials.
package struct RationalFunction: Sendable {
    /// The coefficients, the constant one first.
    package let numerator: [Double]
    /// The coefficients, the constant one first.
    package let denominator: [Double]

    package init(numerator: [Double], denominator: [Double]) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// The value of the function.
    func callAsFunction(_ x: Double) -> Double {
        func polynomial(_ coefficients: [Double]) -> Double { coefficients.reversed().reduce(0) { $0 * x + $1 } }
        return polynomial(numerator) / polynomial(denominator)
    }
}

extension RationalFunction {
    /// Of 0.180625 − q², times q, for |q| ≤ 0.425.
    package static let normalQuantileCenter = RationalFunction(
        numerator: [
            3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
            4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
        ],
        denominator: [
            1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
            3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
        ])

    /// Of r − 1.6, for r ≤ 5.
    package static let normalQuantileMiddle = RationalFunction(
        numerator: [
            1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
            1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
        ],
        denominator: [
            1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
            1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
        ])

    /// Of r − 5, for greater r.
    package static let normalQuantileTail = RationalFunction(
        numerator: [
            6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1,
            2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
        ],
        denominator: [
            1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
            7.86869131145613259100e-4,
            1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
        ])
}
