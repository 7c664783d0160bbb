public import Estimators
import LinearAlgebra

/// How the area under a curve of two classes extends to more classes.
public enum MultiClass: String, Sendable, Codable, CaseIterable {
    /// More than two classes are an error.
    case raise
    /// Each class against all others together (one-vs-rest).
    case ovr
    /// Each class against each other class (one-vs-one).
    case ovo
}

/// The area under the receiver operating characteristic: the probability that a positive sample scores more than a
/// negative one.
///
/// Source for `.ovo`: Hand and Till, "A simple generalisation of the area under the ROC curve for multiple class
/// classification problems", 2001. Source for `maxFPR`: McClish, "Analyzing a portion of the ROC curve", 1989.
///
/// - Parameters:
///   - yTrue: the true targets, one per sample: labels, or rows of 0/1 indicators.
///   - yScore: the scores. For two classes: one score per sample for the greater label. For more classes: a column of
///     probabilities per class, with rows that sum to 1. For indicators: a column per indicator.
///   - average: how the scores of the classes become one: `.macro`, `.weighted`, with `.ovr` also `.micro`, and for
///     indicators also `.samples`. Ignored for two classes.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each. Not for `.ovo`.
///   - maxFPR: the false positive rate, above 0 and at most 1, up to which the area is computed. It is rescaled so that
///     random scores give 0.5 and perfect ones 1. nil for the whole area. Not for more than two classes.
///   - multiClass: how more than two classes are compared; by default they are an error.
///   - labels: the classes of the columns, in ascending order, if `yTrue` may lack some of them.
/// - Returns: a number in 0 ... 1, NaN if a class has all samples or none.
/// - Throws: `EstimatorError` for numbers of samples or classes that differ, for scores that are not finite (or of
///   several classes do not sum to 1), for weights that are negative, not finite, or sum to 0, and for options that
///   the target does not allow.
/// - Complexity: O(n log n · classes), for `.ovo` O(n log n · classes²).
public func rocAUCScore<Target: ClassificationTarget, Scores: ScoreTable>(
    _ yTrue: [Target], _ yScore: Scores, average: Average = .macro, sampleWeight: [Double]? = nil,
    maxFPR: Double? = nil, multiClass: MultiClass = .raise, labels: [Target.Label]? = nil
) throws -> Double {
    try average.check(oneOf: [.micro, .macro, .weighted, .samples], of: "this score")
    switch try areaProblem(yTrue, yScore, sampleWeight, maxFPR, multiClass, labels) {
    case .ranking(let score): return score.averaged(average)
    case .oneVersusRest(let score):
        try average.check(oneOf: [.micro, .macro, .weighted], of: "several classes")
        return score.averaged(average)
    case .oneVersusOne(let codes, let scores):
        try average.check(oneOf: [.macro, .weighted], of: "multiClass: .ovo")
        return try oneVersusOneArea(codes, scores, isWeighted: average == .weighted)
    }
}

/// The area under the receiver operating characteristic, for each class against the rest.
///
/// - Parameters:
///   - yTrue: the true targets, one per sample: labels, or rows of 0/1 indicators.
///   - yScore: the scores. For two classes: one score per sample for the greater label. For more classes: a column of
///     probabilities per class, with rows that sum to 1. For indicators: a column per indicator.
///   - average: always nil.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - maxFPR: the false positive rate, above 0 and at most 1, up to which the area is computed; nil for the whole
///     area.
///   - multiClass: how more than two classes are compared; must be `.ovr` for them.
///   - labels: the classes of the columns, in ascending order, if `yTrue` may lack some of them.
/// - Returns: a number in 0 ... 1, or NaN, for each class; a single one for two classes.
/// - Throws: `EstimatorError` as the overload that averages.
public func rocAUCScore<Target: ClassificationTarget, Scores: ScoreTable>(
    _ yTrue: [Target], _ yScore: Scores, average: PerClass?, sampleWeight: [Double]? = nil, maxFPR: Double? = nil,
    multiClass: MultiClass = .raise, labels: [Target.Label]? = nil
) throws -> [Double] {
    switch try areaProblem(yTrue, yScore, sampleWeight, maxFPR, multiClass, labels) {
    case .ranking(let score), .oneVersusRest(let score): return score.perClass
    case .oneVersusOne:
        throw EstimatorError.invalidParameter(
            name: "average", value: "nil", allowed: ".macro or .weighted for multiClass: .ovo")
    }
}

/// The areas to compute, once the arguments are checked.
private enum AreaProblem {
    case ranking(RankingScore)
    case oneVersusRest(RankingScore)
    /// The index of each sample's class, and its probabilities.
    case oneVersusOne([Int], Matrix<Double>)
}

private func areaProblem<Target: ClassificationTarget, Scores: ScoreTable>(
    _ yTrue: [Target], _ yScore: Scores, _ sampleWeight: [Double]?, _ maxFPR: Double?, _ multiClass: MultiClass,
    _ labels: [Target.Label]?
) throws -> AreaProblem {
    let scores = try checkedScores(yScore, of: yTrue.count, sampleWeight: sampleWeight)
    let limit = maxFPR ?? 1
    try Check.require(limit > 0 && limit <= 1, parameter: "maxFPR", limit, allowed: "above 0 and at most 1, or nil")
    let ranking = try Ranking(yTrue, scores, sampleWeight: sampleWeight)
    let area: BinaryRankingScore = { rocArea($0, $1, $2, maxFPR: maxFPR) }
    if ranking.isMultilabel { return .ranking(try ranking.scored(by: area)) }
    if let positive = ranking.classes.last, ranking.isBinary, scores.columns <= 2 {
        // A single class has no area.
        return .ranking(try ranking.scored(positive: positive, by: area))
    }
    try checkSeveralClasses(scores, maxFPR: maxFPR, multiClass: multiClass)
    let classes = try checkedClasses(labels, of: ranking, columns: scores.columns)
    guard multiClass == .ovo else { return .oneVersusRest(try ranking.scored(classes: classes, by: area)) }
    try Check.require(
        sampleWeight == nil, parameter: "sampleWeight", "a list of \(yTrue.count)", allowed: "nil for multiClass: .ovo")
    let number = Dictionary(uniqueKeysWithValues: zip(classes, 0...))
    return .oneVersusOne(ranking.labels.compactMap { number[$0] }, scores)
}

private func checkSeveralClasses(_ scores: Matrix<Double>, maxFPR: Double?, multiClass: MultiClass) throws {
    try Check.require(
        maxFPR == nil || maxFPR == 1, parameter: "maxFPR", maxFPR ?? 1, allowed: "nil for several classes")
    try Check.require(
        multiClass != .raise, parameter: "multiClass", ".raise", allowed: ".ovr or .ovo for several classes")
    for row in 0..<scores.rows {
        let sum = scores.rowSlice(row).reduce(0, +)
        try Check.require(
            abs(1 - sum) <= 1e-8 + 1e-5 * abs(sum), "yScore",
            "must have rows of probabilities that sum to 1 for several classes, but row \(row) sums to \(sum)")
    }
}

/// The classes of the columns.
func checkedClasses<Label: ClassLabel>(
    _ labels: [Label]?, of ranking: Ranking<Label>, columns: Int
) throws -> [Label] {
    let classes = labels ?? ranking.classes
    try Check.require(
        zip(classes, classes.dropFirst()).allSatisfy { Label.precedes($0, $1) }, parameter: "labels",
        "[\(listed(classes))]", allowed: "different labels in ascending order")
    try Check.require(
        classes.count == columns, "yScore",
        "must have one column for each of the \(classes.count) classes (\(listed(classes))), but has "
            + "\(columns)\(labels == nil ? "; if yTrue does not contain all classes, name them in labels" : "")")
    let unknown = Set(ranking.classes).subtracting(classes).sorted(by: Label.precedes)
    try Check.require(
        unknown.isEmpty, "yTrue",
        "must contain labels of labels only (\(listed(classes))), but contains \(listed(Array(unknown.prefix(1))))")
    return classes
}

// MARK: - Areas

/// The area of two classes; NaN where one of them is missing.
private func rocArea(_ positives: [Bool], _ scores: [Double], _ weights: [Double]?, maxFPR: Double?) -> Double {
    guard positives.contains(true), positives.contains(false) else {
        FitWarnings.warn(
            "The area under the ROC curve is nan, since yTrue has only one side of positives and negatives.")
        return .nan
    }
    let counts = ThresholdCounts(positives: positives, scores: scores, sampleWeight: weights)
    var (fpr, tpr, _) = rocCurve(counts, dropIntermediate: true)
    guard let limit = maxFPR, limit < 1, !fpr[0].isNaN else { return trapezoidalArea(fpr, tpr) }
    let stop = fpr.firstIndex { $0 > limit } ?? fpr.count - 1
    let slope = (tpr[stop] - tpr[stop - 1]) / (fpr[stop] - fpr[stop - 1])
    let last = tpr[stop - 1] + slope * (limit - fpr[stop - 1])
    fpr = fpr[..<stop] + [limit]
    tpr = tpr[..<stop] + [last]
    let guessed = 0.5 * limit * limit
    return 0.5 * (1 + (trapezoidalArea(fpr, tpr) - guessed) / (limit - guessed))
}

private func trapezoidalArea(_ x: [Double], _ y: [Double]) -> Double {
    x.indices.dropFirst().reduce(0) { $0 + (x[$1] - x[$1 - 1]) * (y[$1] + y[$1 - 1]) / 2 }
}

/// The mean over the pairs of classes that occur. Each pair is scored twice, with the column of each class.
private func oneVersusOneArea(_ codes: [Int], _ scores: Matrix<Double>, isWeighted: Bool) throws -> Double {
    let present = Set(codes).sorted()
    var (areas, prevalences): ([Double], [Double]) = ([], [])
    for (position, first) in present.enumerated() {
        for second in present[(position + 1)...] {
            let samples = codes.indices.filter { codes[$0] == first || codes[$0] == second }
            func area(of positive: Int) -> Double {
                rocArea(samples.map { codes[$0] == positive }, samples.map { scores[$0, positive] }, nil, maxFPR: nil)
            }
            areas.append((area(of: first) + area(of: second)) / 2)
            prevalences.append(Double(samples.count) / Double(codes.count))
        }
    }
    try Check.require(
        !isWeighted || !areas.isEmpty, "yTrue",
        "must contain at least two classes for average: .weighted, but contains one")
    return average(areas, weights: isWeighted ? prevalences : nil)
}
