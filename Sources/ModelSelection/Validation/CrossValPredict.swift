public import Estimators
public import LinearAlgebra

/// Predicts each sample with a copy of the estimator that was fitted without this sample.
///
/// - Parameters:
///   - estimator: the estimator, of which a copy is fitted for each split.
///   - x: the features of all samples.
///   - y: one target per sample.
///   - groups: the group of each sample, for cross-validators that use it.
///   - cv: a cross-validator that tests each sample exactly once.
///   - nJobs: the number of fits that run at the same time; nil for one, -1 for as many as there are cores.
///   - sampleWeight: one non-negative weight per sample, for fitting; nil for 1 each. scikit-learn takes it in `params`.
/// - Returns: one prediction per sample.
/// - Throws: `EstimatorError` for inconsistent arguments, and unless each sample is in exactly one test set; what the
///   estimator throws; and `CancellationError` if the calling task is canceled.
/// - Complexity: that of one fit per split.
public func crossValPredict<Model: Estimator, Group: ClassLabel>(
    _ estimator: Model, _ x: Model.Features, _ y: [Model.Target], groups: [Group]? = [Int]?.none,
    cv: any CrossValidator = 5, nJobs: Int? = nil, sampleWeight: [Double]? = nil
) throws -> [Model.Target] {
    try crossValApply(estimator, x, y, groups: groups, cv: cv, nJobs: nJobs, sampleWeight) { model, x in
        try model.predict(x)
    }
}

/// Predicts the class probabilities of each sample with a copy of the classifier that was fitted without this sample.
///
/// The result is a matrix of samples × classes of `y`. Parameters and errors are those of
/// ``crossValPredict(_:_:_:groups:cv:nJobs:sampleWeight:)``. If the training samples of a split lack a class, its
/// probability is 0 there.
public func crossValPredictProba<Model: ProbabilisticClassifier, Group: ClassLabel>(
    _ estimator: Model, _ x: Model.Features, _ y: [Model.Target], groups: [Group]? = [Int]?.none,
    cv: any CrossValidator = 5, nJobs: Int? = nil, sampleWeight: [Double]? = nil
) throws -> Matrix<Model.Scalar> {
    let classes = try Model.Target.classes(in: y, argument: "y")
    let rows = try crossValApply(estimator, x, y, groups: groups, cv: cv, nJobs: nJobs, sampleWeight) { model, x in
        let probabilities = try model.predictProba(x)
        if model.classes.count < classes.count {
            FitWarnings.warn(
                "A training side has \(model.classes.count) of \(classes.count) classes: the others get probability 0 "
                    + "on its test side.", kind: "A training side lacks classes")
        }
        let columns = model.classes.map { classes.firstIndex(of: $0) }
        return (0..<probabilities.rows).map { row in
            var all = [Model.Scalar](repeating: 0, count: classes.count)
            for (column, value) in zip(columns, probabilities.rowSlice(row)) {
                if let column { all[column] = value }
            }
            return all
        }
    }
    return try Matrix(rows)
}

/// The answer of `apply` for every sample, given a model that was fitted without it.
private func crossValApply<Model: Estimator, Group: ClassLabel, Answer: Sendable>(
    _ estimator: Model, _ x: Model.Features, _ y: [Model.Target], groups: [Group]?, cv: any CrossValidator,
    nJobs: Int?, _ sampleWeight: [Double]?,
    _ apply: @escaping @Sendable (Model, Model.Features) throws -> [Answer]
) throws -> [Answer] {
    let splits = try splits(cv, for: Model.self, rows: x.sampleCount, y, groups: groups)
    try Check.sampleWeight(sampleWeight, count: x.sampleCount)
    try Check.require(
        splits.flatMap(\.test).sorted() == Array(0..<x.sampleCount), "cv",
        "must have every sample in exactly one test set, but does not partition them")
    let answers = try parallelFits(count: splits.count, jobs: jobs(nJobs)) { split in
        let model = try estimator.fitted(x, y, sampleWeight: sampleWeight, on: splits[split].train)
        return try apply(model, x.selectingSamples(splits[split].test))
    }
    var ordered = [Answer?](repeating: nil, count: x.sampleCount)
    for (split, answers) in zip(splits, answers) {
        for (sample, answer) in zip(split.test, answers) { ordered[sample] = answer }
    }
    return ordered.compactMap { $0 }
}
