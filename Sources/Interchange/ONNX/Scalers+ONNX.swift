import Estimators
public import Preprocessing

extension StandardScaler: ONNXInvertibleTransformer {
    /// Appends a subtraction and a division, in the precision of the features.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        try graph.expect(features, columns: nFeaturesIn, of: "StandardScaler")
        var scaled = features
        if withMean { scaled = graph.node("Sub", scaled, graph.row(mean)) }
        if withStd { scaled = graph.node("Div", scaled, graph.row(scale)) }
        return scaled
    }

    /// Appends a multiplication and an addition, in the precision of the features.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func appendInverse(to graph: inout ONNXGraph, features: String) throws -> String {
        try graph.expect(features, columns: nFeaturesIn, of: "StandardScaler")
        var original = features
        if withStd { original = graph.node("Mul", original, graph.row(scale)) }
        if withMean { original = graph.node("Add", original, graph.row(mean)) }
        return original
    }
}

extension MinMaxScaler: ONNXInvertibleTransformer {
    /// Appends a multiplication and an addition, and clipping if the scaler clips.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        return try graph.inDoublePrecision(features, columns: nFeaturesIn, of: "MinMaxScaler") { graph, features in
            let stretched = graph.node("Mul", features, graph.row(scale))
            let moved = graph.node("Add", stretched, graph.row(min))
            return clip ? graph.clipped(moved, to: featureRange) : moved
        }
    }

    /// Appends a subtraction and a division.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func appendInverse(to graph: inout ONNXGraph, features: String) throws -> String {
        return try graph.inDoublePrecision(features, columns: nFeaturesIn, of: "MinMaxScaler") { graph, features in
            graph.node("Div", graph.node("Sub", features, graph.row(min)), graph.row(scale))
        }
    }
}

extension MaxAbsScaler: ONNXInvertibleTransformer {
    /// Appends a division, and clipping if the scaler clips.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        return try graph.inDoublePrecision(features, columns: nFeaturesIn, of: "MaxAbsScaler") { graph, features in
            let divided = graph.node("Div", features, graph.row(scale))
            return clip ? graph.clipped(divided, to: (-1, 1)) : divided
        }
    }

    /// Appends a multiplication.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func appendInverse(to graph: inout ONNXGraph, features: String) throws -> String {
        return try graph.inDoublePrecision(features, columns: nFeaturesIn, of: "MaxAbsScaler") { graph, features in
            graph.node("Mul", features, graph.row(scale))
        }
    }
}

extension RobustScaler: ONNXInvertibleTransformer {
    /// Appends a subtraction and a division.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        return try graph.inDoublePrecision(features, columns: nFeaturesIn, of: "RobustScaler") { graph, features in
            var scaled = features
            if !center.isEmpty { scaled = graph.node("Sub", scaled, graph.row(center)) }
            if !scale.isEmpty { scaled = graph.node("Div", scaled, graph.row(scale)) }
            return scaled
        }
    }

    /// Appends a multiplication and an addition.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func appendInverse(to graph: inout ONNXGraph, features: String) throws -> String {
        return try graph.inDoublePrecision(features, columns: nFeaturesIn, of: "RobustScaler") { graph, features in
            var original = features
            if !scale.isEmpty { original = graph.node("Mul", original, graph.row(scale)) }
            if !center.isEmpty { original = graph.node("Add", original, graph.row(center)) }
            return original
        }
    }
}

extension Normalizer: ONNXTransformer {
    /// Appends the lengths of the rows and a division.
    public func append(to graph: inout ONNXGraph, features: String) -> String {
        let unit = graph.scalar == .float ? Double(Float.ulpOfOne) : .ulpOfOne
        if let nFeaturesIn { graph.expect(features, columns: nFeaturesIn) }
        let normalized = graph.inDoublePrecision(features) { graph, features in
            let magnitudes = graph.node("Abs", features)
            let length =
                switch norm {
                case .l1: graph.rowSums(magnitudes)
                case .l2: graph.node("Sqrt", graph.rowSums(graph.node("Mul", features, features)))
                case .max: graph.node("ReduceMax", magnitudes, attributes: ["axes": .integers([1]), "keepdims": 1])
                }
            let isZero = graph.node("Less", length, graph.number(10 * unit))
            return graph.node("Div", features, graph.node("Where", isZero, graph.number(1), length))
        }
        graph.expect(normalized, columnsOf: features)
        return normalized
    }
}

extension ONNXGraph {
    /// Sets the number of columns of `value`, which determines the shape of the input `X`.
    ///
    /// - Throws: `EstimatorError.notFitted` where it is nil.
    mutating func expect(_ value: String, columns: Int?, of estimator: String) throws {
        guard let columns else { throw EstimatorError.notFitted(estimator: estimator) }
        expect(value, columns: columns)
    }
}
