import Estimators
public import Preprocessing

extension SimpleImputer: ONNXTransformer {
    /// Appends a choice between each feature and what replaces it, and a column of 0 and 1 for each indicator.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        try graph.expect(features, columns: nFeaturesIn, of: "SimpleImputer")
        let marker = missingValues.value
        let isMissing =
            marker.isNaN
            ? graph.node("IsNaN", features) : graph.node("Equal", features, graph.number(marker))
        // A feature without a statistic is left out.
        let kept = statistics.indices.filter { !statistics[$0].isNaN }
        var imputed = graph.node("Where", isMissing, graph.row(statistics), features)
        if kept.count < statistics.count { imputed = graph.columns(kept, of: imputed) }
        guard !indicatorFeatures.isEmpty else { return imputed }
        let indicators = graph.cast(graph.columns(indicatorFeatures, of: isMissing), to: graph.scalar)
        return graph.sideBySide([imputed, indicators])
    }
}
