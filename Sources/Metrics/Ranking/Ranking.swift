import Estimators
import LinearAlgebra

/// A score of how well numbers rank positive samples before negative ones.
typealias BinaryRankingScore = (_ positives: [Bool], _ scores: [Double], _ sampleWeight: [Double]?) -> Double

/// Classes with the columns of their scores, one-vs-rest.
struct Ranking<Label: ClassLabel> {
    /// The distinct labels in ascending order; for indicators the indices of the columns.
    let classes: [Label]
    /// Whether there are at most two classes.
    let isBinary: Bool
    let isMultilabel: Bool
    /// The label of each sample; empty for indicators.
    let labels: [Label]
    private let indicators: [[Int]]
    private let scores: Matrix<Double>
    private let sampleWeight: [Double]?

    init<Target: ClassificationTarget>(
        _ yTrue: [Target], _ scores: Matrix<Double>, sampleWeight: [Double]?
    ) throws where Target.Label == Label {
        let distinct = try Target.classes(in: yTrue, argument: "yTrue")
        self.scores = scores
        self.sampleWeight = sampleWeight
        isMultilabel = Target.isMultilabel && distinct.count > 1
        indicators = isMultilabel ? yTrue as? [[Int]] ?? [] : []
        labels = isMultilabel ? [] : singleLabels(yTrue)
        classes = isMultilabel ? distinct : try Label.classes(in: labels, argument: "yTrue")
        isBinary = !isMultilabel && classes.count <= 2
    }

    /// The score of a single column.
    func scored(positive: Label, by score: BinaryRankingScore) throws -> RankingScore {
        RankingScore(binary: score(labels.map { $0 == positive }, try singleColumn(scores), sampleWeight))
    }

    /// The scores of one column for each of the given classes, or all.
    ///
    /// - Throws: `EstimatorError.invalidInput` for another number of columns.
    func scored(classes given: [Label]? = nil, by score: @escaping BinaryRankingScore) throws -> RankingScore {
        let classes = given ?? classes
        try Check.require(
            scores.columns == classes.count, "yScore",
            "must have one column for each of the \(classes.count) classes (\(listed(classes))), but has "
                + "\(scores.columns)")
        let truth =
            isMultilabel
            ? indicators.map { row in row.map { $0 == 1 } }
            : labels.map { label in classes.map { $0 == label } }
        return RankingScore(truth: truth, scores: scores, sampleWeight: sampleWeight, score: score)
    }
}

/// A score per class, or averaged.
struct RankingScore {
    private let truth: [[Bool]]
    private let scores: Matrix<Double>
    private let sampleWeight: [Double]?
    private let score: BinaryRankingScore

    init(truth: [[Bool]], scores: Matrix<Double>, sampleWeight: [Double]?, score: @escaping BinaryRankingScore) {
        (self.truth, self.scores, self.sampleWeight, self.score) = (truth, scores, sampleWeight, score)
    }

    /// A single score, already computed.
    init(binary value: Double) {
        self.init(truth: [[true]], scores: [[0]], sampleWeight: nil) { _, _, _ in value }
    }

    var perClass: [Double] {
        (0..<scores.columns).map { column in score(truth.map { $0[column] }, scores.column(column), sampleWeight) }
    }

    func averaged(_ average: Average) -> Double {
        switch average {
        case .micro:
            let weights = sampleWeight.map { $0.flatMap { Array(repeating: $0, count: scores.columns) } }
            return score(Array(truth.joined()), scores.elements, weights)
        case .weighted:
            let prevalence = (0..<scores.columns).map { column in
                truth.indices.reduce(0) { truth[$1][column] ? $0 + (sampleWeight?[$1] ?? 1) : $0 }
            }
            // scikit-learn's tolerance: nothing is true.
            return prevalence.reduce(0, +) <= 1e-8 ? 0 : weightedAverage(perClass, prevalence)
        case .samples:
            let perSample = truth.indices.map { score(truth[$0], scores.row($0), nil) }
            return sampleWeight.map { weightedAverage(perSample, $0) } ?? Metrics.average(perSample, weights: nil)
        case .binary, .macro:
            return Metrics.average(perClass, weights: nil)
        }
    }

    /// A score with weight 0 is ignored, even NaN.
    private func weightedAverage(_ scores: [Double], _ weights: [Double]) -> Double {
        Metrics.average(zip(scores, weights).map { $1 == 0 ? 0 : $0 }, weights: weights)
    }
}
