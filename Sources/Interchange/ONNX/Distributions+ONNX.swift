import Estimators
public import Preprocessing

extension PowerTransformer: ONNXInvertibleTransformer {
    /// Appends the powers, and the standardization if there is one.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        return try graph.inDoublePrecision(features, columns: nFeaturesIn, of: "PowerTransformer") { graph, features in
            let powers =
                switch method {
                case .yeoJohnson: graph.yeoJohnson(features, lambdas)
                case .boxCox: graph.grown(graph.node("Log", features), graph.exponents(lambdas))
                }
            return try scaler?.append(to: &graph, features: powers) ?? powers
        }
    }

    /// Appends the inverse of the standardization if there is one, and the roots.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func appendInverse(to graph: inout ONNXGraph, features: String) throws -> String {
        return try graph.inDoublePrecision(features, columns: nFeaturesIn, of: "PowerTransformer") { graph, features in
            let powers = try scaler?.appendInverse(to: &graph, features: features) ?? features
            switch method {
            case .yeoJohnson: return graph.yeoJohnsonInverse(powers, lambdas)
            case .boxCox: return graph.boxCoxInverse(powers, graph.exponents(lambdas))
            }
        }
    }
}

extension QuantileTransformer: ONNXInvertibleTransformer {
    /// Appends the place of each feature among its quantiles, and the quantile of the normal distribution there.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        try append(to: &graph, features: features) { graph, column, quantiles in
            graph.place(of: column, among: quantiles, references, isNormal: outputDistribution == .normal)
        }
    }

    /// Appends the value at each place among a feature's quantiles.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func appendInverse(to graph: inout ONNXGraph, features: String) throws -> String {
        try append(to: &graph, features: features) { graph, column, quantiles in
            graph.value(at: column, among: quantiles, references, isNormal: outputDistribution == .normal)
        }
    }

    /// Appends what `nodes` makes of each column and its quantiles; NaN for a feature without values.
    private func append(
        to graph: inout ONNXGraph, features: String,
        _ nodes: (inout ONNXGraph, _ column: String, _ quantiles: [Double]) -> String
    ) throws -> String {
        try graph.inDoublePrecision(features, columns: nFeaturesIn, of: "QuantileTransformer") { graph, features in
            let quantiles = quantiles
            let columns = (0..<quantiles.columns).map { feature in
                let column = graph.columns([feature], of: features)
                let places: [Double] = quantiles.column(feature)
                return places.contains(where: \.isNaN)
                    ? graph.node("Mul", column, graph.number(.nan)) : nodes(&graph, column, places)
            }
            return graph.sideBySide(columns)
        }
    }
}

// MARK: - Powers

extension ONNXGraph {
    /// The exponent of every column, with what a formula needs where it divides by it.
    fileprivate struct Exponents {
        let value: String
        /// Whether the logarithm takes the place of the power.
        let isZero: String
        /// The exponent, or 1 where it is 0.
        let divisor: String
    }

    /// - Parameter limit: below which magnitude an exponent counts as 0.
    fileprivate mutating func exponents(_ exponents: [Double], zeroBelow limit: Double = 1e-19) -> Exponents {
        Exponents(
            value: row(exponents), isZero: constant(ONNXTensor(exponents.map { $0.magnitude < limit })),
            divisor: row(exponents.map { $0.magnitude < limit ? 1 : $0 }))
    }

    /// The exponents of numbers of either sign: λ from 0 on, 2 − λ below.
    private mutating func exponents(_ lambdas: [Double], bySignOf numbers: String) -> Exponents {
        let isUpper = node("GreaterOrEqual", numbers, number(0))
        let exponent = node("Where", isUpper, row(lambdas), row(lambdas.map { 2 - $0 }))
        let isZero = node("Less", node("Abs", exponent), number(.ulpOfOne))
        return Exponents(value: exponent, isZero: isZero, divisor: node("Where", isZero, number(1), exponent))
    }

    /// (e^(λ·logarithm) − 1)/λ; the logarithm where λ is 0.
    fileprivate mutating func grown(_ logarithm: String, _ exponents: Exponents) -> String {
        let power = node("Div", expm1(node("Mul", exponents.value, logarithm)), exponents.divisor)
        return node("Where", exponents.isZero, logarithm, power)
    }

    fileprivate mutating func yeoJohnson(_ x: String, _ lambdas: [Double]) -> String {
        let exponents = exponents(lambdas, bySignOf: x)
        let logarithm = log1p(node("Abs", x))
        return withSign(of: x, grown(logarithm, exponents))
    }

    fileprivate mutating func yeoJohnsonInverse(_ y: String, _ lambdas: [Double]) -> String {
        let exponents = exponents(lambdas, bySignOf: y)
        let (magnitude, one) = (node("Abs", y), number(1))
        let base = node("Add", node("Mul", magnitude, exponents.value), one)
        let root = power(base, node("Div", one, exponents.divisor))
        let original = node("Where", exponents.isZero, node("Exp", magnitude), root)
        return withSign(of: y, node("Sub", original, one))
    }

    fileprivate mutating func boxCoxInverse(_ y: String, _ exponents: Exponents) -> String {
        let logarithm = node("Div", log1p(node("Mul", exponents.value, y)), exponents.divisor)
        return node("Exp", node("Where", exponents.isZero, y, logarithm))
    }
}

// MARK: - Quantiles

extension ONNXGraph {
    /// What `QuantileTransformer` makes of a column.
    fileprivate mutating func place(
        of column: String, among quantiles: [Double], _ references: [Double], isNormal: Bool
    ) -> String {
        let margin = QuantileTransformer.margin
        let (least, greatest) = (number(quantiles[0]), number(quantiles[quantiles.count - 1]))
        // Of a value that several quantiles share, the middle of its places: from below and from above.
        let fromBelow = interpolated(column, quantiles, references)
        let fromAbove = interpolated(
            node("Neg", column), quantiles.reversed().map { -$0 }, references.reversed().map { -$0 })
        var place = node("Mul", number(0.5), node("Sub", fromBelow, fromAbove))
        let isGreatest =
            isNormal
            ? node("Greater", node("Add", column, number(margin)), greatest) : node("Equal", column, greatest)
        place = node("Where", isGreatest, number(1), place)
        let isLeast =
            isNormal ? node("Less", node("Sub", column, number(margin)), least) : node("Equal", column, least)
        place = node("Where", isLeast, number(0), place)
        guard isNormal else { return place }
        let end = margin - Double.ulpOfOne
        return normalQuantile(clipped(place, to: (end, 1 - end)))
    }

    /// What `QuantileTransformer` makes of a place.
    fileprivate mutating func value(
        at column: String, among quantiles: [Double], _ references: [Double], isNormal: Bool
    ) -> String {
        let place = isNormal ? normalProbability(column) : column
        let margin = QuantileTransformer.margin
        let (least, greatest) = (number(quantiles[0]), number(quantiles[quantiles.count - 1]))
        var value = interpolated(place, references, quantiles)
        let isGreatest =
            isNormal ? node("Greater", node("Add", place, number(margin)), number(1)) : node("Equal", place, number(1))
        value = node("Where", isGreatest, greatest, value)
        let isLeast =
            isNormal ? node("Less", node("Sub", place, number(margin)), number(0)) : node("Equal", place, number(0))
        return node("Where", isLeast, least, value)
    }

    /// The number that a standard normal one does not exceed with probability p, in (0, 1).
    private mutating func normalQuantile(_ p: String) -> String {
        func quotient(_ graph: inout ONNXGraph, _ x: String, _ series: RationalFunction) -> String {
            graph.ratio(x, series.numerator, series.denominator)
        }
        let q = node("Sub", p, number(0.5))
        let isUpper = node("Greater", q, number(0))
        let square = node("Sub", number(0.180625), node("Mul", q, q))
        let central = node("Mul", q, quotient(&self, square, .normalQuantileCenter))
        let rest = node("Where", isUpper, node("Sub", number(1), p), p)
        let r = node("Sqrt", node("Neg", node("Log", rest)))
        let middle = quotient(&self, node("Sub", r, number(1.6)), .normalQuantileMiddle)
        let tail = quotient(&self, node("Sub", r, number(5)), .normalQuantileTail)
        let distance = node("Where", node("LessOrEqual", r, number(5)), middle, tail)
        let outer = node("Where", isUpper, distance, node("Neg", distance))
        return node("Where", node("LessOrEqual", node("Abs", q), number(0.425)), central, outer)
    }
}
