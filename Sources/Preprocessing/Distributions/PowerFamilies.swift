import Estimators
import LinearAlgebra

/// ((x + 1)^λ − 1)/λ for x ≥ 0, −((1 − x)^(2 − λ) − 1)/(2 − λ) below; logarithms where an exponent is 0.
enum YeoJohnson {
    static func transform(_ x: Double, _ lambda: Double) -> Double {
        if lambda == 1 { return x }
        return x >= 0
            ? grown(Double.log(onePlus: x), exponent: lambda) : -grown(Double.log(onePlus: -x), exponent: 2 - lambda)
    }

    /// (e^(λ·logarithm) − 1)/λ.
    private static func grown(_ logarithm: Double, exponent: Double) -> Double {
        exponent.magnitude < .ulpOfOne ? logarithm : Double.expMinusOne(exponent * logarithm) / exponent
    }

    static func inverse(_ y: Double, _ lambda: Double) -> Double {
        if y.isNaN || lambda == 1 { return y }
        return y >= 0 ? shrunk(y, exponent: lambda) : -shrunk(-y, exponent: 2 - lambda)
    }

    private static func shrunk(_ y: Double, exponent: Double) -> Double {
        exponent.magnitude < .ulpOfOne ? Double.exp(y) - 1 : raised(y * exponent + 1, to: 1 / exponent) - 1
    }

    /// The λ of greatest likelihood among those whose powers `range` can hold.
    ///
    /// - Precondition: `values` is not empty and holds finite numbers.
    static func likeliestLambda(of values: [Double], in range: NumberRange) -> Double {
        if values.allSatisfy({ $0 == 0 }) { return 1 }
        let n = Double(values.count)
        let logarithmSum = pairwiseSum(
            values.map { ($0 < 0 ? -1 : $0 > 0 ? 1 : 0) * Double.log(onePlus: $0.magnitude) })
        func negativeLogLikelihood(_ lambda: Double) -> Double {
            let transformed = values.map { transform($0, lambda) }
            let mean = pairwiseSum(transformed) / n
            let variance = pairwiseSum(transformed.map { ($0 - mean) * ($0 - mean) }) / n
            // A variance that has underflowed, or overflowed to NaN, says nothing.
            guard variance >= .leastNormalMagnitude else { return .infinity }
            let logLikelihood = -n / 2 * Double.log(variance) + (lambda - 1) * logarithmSum
            return logLikelihood.isInfinite ? .infinity : -logLikelihood
        }
        func likeliest(in range: NumberRange) -> Double {
            let (lower, upper) = bounds(for: values, in: range)
            // Numbers of both signs can be so large that no other exponent is safe.
            return lower < upper ? minimum(from: lower, to: upper, of: negativeLogLikelihood) : 1
        }
        let lambda = likeliest(in: .double)
        let (lower, upper) = bounds(for: values, in: range)
        return lower <= lambda && lambda <= upper ? lambda : likeliest(in: range)
    }

    /// Between which exponents the powers of 20 times the values neither overflow nor underflow when they are squared:
    /// SciPy's rule.
    private static func bounds(for values: [Double], in range: NumberRange) -> (Double, Double) {
        let magnitude = values.map(\.magnitude).max() ?? 0
        let greatest = (20 * magnitude).isFinite ? Double.log(onePlus: 20 * magnitude) : .log(magnitude) + .log(20)
        let unit = Double.log(range.ulpOfOne)
        let lower = (Double.log(range.leastNormalMagnitude) - unit) / 2 / greatest
        let upper = (Double.log(range.greatestFiniteMagnitude) + unit) / 2 / greatest
        if values.allSatisfy({ $0 < 0 }) { return (2 - upper, 2 - lower) }
        if values.contains(where: { $0 < 0 }) { return (max(2 - upper, lower), min(2 - lower, upper)) }
        return (lower, upper)
    }
}

/// (x^λ − 1)/λ for x > 0; the logarithm where λ is 0.
enum BoxCox {
    static func transform(_ x: Double, _ lambda: Double) -> Double {
        let logarithm = Double.log(x)
        if lambda.magnitude < 1e-19 { return logarithm }
        if lambda * logarithm < 709.78 { return Double.expMinusOne(lambda * logarithm) / lambda }
        // x^λ alone would overflow.
        return (lambda < 0 ? -1 : 1) * Double.exp(lambda * logarithm - Double.log(lambda.magnitude)) - 1 / lambda
    }

    static func inverse(_ y: Double, _ lambda: Double) -> Double {
        lambda == 0 ? Double.exp(y) : Double.exp(Double.log(onePlus: lambda * y) / lambda)
    }

    /// The λ of greatest likelihood, before and after the limit that `range` sets.
    ///
    /// - Precondition: `values` are positive, finite and not all the same.
    /// - Throws: `EstimatorError.invalidInput` where no λ is better than others on both sides.
    static func likeliestLambda(
        of values: [Double], in range: NumberRange, column: Int
    ) throws -> (unlimited: Double, limited: Double) {
        let n = Double(values.count)
        let logarithms = values.map { Double.log($0) }
        let logarithmSum = pairwiseSum(logarithms)
        let found = minimum(startingFrom: -2, 2) { lambda in
            -((lambda - 1) * logarithmSum - n / 2 * logVariance(of: logarithms, lambda))
        }
        try Check.require(
            found != nil, "x",
            "must have columns for which .boxCox has a likeliest exponent, but column \(column) has none")
        let lambda = found ?? 1
        return (lambda, limited(lambda, for: values, in: range))
    }

    /// The exponent next to `lambda` whose powers `range` can hold, at most a 10,000th of its greatest number: SciPy's
    /// rule.
    private static func limited(_ lambda: Double, for values: [Double], in range: NumberRange) -> Double {
        guard let least = values.min(), let greatest = values.max() else { return lambda }
        let limit = range.greatestFiniteMagnitude / 10_000
        func size(_ x: Double) -> Double { transform(x, lambda).magnitude }
        let extreme =
            least >= 1 ? greatest : greatest <= 1 ? least : size(greatest) > size(least) ? greatest : least
        guard size(extreme) > limit else { return lambda }
        // Solves e^(λ·distance) = 1 + λ·limit, where 1 is nothing beside the limit.
        let distance = Double.log(extreme).magnitude
        var exponent = 1.0
        for _ in 0..<100 { exponent = (Double.log(exponent) + Double.log(limit)) / distance }
        return extreme > 1 ? exponent : -exponent
    }

    /// The logarithm of the variance of the transformed numbers.
    private static func logVariance(of logarithms: [Double], _ lambda: Double) -> Double {
        let n = Double(logarithms.count)
        let exponents = lambda == 0 ? logarithms : logarithms.map { $0 * lambda }
        // The greatest power is taken out, so that none overflows.
        let greatest = lambda == 0 ? 0 : exponents.max() ?? 0
        let powers = lambda == 0 ? exponents : exponents.map { Double.exp($0 - greatest) }
        let mean = pairwiseSum(powers) / n
        let variance = pairwiseSum(powers.map { ($0 - mean) * ($0 - mean) }) / n
        return Double.log(variance) + 2 * greatest - (lambda == 0 ? 0 : 2 * Double.log(lambda.magnitude))
    }
}

/// The numbers of a floating-point type.
struct NumberRange {
    let ulpOfOne: Double
    let leastNormalMagnitude: Double
    let greatestFiniteMagnitude: Double

    init<Scalar: MatrixScalar>(of _: Scalar.Type) {
        ulpOfOne = Double(Scalar.ulpOfOne)
        leastNormalMagnitude = Double(Scalar.leastNormalMagnitude)
        greatestFiniteMagnitude = Double(Scalar.greatestFiniteMagnitude)
    }

    static var double: NumberRange { NumberRange(of: Double.self) }
}

/// base^exponent as C and NumPy compute it: NaN only for a negative base.
private func raised(_ base: Double, to exponent: Double) -> Double {
    base == 0 ? (exponent > 0 ? 0 : exponent < 0 ? .infinity : 1) : Double.pow(base, exponent)
}
