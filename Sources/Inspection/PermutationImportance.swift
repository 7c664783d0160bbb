public import Estimators
import LinearAlgebra
public import Metrics
public import ModelSelection
import NumPyRandom

/// How much a score falls when one feature is shuffled: the result of `permutationImportance`.
public struct FeatureImportances: Sendable, Equatable {
    /// The decrease of the score: features × repeats.
    public let importances: [[Double]]

    /// The mean of every feature's decreases.
    public let importancesMean: [Double]

    /// The standard deviation of every feature's decreases, with the number of repeats as divisor.
    public let importancesStd: [Double]

    /// The names of a table's columns; nil for a matrix.
    public let featureNames: [String]?

    /// - Parameter importances: features × repeats, at least one repeat.
    init(_ importances: [[Double]], featureNames: [String]?) {
        self.importances = importances
        self.featureNames = featureNames
        importancesMean = importances.map { $0.reduce(0, +) / Double($0.count) }
        importancesStd = zip(importances, importancesMean).map { values, mean in
            (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
        }
    }
}

/// How much the score of a fitted model falls when the values of one feature are shuffled among the samples.
///
/// ```swift
/// let importance = try permutationImportance(model, xTest, yTest, nRepeats: 10, randomState: 0, nJobs: -1)
/// importance.importancesMean
/// ```
///
/// For a model of a `Table`, each column of the table has an importance. Pass samples that the model was not trained
/// on. If two features contain the same information, both seem unimportant, because the model can still use the other
/// one.
///
/// Source: L. Breiman, "Random Forests", Machine Learning 45 (2001).
///
/// - Parameters:
///   - model: a fitted estimator.
///   - x: the features of the samples.
///   - y: one target per sample.
///   - scoring: the scorer; nil for the estimator's own score.
///   - nRepeats: the number of times that each feature is shuffled, at least 1.
///   - randomState: the seed of the shuffles; nil for different shuffles each time. All features are shuffled in the
///     same orders.
///   - nJobs: the number of scores that are computed at the same time; nil for one, -1 for as many as there are cores.
///     Results do not depend on it.
///   - sampleWeight: one non-negative weight per sample, for scoring; nil for 1 each.
///   - maxSamples: the number of samples that are shuffled and scored: a fraction in (0, 1], or a count. The score
///     before shuffling is always computed on all samples.
/// - Returns: the decreases of the score.
/// - Throws: `EstimatorError` for inconsistent arguments, what the estimator or the scorer throws, and
///   `CancellationError` if the calling task is canceled.
/// - Complexity: that of features × `nRepeats` + 1 scores.
public func permutationImportance<Model: Estimator>(
    _ model: Model, _ x: Model.Features, _ y: [Model.Target], scoring: Scorer<Model>? = nil, nRepeats: Int = 5,
    randomState: UInt32? = nil, nJobs: Int? = nil, sampleWeight: [Double]? = nil, maxSamples: SplitSize = 1.0
) throws -> FeatureImportances where Model.Features: FeatureColumns {
    try importances(
        model, x, y, scoring: [scoring ?? .score], nRepeats: nRepeats, randomState: randomState, nJobs: nJobs,
        sampleWeight: sampleWeight, maxSamples: maxSamples)[0]
}

/// How much several scores of a fitted model fall when the values of one feature are shuffled among the samples.
///
/// The parameters and errors are those of the function with one scorer.
///
/// - Returns: the decreases of every score, by the scorers' names.
public func permutationImportance<Model: Estimator>(
    _ model: Model, _ x: Model.Features, _ y: [Model.Target], scoring: [Scorer<Model>], nRepeats: Int = 5,
    randomState: UInt32? = nil, nJobs: Int? = nil, sampleWeight: [Double]? = nil, maxSamples: SplitSize = 1.0
) throws -> [String: FeatureImportances] where Model.Features: FeatureColumns {
    try check(scoring)
    let results = try importances(
        model, x, y, scoring: scoring, nRepeats: nRepeats, randomState: randomState, nJobs: nJobs,
        sampleWeight: sampleWeight, maxSamples: maxSamples)
    return Dictionary(uniqueKeysWithValues: zip(scoring.map(\.name), results))
}

/// The importances by each scorer.
private func importances<Model: Estimator>(
    _ model: Model, _ x: Model.Features, _ y: [Model.Target], scoring: [Scorer<Model>], nRepeats: Int,
    randomState: UInt32?, nJobs: Int?, sampleWeight: [Double]?, maxSamples: SplitSize
) throws -> [FeatureImportances] where Model.Features: FeatureColumns {
    try Check.require(nRepeats >= 1, parameter: "nRepeats", nRepeats, allowed: "an integer of at least 1")
    try Check.sameCount(y.count, argument: "y", as: x.sampleCount, of: "x")
    try Check.sampleWeight(sampleWeight, count: x.sampleCount)
    try Check.shape(rows: x.sampleCount, columns: x.featureCount)
    let jobs = try jobs(nJobs)
    let count = try maxSamples.count(of: x.sampleCount, name: "maxSamples")

    // scikit-learn starts the generator anew for every feature, from a seed that the first generator draws.
    var seeds = RandomState(seed: randomState)
    var random = RandomState(seed: UInt32(try seeds.randint(low: 0, high: 1 << 31)))
    let drawn = count < x.sampleCount ? try random.sampleWithoutReplacement(x.sampleCount, size: count) : nil
    let samples = drawn.map(x.selectingSamples) ?? x
    let targets = drawn.map(y.selectingSamples) ?? y
    let weights = drawn.flatMap { sampleWeight?.selectingSamples($0) } ?? sampleWeight
    let orders = shuffledOrders(count: count, repeats: nRepeats, using: &random)

    let baseline = try scoring.map { try $0(model, x, y, sampleWeight: sampleWeight) }
    let predictions = try changedPredictions(model, of: samples)
    let readsPredictionsOnly = scoring.allSatisfy(\.readsPredictionsOnly)
    let parts = min(nRepeats, max(1, jobs / x.featureCount))
    let decreases = try parallelFits(count: x.featureCount * parts, jobs: jobs) { number in
        let (feature, part) = (number / parts, number % parts)
        let orders = orders[part * nRepeats / parts..<(part + 1) * nRepeats / parts]
        let models = predictions?(feature, orders.map { .order($0) }) ?? Array(repeating: nil, count: orders.count)
        // A copy of the samples, in which the feature is shuffled again and again.
        var shuffled = samples
        return try zip(orders, models).map { order, knowing in
            // Where only predictions are read, those of the shuffled samples stand for those of the samples themselves.
            if knowing == nil || !readsPredictionsOnly { shuffled.setFeature(feature, of: samples, by: order) }
            let model = knowing?(shuffled) ?? model
            return try zip(scoring, baseline).map { scorer, baseline in
                baseline - (try scorer(model, shuffled, targets, sampleWeight: weights))
            }
        }
    }
    return scoring.indices.map { scorer in
        FeatureImportances(
            (0..<x.featureCount).map { feature in
                decreases[feature * parts..<(feature + 1) * parts].joined().map { $0[scorer] }
            }, featureNames: x.knownFeatureNames)
    }
}

/// The orders of the samples in every repeat: each shuffle is of the result of the one before.
private func shuffledOrders(count: Int, repeats: Int, using random: inout RandomState) -> [[Int]] {
    var (shuffle, order) = (Array(0..<count), Array(0..<count))
    return (0..<repeats).map { _ in
        random.shuffle(&shuffle)
        order = shuffle.map { order[$0] }
        return order
    }
}
