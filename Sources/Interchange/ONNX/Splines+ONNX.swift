import Estimators
public import Preprocessing

extension SplineTransformer: ONNXTransformer {
    /// Appends the splines of every feature. Where Swift throws for a value, they are NaN.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        try graph.expect(features, columns: nFeaturesIn, of: "SplineTransformer")
        return graph.inDoublePrecision(features) { graph, features in
            let columns = bases.enumerated().map { feature, basis in
                var x = graph.columns([feature], of: features)
                let isMissing = graph.node("IsNaN", x)
                // A number in place of NaN, for the choice of intervals.
                x = graph.node("Where", isMissing, graph.number(basis.range.lowerBound), x)
                var splines = graph.splines(basis, at: x, extrapolation)
                if !includeBias { splines = graph.columns(Array(0..<basis.count - 1), of: splines) }
                return graph.node("Where", isMissing, graph.number(handleMissing == .zeros ? 0 : .nan), splines)
            }
            return graph.sideBySide(columns)
        }
    }
}

extension ONNXGraph {
    /// The values of splines at a column of numbers.
    fileprivate mutating func splines(
        _ basis: SplineBasis, at x: String, _ extrapolation: SplineTransformer.Extrapolation
    ) -> String {
        let (lower, upper) = (basis.range.lowerBound, basis.range.upperBound)
        switch extrapolation {
        case .continue: return splines(basis, at: x)
        case .constant: return splines(basis, at: clipped(x, to: (lower, upper)))
        case .error:
            let isBeyond = node("Or", node("Less", x, number(lower)), node("Greater", x, number(upper)))
            return node("Where", isBeyond, number(.nan), splines(basis, at: x))
        case .linear:
            let edge = clipped(x, to: (lower, upper))
            let slopes = node(
                "Where", node("Less", x, number(lower)), row(basis.values(at: lower, isDerivative: true)),
                row(basis.values(at: upper, isDerivative: true)))
            return node("Add", splines(basis, at: edge), node("Mul", node("Sub", x, edge), slopes))
        case .periodic:
            guard upper > lower else { return splines(basis, at: node("Mul", x, number(0))) }
            let period = number(upper - lower)
            let rest = node("Mod", node("Sub", x, number(lower)), period, attributes: ["fmod": 1])
            let raised = node("Where", node("Less", rest, number(0)), node("Add", rest, period), rest)
            return splines(basis, at: node("Add", number(lower), raised))
        }
    }

    /// The values of splines at a column of numbers: the recursion of ``SplineBasis``, for all rows at once.
    private mutating func splines(_ basis: SplineBasis, at x: String) -> String {
        let (knots, degree) = (basis.all, basis.degree)
        let intervals = degree...knots.count - degree - 2
        // The number of inner knots that are not above x says in which interval it lies.
        let inner = intervals.dropFirst().map { knots[$0] }
        let interval: String
        if inner.isEmpty {
            interval = node(
                "Cast", node("Mul", x, number(0)), attributes: ["to": .integer(ONNXTensor.ElementType.int64.rawValue)])
        } else {
            let isBelow = node("Not", node("Less", x, row(inner)))
            interval = cast(rowSums(cast(isBelow, to: .double)), to: .int64)
        }
        let line = node("Reshape", interval, integers([-1]))
        /// Numbers that depend on the interval.
        func chosen(_ graph: inout ONNXGraph, _ width: Int, _ number: (_ interval: Int, _ place: Int) -> Double)
            -> String
        {
            let table = intervals.flatMap { interval in (0..<width).map { number(interval, $0) } }
            return graph.node(
                "Gather", graph.constant(table, shape: [intervals.count, width]), line, attributes: ["axis": 0])
        }
        let zero = node("Mul", x, number(0))
        var splines = node("Add", zero, number(1))
        for order in stride(from: 1, through: degree, by: 1) {
            let right = chosen(&self, order) { knots[$0 + $1 + 1] }
            let left = chosen(&self, order) { knots[$0 + $1 + 1 - order] }
            // Where two knots are one, the quotient is 0.
            let width = chosen(&self, order) { interval, place in
                let width = knots[interval + place + 1] - knots[interval + place + 1 - order]
                return width == 0 ? .infinity : width
            }
            let slope = node("Div", splines, width)
            let falling = sideBySide([node("Mul", slope, node("Sub", right, x)), zero])
            let rising = sideBySide([zero, node("Mul", slope, node("Sub", x, left))])
            splines = node("Add", falling, rising)
        }
        // Each of the degree + 1 splines that are not 0 goes to its place.
        let places = row((0..<basis.count).map(Double.init))
        var values = ""
        for number in 0...degree {
            let place = chosen(&self, 1) { interval, _ in Double((interval - degree + number) % basis.count) }
            let isHere = cast(node("Equal", place, places), to: .double)
            let value = node("Mul", isHere, columns([number], of: splines))
            values = number == 0 ? value : node("Add", values, value)
        }
        return values
    }
}
