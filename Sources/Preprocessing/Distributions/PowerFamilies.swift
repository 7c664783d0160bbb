import Estimators
import LinearAlgebra

/// ((x + 1)^λ − 1)/λ for x ≥ 0, −((1 − x)^(2 − λ) − 1)/(2 − λ) below; logarithms where an exponent is 0.
enum YeoJohnson {
    static func transform(_ x: Double, _ lambda: Double) -> Double {
        x >= 0
            ? grown(Double.log(onePlus: x), exponent: lambda) : -grown(Double.log(onePlus: -x), exponent: 2 - lambda)
    }

    /// (e^(λ·logarithm) − 1)/λ.
    private static func grown(_ logarithm: Double, exponent: Double) -> Double {
        exponent.magnitude < .ulpOfOne ? logarithm : Double.expMinusOne(exponent * logarithm) / exponent
    }

    static func inverse(_ y: Double, _ lambda: Double) -> Double {
        if y.isNaN { return y }
        return y >= 0 ? shrunk(y, exponent: lambda) : -shrunk(-y, exponent: 2 - lambda)
    }

    private static func shrunk(_ y: Double, exponent: Double) -> Double {
        exponent.magnitude < .ulpOfOne ? Double.exp(y) - 1 : raised(y * exponent + 1, to: 1 / exponent) - 1
    }

    /// The λ of greatest likelihood.
    ///
    /// - Precondition: `values` is not empty and holds finite numbers.
    static func likeliestLambda(of values: [Double]) -> Double {
        if values.allSatisfy({ $0 == 0 }) { return 1 }
        let n = Double(values.count)
        let logarithmSum = pairwiseSum(
            values.map { ($0 < 0 ? -1 : $0 > 0 ? 1 : 0) * Double.log(onePlus: $0.magnitude) })
        let (lower, upper) = bounds(for: values)
        return minimum(from: lower, to: upper) { lambda in
            let transformed = values.map { transform($0, lambda) }
            let mean = pairwiseSum(transformed) / n
            let variance = pairwiseSum(transformed.map { ($0 - mean) * ($0 - mean) }) / n
            // A variance that has underflowed, or overflowed to NaN, says nothing.
            guard variance >= .leastNormalMagnitude else { return .infinity }
            let logLikelihood = -n / 2 * Double.log(variance) + (lambda - 1) * logarithmSum
            return logLikelihood.isInfinite ? .infinity : -logLikelihood
        }
    }

    /// Between which exponents the powers neither overflow nor underflow.
    private static func bounds(for values: [Double]) -> (Double, Double) {
        let greatest = Double.log(onePlus: 20 * (values.map(\.magnitude).max() ?? 0))
        let unit = Double.log(.ulpOfOne)
        let lower = (Double.log(.leastNormalMagnitude) - unit) / 2 / greatest
        let upper = (Double.log(.greatestFiniteMagnitude) + unit) / 2 / greatest
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

    /// The λ of greatest likelihood.
    ///
    /// - Precondition: `values` are positive, finite and not all the same.
    /// - Throws: `EstimatorError.invalidInput` where no λ is better than others on both sides.
    static func likeliestLambda(of values: [Double], column: Int) throws -> Double {
        let n = Double(values.count)
        let logarithms = values.map { Double.log($0) }
        let logarithmSum = pairwiseSum(logarithms)
        let found = minimum(startingFrom: -2, 2) { lambda in
            -((lambda - 1) * logarithmSum - n / 2 * logVariance(of: logarithms, lambda))
        }
        try Check.require(
            found != nil, "x",
            "must have columns for which .boxCox has a likeliest exponent, but column \(column) has none")
        return found ?? 1
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

/// base^exponent as C and NumPy compute it: NaN only for a negative base.
private func raised(_ base: Double, to exponent: Double) -> Double {
    base == 0 ? (exponent > 0 ? 0 : exponent < 0 ? .infinity : 1) : Double.pow(base, exponent)
}
