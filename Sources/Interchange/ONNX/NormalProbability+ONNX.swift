import Preprocessing

extension ONNXGraph {
    /// Φ(x), the probability that a standard normal number is at most x.
    ///
    /// It is written out because runtimes have the operator `Erf` for single precision only.
    ///
    /// Source: W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of Computation 23
    /// (1969), about 16 digits.
    mutating func normalProbability(_ x: String) -> String {
        func quotient(_ graph: inout ONNXGraph, _ x: String, _ function: RationalFunction) -> String {
            graph.ratio(x, function.numerator, function.denominator)
        }
        let z = node("Mul", x, number(0.5.squareRoot()))
        let (square, y) = (node("Mul", z, z), node("Abs", z))
        let (half, one) = (number(0.5), number(1))
        let center = node("Mul", z, quotient(&self, square, .errorFunctionCenter))
        let inner = node("Add", half, node("Mul", half, center))
        // The complementary error function without its factor exp(−y²).
        let middle = quotient(&self, y, .errorFunctionMiddle)
        let inverse = node("Div", one, square)
        let rest = node("Mul", inverse, quotient(&self, inverse, .errorFunctionTail))
        let tail = node("Div", node("Sub", number(1 / Double.pi.squareRoot()), rest), y)
        let complement = node("Where", node("LessOrEqual", y, number(4)), middle, tail)
        let outside = node("Mul", half, node("Mul", node("Exp", node("Neg", square)), complement))
        let outer = node("Where", node("Greater", x, number(0)), node("Sub", one, outside), outside)
        return node("Where", node("LessOrEqual", y, number(0.46875)), inner, outer)
    }
}

extension RationalFunction {
    /// Of z², times z, for |z| ≤ 0.46875: erf(z).
    fileprivate static let errorFunctionCenter = RationalFunction(
        numerator: [
            3.20937758913846947e3, 3.77485237685302021e2, 1.13864154151050156e2, 3.16112374387056560,
            1.85777706184603153e-1,
        ],
        denominator: [2.84423683343917062e3, 1.28261652607737228e3, 2.44024637934444173e2, 2.36012909523441209e1, 1])

    /// Of y, for y ≤ 4: erfc(y)·exp(y²).
    fileprivate static let errorFunctionMiddle = RationalFunction(
        numerator: [
            1.23033935479799725e3, 2.05107837782607147e3, 1.71204761263407058e3, 8.81952221241769090e2,
            2.98635138197400131e2, 6.61191906371416295e1, 8.88314979438837594, 5.64188496988670089e-1,
            2.15311535474403846e-8,
        ],
        denominator: [
            1.23033935480374942e3, 3.43936767414372164e3, 4.36261909014324716e3, 3.29079923573345963e3,
            1.62138957456669019e3, 5.37181101862009858e2, 1.17693950891312499e2, 1.57449261107098347e1, 1,
        ])

    /// Of 1/y², times 1/y², for greater y: 1/√π − y·erfc(y)·exp(y²).
    fileprivate static let errorFunctionTail = RationalFunction(
        numerator: [
            6.58749161529837803e-4, 1.60837851487422766e-2, 1.25781726111229246e-1, 3.60344899949804439e-1,
            3.05326634961232344e-1, 1.63153871373020978e-2,
        ],
        denominator: [
            2.33520497626869185e-3, 6.05183413124413191e-2, 5.27905102951428412e-1, 1.87295284992346725,
            2.56852019228982242, 1,
        ])
}
