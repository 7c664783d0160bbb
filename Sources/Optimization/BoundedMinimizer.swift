/// Minimizes a function of one number within an interval by Brent's method: golden sections, and parabolas where they fit.
///
/// Points, decisions and the stopping rule are those of SciPy's bounded minimizer.
///
/// Source: R. P. Brent, "Algorithms for Minimization Without Derivatives" (1973), chapter 5.
///
/// - Parameters:
///   - interval: where to search.
///   - tolerance: the absolute error of the result that is acceptable.
///   - function: the function.
/// - Returns: where the function is least, as far as is known; nil if the function is NaN there or the search does not
///   end.
package func minimizeScalar(
    in interval: ClosedRange<Double>, tolerance: Double, _ function: (Double) throws -> Double
) rethrows -> Double? {
    let golden = 0.5 * (3 - 5.0.squareRoot())
    let rootOfEpsilon = 2.2e-16.squareRoot()
    var (low, high) = (interval.lowerBound, interval.upperBound)
    var best = low + golden * (high - low)
    // The second and third best points.
    var (second, third) = (best, best)
    var bestValue = try function(best)
    var (secondValue, thirdValue, value) = (bestValue, bestValue, Double.infinity)
    var (step, previousStep) = (0.0, 0.0)
    var calls = 1
    while calls < 500 {
        let middle = 0.5 * (low + high)
        let shortest = rootOfEpsilon * abs(best) + tolerance / 3
        guard abs(best - middle) > 2 * shortest - 0.5 * (high - low) else { break }
        var usesGoldenSection = true
        if abs(previousStep) > shortest {
            let r = (best - second) * (bestValue - thirdValue)
            var q = (best - third) * (bestValue - secondValue)
            var p = (best - third) * q - (best - second) * r
            q = 2 * (q - r)
            if q > 0 { p = -p }
            q = abs(q)
            let before = previousStep
            previousStep = step
            if abs(p) < abs(0.5 * q * before), p > q * (low - best), p < q * (high - best) {
                usesGoldenSection = false
                step = p / q
                let x = best + step
                if x - low < 2 * shortest || high - x < 2 * shortest { step = middle >= best ? shortest : -shortest }
            }
        }
        if usesGoldenSection {
            previousStep = best >= middle ? low - best : high - best
            step = golden * previousStep
        }
        let x = best + (step >= 0 ? 1 : -1) * max(abs(step), shortest)
        value = try function(x)
        calls += 1
        if value <= bestValue {
            if x >= best { low = best } else { high = best }
            (third, thirdValue) = (second, secondValue)
            (second, secondValue) = (best, bestValue)
            (best, bestValue) = (x, value)
        } else {
            if x < best { low = x } else { high = x }
            if value <= secondValue || second == best {
                (third, thirdValue) = (second, secondValue)
                (second, secondValue) = (x, value)
            } else if value <= thirdValue || third == best || third == second {
                (third, thirdValue) = (x, value)
            }
        }
    }
    return calls < 500 && !best.isNaN && !bestValue.isNaN && !value.isNaN ? best : nil
}
