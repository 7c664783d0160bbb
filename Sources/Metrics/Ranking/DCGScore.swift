import Estimators
import LinearAlgebra
import RealModule

/// The discounted cumulative gain: the true relevance of a sample's documents, ranked by score, divided by the logarithm
/// of their rank; the mean over the samples.
///
/// - Parameters:
///   - yTrue: the true relevance of each document, samples × documents.
///   - yScore: the scores by which documents are ranked, samples × documents.
///   - k: how many of the first ranks count; nil for all.
///   - logBase: the base of the logarithm; above 0 and not 1.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - ignoreTies: whether documents with equal scores are ranked by their position, the last one first, in place of
///     sharing their ranks. Faster.
/// - Throws: `EstimatorError` for shapes that differ, a single document, numbers that are not finite, and parameters out
///   of range.
/// - Complexity: O(samples · documents · log documents).
public func dcgScore<Truth: ScoreTable, Scores: ScoreTable>(
    _ yTrue: Truth, _ yScore: Scores, k: Int? = nil, logBase: Double = 2, sampleWeight: [Double]? = nil,
    ignoreTies: Bool = false
) throws -> Double {
    let tables = try RankedTables(yTrue, yScore, k: k, sampleWeight: sampleWeight)
    try Check.require(
        logBase > 0 && logBase != 1 && logBase.isFinite, parameter: "logBase", logBase,
        allowed: "a positive number other than 1")
    return average(tables.gains(logBase: logBase, ignoreTies: ignoreTies), weights: sampleWeight)
}

/// The normalized discounted cumulative gain: that of the scores' ranking divided by that of the best ranking.
///
/// ```swift
/// try ndcgScore([[10.0, 0, 0, 1, 5]], [[0.1, 0.2, 0.3, 4, 70]])   // 0.695…
/// ```
///
/// - Parameters:
///   - yTrue: the true relevance of each document, at least 0, samples × documents.
///   - yScore: the scores by which documents are ranked, samples × documents.
///   - k: how many of the first ranks count; nil for all.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - ignoreTies: whether documents with equal scores are ranked by their position, the last one first, in place of
///     sharing their ranks. Faster.
/// - Returns: a number in 0 ... 1; a sample without relevant documents counts as 0.
/// - Throws: `EstimatorError` for what ``dcgScore(_:_:k:logBase:sampleWeight:ignoreTies:)`` rejects, and for negative
///   relevance.
/// - Complexity: O(samples · documents · log documents).
public func ndcgScore<Truth: ScoreTable, Scores: ScoreTable>(
    _ yTrue: Truth, _ yScore: Scores, k: Int? = nil, sampleWeight: [Double]? = nil, ignoreTies: Bool = false
) throws -> Double {
    let tables = try RankedTables(yTrue, yScore, k: k, sampleWeight: sampleWeight)
    try Check.noElement(
        of: tables.truth.elements, "yTrue", where: { $0 < 0 }, "must contain no negative relevance")
    let best = RankedTables(truth: tables.truth, scores: tables.truth, k: k)
    let gains = zip(tables.gains(logBase: 2, ignoreTies: ignoreTies), best.gains(logBase: 2, ignoreTies: true))
    return average(gains.map { $1 == 0 ? 0 : $0 / $1 }, weights: sampleWeight)
}

/// Relevance and scores of documents, samples × documents.
private struct RankedTables {
    let truth: Matrix<Double>
    let scores: Matrix<Double>
    let k: Int?

    init(truth: Matrix<Double>, scores: Matrix<Double>, k: Int?) {
        (self.truth, self.scores, self.k) = (truth, scores, k)
    }

    init(_ yTrue: some ScoreTable, _ yScore: some ScoreTable, k: Int?, sampleWeight: [Double]?) throws {
        truth = try yTrue.scoreColumns(argument: "yTrue")
        scores = try checkedScores(yScore, of: truth.rows, sampleWeight: sampleWeight)
        self.k = k
        try Check.require(truth.columns > 1, "yTrue", "must have at least two documents, but has \(truth.columns)")
        try Check.require(
            scores.columns == truth.columns, "yScore",
            "must have \(truth.columns) documents per sample, as yTrue, but has \(scores.columns)")
        if let k {
            try Check.require(k >= 1, parameter: "k", k, allowed: "an integer of at least 1, or nil for all ranks")
        }
    }

    /// The discounted cumulative gain of every sample.
    func gains(logBase: Double, ignoreTies: Bool) -> [Double] {
        let discounts = (0..<truth.columns).map { rank in
            rank < k ?? truth.columns ? 1 / (Double.log(Double(rank + 2)) / Double.log(logBase)) : 0
        }
        return (0..<truth.rows).map { row in
            let (relevance, scores) = (truth.row(row), scores.row(row))
            let order = scores.indices.sorted { (scores[$0], $0) > (scores[$1], $1) }
            if ignoreTies { return zip(order, discounts).reduce(0) { $0 + relevance[$1.0] * $1.1 } }
            var (gain, start) = (0.0, 0)
            while start < order.count {
                let end = order[start...].firstIndex { scores[$0] != scores[order[start]] } ?? order.count
                let shared = order[start..<end].reduce(0) { $0 + relevance[$1] } / Double(end - start)
                gain += shared * discounts[start..<end].reduce(0, +)
                start = end
            }
            return gain
        }
    }
}
