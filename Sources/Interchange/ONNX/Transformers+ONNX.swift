import Estimators
public import Preprocessing

extension ONNXGraph {
    /// Appends nodes that compute in double precision and round at the end, as most transformers do.
    ///
    /// - Parameter body: appends the nodes for features of type double.
    fileprivate mutating func inDoublePrecision(
        _ features: String, _ body: (inout ONNXGraph, _ features: String) -> String
    ) -> String {
        guard scalar == .float else { return body(&self, features) }
        let result = body(&self, cast(features, to: .double))
        return cast(result, to: .float)
    }
}

extension StandardScaler: ONNXTransformer {
    /// Appends a subtraction and a division, in the precision of the features.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        guard let nFeaturesIn else { throw EstimatorError.notFitted(estimator: "StandardScaler") }
        graph.expect(features, columns: nFeaturesIn)
        var scaled = features
        if withMean { scaled = graph.node("Sub", scaled, graph.row(mean)) }
        if withStd { scaled = graph.node("Div", scaled, graph.row(scale)) }
        return scaled
    }
}

extension MinMaxScaler: ONNXTransformer {
    /// Appends a multiplication and an addition, and clipping if the scaler clips.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        guard let nFeaturesIn else { throw EstimatorError.notFitted(estimator: "MinMaxScaler") }
        graph.expect(features, columns: nFeaturesIn)
        return graph.inDoublePrecision(features) { graph, features in
            let stretched = graph.node("Mul", features, graph.row(scale, as: .double))
            let moved = graph.node("Add", stretched, graph.row(min, as: .double))
            return clip ? graph.clipped(moved, to: featureRange) : moved
        }
    }
}

extension MaxAbsScaler: ONNXTransformer {
    /// Appends a division, and clipping if the scaler clips.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        guard let nFeaturesIn else { throw EstimatorError.notFitted(estimator: "MaxAbsScaler") }
        graph.expect(features, columns: nFeaturesIn)
        return graph.inDoublePrecision(features) { graph, features in
            let divided = graph.node("Div", features, graph.row(scale, as: .double))
            return clip ? graph.clipped(divided, to: (-1, 1)) : divided
        }
    }
}

extension RobustScaler: ONNXTransformer {
    /// Appends a subtraction and a division.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        guard let nFeaturesIn else { throw EstimatorError.notFitted(estimator: "RobustScaler") }
        graph.expect(features, columns: nFeaturesIn)
        return graph.inDoublePrecision(features) { graph, features in
            var scaled = features
            if !center.isEmpty { scaled = graph.node("Sub", scaled, graph.row(center, as: .double)) }
            if !scale.isEmpty { scaled = graph.node("Div", scaled, graph.row(scale, as: .double)) }
            return scaled
        }
    }
}

extension ONNXGraph {
    /// Clips numbers to a range.
    fileprivate mutating func clipped(_ numbers: String, to range: (Double, Double)) -> String {
        let raised = node("Max", numbers, number(range.0, as: .double))
        return node("Min", raised, number(range.1, as: .double))
    }
}

extension OneHotEncoder: ONNXTransformer where Value == Double {
    /// Appends a comparison of each feature with its categories.
    ///
    /// An ONNX graph cannot throw. For a category that `fit` has not seen, all columns are 0, even if `handleUnknown`
    /// is `.error`.
    ///
    /// - Throws: `EstimatorError.notFitted`; ``InterchangeError/notExportable(_:)`` for infrequent categories and for a
    ///   missing value as a category.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        guard let nFeaturesIn else { throw EstimatorError.notFitted(estimator: "OneHotEncoder") }
        guard infrequentCategories.allSatisfy(\.isEmpty) else {
            throw InterchangeError.notExportable("a OneHotEncoder with infrequent categories cannot be written as ONNX")
        }
        guard !categories.joined().contains(where: \.isNaN) else {
            throw InterchangeError.notExportable(
                "a OneHotEncoder with a missing value as category cannot be written as ONNX")
        }
        graph.expect(features, columns: nFeaturesIn)
        let dropped = dropIdx.isEmpty ? [Int?](repeating: nil, count: nFeaturesIn) : dropIdx
        var doubles = features
        if graph.scalar == .float { doubles = graph.cast(features, to: .double) }
        var columns: [String] = []
        for (feature, categories) in categories.enumerated() {
            let shown = categories.indices.filter { $0 != dropped[feature] }.map { categories[$0] }
            guard !shown.isEmpty else { continue }
            let number = graph.constant(ONNXTensor([feature], shape: [1]))
            let column = graph.node("Gather", doubles, number, attributes: ["axis": 1])
            let isCategory = graph.node("Equal", column, graph.row(shown, as: .double))
            columns.append(graph.cast(isCategory, to: graph.scalar))
        }
        guard !columns.isEmpty else {
            throw InterchangeError.notExportable("a OneHotEncoder that drops every category makes no columns")
        }
        return graph.node("Concat", columns, attributes: ["axis": 1])
    }
}
