public import Estimators
public import Metrics
import NumPyRandom

/// The scores of an estimator for increasing numbers of training samples.
public struct LearningCurve: Sendable, Equatable {
    /// The numbers of training samples, ascending.
    public let trainSizes: [Int]

    /// The scores on the training samples: sizes × splits.
    public let trainScores: [[Double]]

    /// The scores on the test samples: sizes × splits.
    public let testScores: [[Double]]

    /// Seconds to fit: sizes × splits.
    public let fitTimes: [[Double]]
}

/// Fits an estimator to growing parts of the training samples of each split, and scores it on these parts and on the
/// test samples.
///
/// - Parameters:
///   - estimator: the estimator, of which a copy is fitted each time.
///   - x: the features of all samples.
///   - y: one target per sample.
///   - groups: the group of each sample, for cross-validators that use it.
///   - trainSizes: the numbers of training samples: fractions of the training samples of the first split, or counts.
///   - cv: the splits: a cross-validator, or a number of folds.
///   - scoring: the scorer; nil for the estimator's own score.
///   - nJobs: the number of fits that run at the same time; nil for one, -1 for as many as there are cores.
///   - shuffle: whether to shuffle the training samples of each split before the parts are taken.
///   - randomState: the seed of the shuffles; nil for different shuffles each time. Only used with `shuffle`.
///   - errorScore: what to do if a fit throws: continue with this score, or throw the error.
/// - Throws: `EstimatorError` for inconsistent arguments, and for sizes that are neither fractions in (0, 1] nor counts
///   from 1 to the number of training samples; with `.raise`, what the estimator throws; and `CancellationError` if the
///   calling task is canceled.
public func learningCurve<Model: Estimator, Group: ClassLabel>(
    _ estimator: Model, _ x: Model.Features, _ y: [Model.Target], groups: [Group]? = [Int]?.none,
    trainSizes: [SplitSize] = [0.1, 0.325, 0.55, 0.775, 1.0], cv: any CrossValidator = 5,
    scoring: Scorer<Model>? = nil, nJobs: Int? = nil, shuffle: Bool = false, randomState: UInt32? = nil,
    errorScore: ErrorScore = .nan
) throws -> LearningCurve {
    var splits = try splits(cv, for: Model.self, rows: x.sampleCount, y, groups: groups)
    try Check.notEmpty(trainSizes.count, argument: "trainSizes")
    let available = splits.first?.train.count ?? 0
    let sizes = try Set(trainSizes.map { try trainingSamples($0, of: available) }).sorted()
    if sizes.count < trainSizes.count {
        FitWarnings.warn(
            "The curve has \(sizes.count) points: some of the \(trainSizes.count) trainSizes are equal numbers of samples."
        )
    }
    if shuffle {
        var generator = RandomState(seed: randomState)
        for split in splits.indices { splits[split].train = generator.permutation(splits[split].train) }
    }
    let scorer = scoring ?? .score
    let task = ValidationTask(
        x: x, y: y, scoring: [scorer], errorScore: errorScore, returnTrainScore: true)
    let scores = try CurveScores(
        values: sizes.count, splits: splits.count, scorer: scorer.name, nJobs: nJobs
    ) { [splits] size, split in
        let (train, test) = splits[split]
        return try task.run(estimator, (Array(train.prefix(sizes[size])), test)).outcome
    }
    return LearningCurve(
        trainSizes: sizes, trainScores: scores.trainScores, testScores: scores.testScores, fitTimes: scores.fitTimes)
}

private func trainingSamples(_ size: SplitSize, of available: Int) throws -> Int {
    switch size {
    case .fraction(let fraction) where fraction > 0 && fraction <= 1:
        return min(max(Int(fraction * Double(available)), 1), available)
    case .count(let count) where count >= 1 && count <= available:
        return count
    default:
        throw EstimatorError.invalidParameter(
            name: "trainSizes", value: size.text,
            allowed: "fractions in (0, 1] or counts from 1 to the training samples, \(available)")
    }
}
