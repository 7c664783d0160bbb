import Estimators
import LinearAlgebra
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

extension KNNImputer: ONNXTransformer {
    /// Appends the samples of `fit`, the distances to them, and the choice of the nearest, one after the other.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        try graph.expect(features, columns: nFeaturesIn, of: "KNNImputer")
        guard let samples else { throw EstimatorError.notFitted(estimator: "KNNImputer") }
        let marker = missingValues.value
        let isMissing =
            marker.isNaN ? graph.node("IsNaN", features) : graph.node("Equal", features, graph.number(marker))
        let imputed = graph.inDoublePrecision(features) { graph, x in
            let neighbors = Neighbors(of: samples, count: nNeighbors, weights: weights)
            return neighbors.append(to: &graph, x, isMissing: isMissing, keepsEmpty: keepEmptyFeatures)
        }
        guard !indicatorFeatures.isEmpty else { return imputed }
        let indicators = graph.cast(graph.columns(indicatorFeatures, of: isMissing), to: graph.scalar)
        return graph.sideBySide([imputed, indicators])
    }
}

/// The samples that a ``KNNImputer`` takes values from, as nodes.
private struct Neighbors {
    let samples: Matrix<Double>
    let count: Int
    let weights: KNNImputer.Weights

    init(of samples: Matrix<Double>, count: Int, weights: KNNImputer.Weights) {
        (self.samples, self.count, self.weights) = (samples, count, weights)
    }

    /// Appends the imputed features, without those that no sample has, unless `keepsEmpty`.
    func append(to graph: inout ONNXGraph, _ x: String, isMissing: String, keepsEmpty: Bool) -> String {
        let distances = distances(in: &graph, to: x, isMissing: isMissing)
        let columns = (0..<samples.columns).compactMap { feature -> String? in
            let donors = (0..<samples.rows).filter { !samples[$0, feature].isNaN }
            if donors.isEmpty { return keepsEmpty ? graph.zeros(likeRowsOf: isMissing) : nil }
            return graph.node(
                "Where", graph.columns([feature], of: isMissing),
                mean(in: &graph, of: donors.map { samples[$0, feature] }, graph.columns(donors, of: distances)),
                graph.columns([feature], of: x))
        }
        return graph.sideBySide(columns)
    }

    /// The distances of rows to samples; infinite where they have no feature in common.
    private func distances(in graph: inout ONNXGraph, to x: String, isMissing: String) -> String {
        let zero = graph.number(0)
        func perSample(_ value: String) -> String { graph.node("Unsqueeze", value, graph.integers([1])) }
        func sum(_ value: String) -> String {
            graph.node("ReduceSum", value, graph.integers([2]), attributes: ["keepdims": 0])
        }
        let shape = [1, samples.rows, samples.columns]
        let known = graph.constant(samples.elements.map { $0.isNaN ? 0 : 1 }, shape: shape)
        let values = graph.constant(samples.elements.map { $0.isNaN ? 0 : $0 }, shape: shape)
        let isKnown = perSample(graph.cast(graph.node("Not", isMissing), to: .double))
        let areBoth = graph.node("Mul", isKnown, known)
        let difference = graph.node("Sub", perSample(graph.node("Where", isMissing, zero, x)), values)
        let squares = sum(graph.node("Mul", graph.node("Mul", difference, difference), areBoth))
        let common = sum(areBoth)
        let scale = graph.node("Div", graph.number(Double(samples.columns)), common)
        return graph.node(
            "Where", graph.node("Equal", common, zero), graph.number(.infinity),
            graph.node("Sqrt", graph.node("Mul", scale, squares)))
    }

    /// The mean of the donors' values with the least distances, of equal ones the first.
    private func mean(in graph: inout ONNXGraph, of values: [Double], _ distances: String) -> String {
        let (zero, infinity) = (graph.number(0), graph.number(.infinity))
        let places = graph.constant(ONNXTensor(Array(values.indices), shape: [1, values.count]))
        var (rest, chosen) = (distances, "")
        for number in 0..<min(count, values.count) {
            let best = graph.node("ArgMin", rest, attributes: ["axis": 1, "keepdims": 1])
            let isBest = graph.node("Equal", places, best)
            let next = graph.node("And", isBest, graph.node("Less", rest, infinity))
            chosen = number == 0 ? next : graph.node("Or", chosen, next)
            rest = graph.node("Where", isBest, infinity, rest)
        }
        var shares = graph.cast(chosen, to: .double)
        if weights == .distance {
            // Where samples have the distance 0, only these count.
            let areThere = graph.cast(graph.node("And", chosen, graph.node("Equal", distances, zero)), to: .double)
            let inverse = graph.node("Where", chosen, graph.node("Div", graph.number(1), distances), zero)
            shares = graph.node("Where", graph.node("Greater", graph.rowSums(areThere), zero), areThere, inverse)
        }
        let total = graph.rowSums(shares)
        let mean = graph.node("Div", graph.rowSums(graph.node("Mul", shares, graph.row(values))), total)
        let everyone = values.reduce(0, +) / Double(values.count)
        return graph.node("Where", graph.node("Equal", total, zero), graph.number(everyone), mean)
    }
}
