import Foundation

// The tails of two distributions, of which p-values are made. Continued fractions as in "Numerical Recipes", chapter 6,
// evaluated by Lentz's method.

/// The probability that a number with an F distribution is above `f`.
func fSurvival(_ f: Double, _ numerator: Double, _ denominator: Double) -> Double {
    if f.isNaN || numerator <= 0 || denominator <= 0 { return .nan }
    if f <= 0 { return 1 }
    if f.isInfinite { return 0 }
    let ratio = numerator / denominator * f
    return betaShare(denominator / 2, numerator / 2, below: 1 / (1 + ratio), above: ratio / (1 + ratio))
}

/// The probability that a number with a χ² distribution is above `x`.
func chi2Survival(_ x: Double, _ degrees: Double) -> Double {
    if x.isNaN || degrees <= 0 { return .nan }
    if x <= 0 { return 1 }
    if x.isInfinite { return 0 }
    let (a, x) = (degrees / 2, x / 2)
    let scale = exp(a * log(x) - x - lgamma(a))
    if x < a + 1 {
        var (term, sum, n) = (1 / a, 1 / a, a)
        while term > sum * 1e-17 {
            n += 1
            term *= x / n
            sum += term
        }
        return 1 - sum * scale
    }
    return scale
        / continuedFraction(x + 1 - a) { step in
            let i = Double(step)
            return (-i * (i - a), x + 2 * i + 1 - a)
        }
}

/// The regularized incomplete beta function of `below`, where `above` is 1 − `below` without its rounding error.
private func betaShare(_ a: Double, _ b: Double, below x: Double, above y: Double) -> Double {
    if x <= 0 { return 0 }
    if y <= 0 { return 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - betaShare(b, a, below: y, above: x) }
    let scale = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(y)) / a
    return scale
        / continuedFraction(1) { step in
            let m = Double(step / 2)
            let numerator =
                step % 2 == 0
                ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            return (numerator, 1)
        }
}

/// b₀ + a₁ / (b₁ + a₂ / (b₂ + …)).
private func continuedFraction(
    _ start: Double, _ part: (_ step: Int) -> (numerator: Double, denominator: Double)
) -> Double {
    let tiny = 1e-300
    var (value, c, d) = (start == 0 ? tiny : start, start == 0 ? tiny : start, 0.0)
    for step in 1...100_000 {
        let (numerator, denominator) = part(step)
        d = denominator + numerator * d
        c = denominator + numerator / c
        if abs(d) < tiny { d = tiny }
        if abs(c) < tiny { c = tiny }
        d = 1 / d
        value *= c * d
        if abs(c * d - 1) < 1e-16 { break }
    }
    return value
}
