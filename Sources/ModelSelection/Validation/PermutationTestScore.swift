public import Estimators
public import Metrics
import NumPyRandom

/// Tests whether a cross-validated score could be due to chance, by comparison with scores for shuffled targets.
///
/// The p-value is (C + 1) / (nPermutations + 1), where C is the number of shuffles with a score at least as high. It
/// estimates the probability of a score at least as high if the features contained no information about the targets.
///
/// Source: M. Ojala, G. C. Garriga, "Permutation tests for studying classifier performance", Journal of Machine Learning
/// Research 11 (2010), test 1.
///
/// - Parameters:
///   - estimator: the estimator, of which a copy is fitted each time.
///   - x: the features of all samples.
///   - y: one target per sample.
///   - groups: the group of each sample. With groups, targets are shuffled within each group.
///   - cv: the splits: a cross-validator, or a number of folds.
///   - nPermutations: the number of shuffles, 1 to a million.
///   - nJobs: the number of shuffles that are scored at the same time; nil for one, -1 for as many as there are cores.
///   - randomState: the seed of the shuffles; nil for different ones each time.
///   - scoring: the scorer; nil for the estimator's own score.
/// - Returns: the mean score over the splits, the scores for shuffled targets, and the p-value.
/// - Throws: `EstimatorError` for inconsistent arguments, and for a score of NaN, which has no p-value; what the
///   estimator throws; and `CancellationError` if the calling task is canceled.
/// - Complexity: that of (`nPermutations` + 1) × splits fits.
public func permutationTestScore<Model: Estimator, Group: ClassLabel>(
    _ estimator: Model, _ x: Model.Features, _ y: [Model.Target], groups: [Group]? = [Int]?.none,
    cv: any CrossValidator = 5, nPermutations: Int = 100, nJobs: Int? = nil, randomState: UInt32? = 0,
    scoring: Scorer<Model>? = nil
) throws -> (score: Double, permutationScores: [Double], pvalue: Double) {
    try checkTrials(nPermutations, name: "nPermutations")
    return try FitWarnings.summarized {
        let score = try meanScore(estimator, x, y, groups: groups, cv: cv, scoring: scoring)
        var generator = RandomState(seed: randomState)
        let orders = (0..<nPermutations).map { _ in permuted(y.count, within: groups, using: &generator) }
        let permutationScores = try parallelFits(count: nPermutations, jobs: jobs(nJobs)) { number in
            try meanScore(estimator, x, y.selectingSamples(orders[number]), groups: groups, cv: cv, scoring: scoring)
        }
        let asGood = permutationScores.count { $0 >= score }
        return (score, permutationScores, Double(asGood + 1) / Double(nPermutations + 1))
    }
}

private func meanScore<Model: Estimator, Group: ClassLabel>(
    _ estimator: Model, _ x: Model.Features, _ y: [Model.Target], groups: [Group]?, cv: any CrossValidator,
    scoring: Scorer<Model>?
) throws -> Double {
    let scores = try crossValScore(estimator, x, y, groups: groups, scoring: scoring, cv: cv, errorScore: .raise)
    let mean = mean(of: scores)
    try Check.require(!mean.isNaN, "scoring", "must give a number on every split, but the mean score is nan")
    return mean
}

/// A random order of the samples, within groups where there are any.
private func permuted<Group: ClassLabel>(
    _ count: Int, within groups: [Group]?, using generator: inout RandomState
) -> [Int] {
    var order = Array(0..<count)
    guard let numbers = groups.map(Group.numbers(of:)) else { return generator.permutation(order) }
    for group in 0..<((numbers.max() ?? -1) + 1) {
        let members = order.filter { numbers[$0] == group }
        for (place, sample) in zip(members, generator.permutation(members)) { order[place] = sample }
    }
    return order
}
