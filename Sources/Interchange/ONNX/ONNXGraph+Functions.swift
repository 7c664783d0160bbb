/// Functions that ONNX has no operator for, or that runtimes have for single precision only.
extension ONNXGraph {
    /// Clips numbers to a range; NaN stays NaN.
    mutating func clipped(_ numbers: String, to range: (Double, Double)) -> String {
        let (lower, upper) = (number(range.0), number(range.1))
        let raised = node("Where", node("Less", numbers, lower), lower, numbers)
        return node("Where", node("Greater", raised, upper), upper, raised)
    }

    /// The columns of those numbers, in that order.
    mutating func columns(_ columns: [Int], of matrix: String) -> String {
        node("Gather", matrix, integers(columns), attributes: ["axis": 1])
    }

    /// Values side by side; a single one stays as it is.
    mutating func sideBySide(_ values: [String]) -> String {
        values.count == 1 ? values[0] : node("Concat", values, attributes: ["axis": 1])
    }

    /// The sum of each row, as a column.
    mutating func rowSums(_ matrix: String) -> String {
        node("ReduceSum", matrix, integers([1]), attributes: ["keepdims": 1])
    }

    /// A column of zeros with as many rows as a matrix of truths.
    mutating func zeros(likeRowsOf truths: String) -> String {
        node("Mul", cast(columns([0], of: truths), to: scalar), number(0))
    }

    /// The absolute values with the signs of other numbers.
    mutating func withSign(of numbers: String, _ magnitudes: String) -> String {
        node("Mul", node("Sign", numbers), magnitudes)
    }

    /// log(1 + x), exact for small x too: log(u) − ((u − 1) − x)/u with u = 1 + x, whose second term is what rounding
    /// of u lost.
    mutating func log1p(_ x: String) -> String {
        let one = number(1)
        let u = node("Add", x, one)
        let lost = node("Div", node("Sub", node("Sub", u, one), x), u)
        return node("Sub", node("Log", u), lost)
    }

    /// exp(x) − 1, exact for small x too: tanh(x/2)·(exp(x) + 1).
    mutating func expm1(_ x: String) -> String {
        let half = node("Tanh", node("Mul", x, number(0.5)))
        return node("Mul", half, node("Add", node("Exp", x), number(1)))
    }

    /// base^exponent; NaN for a negative base.
    mutating func power(_ base: String, _ exponent: String) -> String {
        let isNegative = node("Less", base, number(0))
        return node("Where", isNegative, number(.nan), node("Pow", base, exponent))
    }

    /// The piecewise linear function through the knots (`xs`, `ys`), of one column; constant beyond their ends.
    ///
    /// - Precondition: `xs` is ascending and not empty, and `ys` as long.
    mutating func interpolated(_ x: String, _ xs: [Double], _ ys: [Double]) -> String {
        // The number of knots that are not above x chooses a line: the origin, and the value and the slope there.
        let places = 1..<xs.count
        let last = xs.count - 1
        let origins = [0] + places.map { xs[$0 - 1] } + [0]
        let values = [ys[0]] + places.map { ys[$0 - 1] } + [ys[last]]
        let slopes = [0] + places.map { (ys[$0] - ys[$0 - 1]) / (xs[$0] - xs[$0 - 1]) } + [0]
        let line = rowSums(cast(node("LessOrEqual", row(xs), x), to: .int64))
        func chosen(_ graph: inout ONNXGraph, _ table: [Double]) -> String {
            graph.node("Gather", graph.constant(table, shape: [table.count]), line, attributes: ["axis": 0])
        }
        let distance = node("Sub", x, chosen(&self, origins))
        return node("Add", node("Mul", chosen(&self, slopes), distance), chosen(&self, values))
    }

    /// The polynomial with these coefficients, the constant one first.
    private mutating func polynomial(_ x: String, _ coefficients: [Double]) -> String {
        var value = number(coefficients[coefficients.count - 1])
        for coefficient in coefficients.dropLast().reversed() {
            value = node("Add", node("Mul", value, x), number(coefficient))
        }
        return value
    }

    /// The quotient of two polynomials.
    mutating func ratio(_ x: String, _ numerator: [Double], _ denominator: [Double]) -> String {
        node("Div", polynomial(x, numerator), polynomial(x, denominator))
    }
}
