public import Composition
import Estimators
public import Preprocessing

extension VarianceThreshold: ONNXTransformer {
    /// Appends a choice of columns.
    ///
    /// - Throws: `EstimatorError.notFitted`; ``InterchangeError/notExportable(_:)`` if no column is kept.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        try graph.expect(features, columns: nFeaturesIn, of: "VarianceThreshold")
        return try graph.selected(supportIndices, of: features, by: self)
    }
}

extension SelectKBest: ONNXTransformer {
    /// Appends a choice of columns.
    ///
    /// - Throws: `EstimatorError.notFitted`; ``InterchangeError/notExportable(_:)`` if no column is kept.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        try graph.expect(features, columns: nFeaturesIn, of: "SelectKBest")
        return try graph.selected(supportIndices, of: features, by: self)
    }
}

extension MissingIndicator: ONNXTransformer {
    /// Appends a column of 0 and 1 for each feature; a model does not notice new missing values.
    ///
    /// - Throws: `EstimatorError.notFitted`; ``InterchangeError/notExportable(_:)`` if no feature has a column.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        try graph.expect(features, columns: nFeaturesIn, of: "MissingIndicator")
        let columns = try graph.selected(self.features, of: features, by: self)
        let marker = missingValues.value
        let isMissing =
            marker.isNaN ? graph.node("IsNaN", columns) : graph.node("Equal", columns, graph.number(marker))
        return graph.cast(isMissing, to: graph.scalar)
    }
}

extension Binarizer: ONNXTransformer {
    /// Appends a comparison with the threshold.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        return try graph.inDoublePrecision(features, columns: nFeaturesIn, of: "Binarizer") { graph, features in
            graph.cast(graph.node("Greater", features, graph.number(threshold)), to: .double)
        }
    }
}

extension FeatureUnion: ONNXTransformer where First: ONNXTransformer, Second: ONNXTransformer {
    /// Appends both transformers, and their results side by side.
    ///
    /// - Throws: any error of the two.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        let first = try first.append(to: &graph, features: features)
        return graph.sideBySide([first, try second.append(to: &graph, features: features)])
    }
}

extension ONNXGraph {
    fileprivate mutating func selected(_ kept: [Int], of features: String, by part: some Any) throws -> String {
        guard !kept.isEmpty else { throw InterchangeError.notExportable(part: part, because: "it keeps no column") }
        return columns(kept, of: features)
    }
}
