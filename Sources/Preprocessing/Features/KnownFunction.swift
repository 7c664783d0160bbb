import LinearAlgebra

/// A function that files and other programs know by name.
///
/// A closure has no name. It is recognized by its values: at some 6,600 numbers of every magnitude and both signs it
/// gives the very bits that the named function gives.
package enum KnownFunction: Hashable, Codable, Sendable {
    /// A function without a parameter.
    case named(Name)
    /// x + term.
    case adding(Double)
    /// x · factor.
    case multiplying(Double)
    /// x / divisor.
    case dividing(Double)

    /// The functions without a parameter.
    package enum Name: String, CaseIterable, Codable, Sendable {
        case identity, abs, negation, reciprocal, square, cube, sqrt, cbrt
        case log, log2, log10, log1p
        /// log(1 + x), which is not `log1p` for small x.
        case logOfSum = "log(1 + x)"
        case exp, exp2, exp10, expm1
        /// exp(x) − 1, which is not `expm1` for small x.
        case expLessOne = "exp(x) - 1"
        case sin, cos, tanh, sinh, asinh
    }

    /// The known functions in words, for errors.
    package static let names =
        Name.allCases.map(\.rawValue).joined(separator: ", ") + ", x + c, x * c and x / c with a number c"

    /// The known function that `closure` is; nil for another one.
    package init?(_ closure: (Double) -> Double) {
        let (zero, one) = (closure(0), closure(1))
        let ofParameter: [KnownFunction] = [
            .adding(zero), .multiplying(one), .dividing(1 / one), .dividing((1 / one).rounded()),
        ]
        let candidates = Name.allCases.map(KnownFunction.named) + (zero.isFinite && one.isNormal ? ofParameter : [])
        let found = candidates.first { candidate in
            KnownFunction.probes.allSatisfy { x in
                let (expected, value) = (candidate(x), closure(x))
                return expected.isNaN ? value.isNaN : value == expected
            }
        }
        guard let found else { return nil }
        self = found
    }

    /// Integers, and numbers of every power of two.
    private static var probes: some Sequence<Double> {
        let integers = (-64...64).lazy.map(Double.init)
        let powers = (-1074...1023).lazy.flatMap { exponent in
            [1, 1.25, 1.9375].lazy.map { Double(sign: .plus, exponent: exponent, significand: $0) }
        }
        return [Array(integers), Array(powers), powers.map { -$0 }].joined()
    }

    /// The value of the function.
    package func callAsFunction(_ x: Double) -> Double {
        switch self {
        case .adding(let term): x + term
        case .multiplying(let factor): x * factor
        case .dividing(let divisor): x / divisor
        case .named(let name): name(x)
        }
    }
}

extension KnownFunction.Name {
    /// The value of the function.
    func callAsFunction(_ x: Double) -> Double {
        switch self {
        case .identity: x
        case .abs: x.magnitude
        case .negation: -x
        case .reciprocal: 1 / x
        case .square: x * x
        case .cube: x * x * x
        case .sqrt: x.squareRoot()
        case .cbrt: Double.root(x, 3)
        case .log: Double.log(x)
        case .log2: Double.log2(x)
        case .log10: Double.log10(x)
        case .log1p: Double.log(onePlus: x)
        case .logOfSum: Double.log(1 + x)
        case .exp: Double.exp(x)
        case .exp2: Double.exp2(x)
        case .exp10: Double.exp10(x)
        case .expm1: Double.expMinusOne(x)
        case .expLessOne: Double.exp(x) - 1
        case .sin: Double.sin(x)
        case .cos: Double.cos(x)
        case .tanh: Double.tanh(x)
        case .sinh: Double.sinh(x)
        case .asinh: Double.asinh(x)
        }
    }
}
