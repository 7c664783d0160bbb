import Estimators
import LinearAlgebra
public import Preprocessing

extension PolynomialFeatures: ONNXTransformer {
    /// Appends the products of the features, those of a degree at once.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        try graph.expect(features, columns: nFeaturesIn, of: "PolynomialFeatures")
        // The factors of every product, from the last one on, in which order they are multiplied.
        let products = powers.map { exponents in
            exponents.enumerated().reversed().flatMap { [Int](repeating: $0.offset, count: $0.element) }
        }
        return graph.inDoublePrecision(features) { graph, features in
            let degrees = Dictionary(grouping: products, by: \.count).sorted { $0.key < $1.key }
            let blocks = degrees.map { degree, products in
                guard degree > 0 else {
                    return graph.node("Pow", graph.columns([0], of: features), graph.number(0))
                }
                let factors = (0..<degree).map { place in graph.columns(products.map { $0[place] }, of: features) }
                return factors.dropFirst().reduce(factors[0]) { graph.node("Mul", $0, $1) }
            }
            return graph.sideBySide(blocks)
        }
    }
}

extension PCA: ONNXInvertibleTransformer {
    /// Appends a subtraction and a matrix product, and a division if the scores are whitened.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        return try graph.inDoublePrecision(features, columns: nFeaturesIn, of: "PCA") { graph, features in
            let turned = components.transposed
            let weights = graph.constant(turned.elements, shape: [turned.rows, turned.columns])
            let scores = graph.node("MatMul", graph.node("Sub", features, graph.row(mean)), weights)
            guard whiten else { return scores }
            return graph.node("Div", scores, graph.row(deviations.map { max($0, .ulpOfOne) }))
        }
    }

    /// Appends a matrix product and an addition, and a multiplication if the scores are whitened.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func appendInverse(to graph: inout ONNXGraph, features: String) throws -> String {
        guard nFeaturesIn != nil else { throw EstimatorError.notFitted(estimator: "PCA") }
        graph.expect(features, columns: components.rows)
        return graph.inDoublePrecision(features) { graph, scores in
            let weights = graph.constant(components.elements, shape: [components.rows, components.columns])
            let scaled = whiten ? graph.node("Mul", scores, graph.row(deviations)) : scores
            return graph.node("Add", graph.node("MatMul", scaled, weights), graph.row(mean))
        }
    }

    private var deviations: [Double] { explainedVariance.map { $0.squareRoot() } }
}

extension KBinsDiscretizer: ONNXTransformer {
    /// Appends comparisons of each feature with the edges of its bins.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        let bins = try graph.inDoublePrecision(features, columns: nFeaturesIn, of: "KBinsDiscretizer") {
            graph, features in
            let columns = binEdges.enumerated().map { feature, edges in
                let column = graph.columns([feature], of: features)
                let inner = graph.row(Array(edges.dropFirst().dropLast()))
                let isReached = graph.node("LessOrEqual", inner, column)
                let count = graph.rowSums(graph.cast(isReached, to: .double))
                guard encode == .onehotDense else { return count }
                let all = graph.row((0..<binCounts[feature]).map(Double.init))
                return graph.cast(graph.node("Equal", count, all), to: .double)
            }
            return graph.sideBySide(columns)
        }
        return bins
    }
}
