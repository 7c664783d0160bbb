import Estimators
public import Preprocessing

extension FunctionTransformer: ONNXInvertibleTransformer {
    /// Appends the function, if it is a known one.
    ///
    /// - Throws: ``InterchangeError/notExportable(_:)`` for another function.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        try append(knownFunction, "function", to: &graph, features)
    }

    /// Appends the inverse function, if it is a known one.
    ///
    /// - Throws: ``InterchangeError/notExportable(_:)`` for another function.
    public func appendInverse(to graph: inout ONNXGraph, features: String) throws -> String {
        try append(knownInverse, "inverse", to: &graph, features)
    }

    private func append(
        _ function: KnownFunction?, _ role: String, to graph: inout ONNXGraph, _ features: String
    ) throws -> String {
        guard let function else {
            throw InterchangeError.notExportable(
                part: "the \(role) of a FunctionTransformer",
                because: "it is a Swift closure, and none of those that are recognized by their values: "
                    + KnownFunction.names)
        }
        let result = graph.inDoublePrecision(features) { function.append(to: &$0, $1) }
        graph.expect(result, columnsOf: features)
        return result
    }
}

extension KnownFunction {
    /// Appends the function's operators, in double precision.
    fileprivate func append(to graph: inout ONNXGraph, _ x: String) -> String {
        func node(_ operation: String, _ inputs: String...) -> String { graph.node(operation, inputs) }
        func number(_ number: Double) -> String { graph.number(number) }
        switch self {
        case .adding(let term): return node("Add", x, number(term))
        case .multiplying(let factor): return node("Mul", x, number(factor))
        case .dividing(let divisor): return node("Div", x, number(divisor))
        case .named(let name):
            switch name {
            case .identity: return x
            case .abs: return node("Abs", x)
            case .negation: return node("Neg", x)
            case .reciprocal: return node("Div", number(1), x)
            case .square: return node("Mul", x, x)
            case .cube: return node("Mul", node("Mul", x, x), x)
            case .sqrt: return node("Sqrt", x)
            case .cbrt: return graph.withSign(of: x, node("Pow", node("Abs", x), number(1.0 / 3)))
            case .log: return node("Log", x)
            case .log2: return node("Mul", node("Log", x), number(1 / Double.log(2)))
            case .log10: return node("Mul", node("Log", x), number(1 / Double.log(10)))
            case .log1p: return graph.log1p(x)
            case .logOfSum: return node("Log", node("Add", x, number(1)))
            case .exp: return node("Exp", x)
            case .exp2: return node("Pow", number(2), x)
            case .exp10: return node("Pow", number(10), x)
            case .expm1: return graph.expm1(x)
            case .expLessOne: return node("Sub", node("Exp", x), number(1))
            case .sin: return node("Sin", x)
            case .cos: return node("Cos", x)
            case .tanh: return node("Tanh", x)
            case .asinh:
                // sign(x)·log1p(|x| + x²/(1 + √(1 + x²))), exact for small x too.
                let (square, one) = (node("Mul", x, x), number(1))
                let root = node("Add", one, node("Sqrt", node("Add", square, one)))
                let sum = node("Add", node("Abs", x), node("Div", square, root))
                return graph.withSign(of: x, graph.log1p(sum))
            case .sinh:
                // (u + u/(u + 1))/2 with u = exp(|x|) − 1, exact for small x too.
                let u = graph.expm1(node("Abs", x))
                let sum = node("Add", u, node("Div", u, node("Add", u, number(1))))
                return graph.withSign(of: x, node("Mul", sum, number(0.5)))
            }
        }
    }
}
