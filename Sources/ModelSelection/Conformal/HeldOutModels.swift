import Estimators

/// Fits the models of a cross-validation, or takes one that is already fitted.
///
/// - Returns: each model with the samples that it was not fitted on; where `cv` is `.prefit`, the given estimator with all
///   samples.
/// - Throws: `EstimatorError` for a `cv` of several splits that does not test every sample once, and what the estimator
///   throws.
func heldOutModels<Model: Estimator, Group: ClassLabel>(
    _ estimator: Model, _ cv: any CrossValidator, _ x: Model.Features, _ y: [Model.Target], groups: [Group]?,
    sampleWeight: [Double]?, nJobs: Int?
) throws -> [(model: Model, test: [Int])] {
    let all = Array(0..<x.sampleCount)
    if cv is Prefit { return [(estimator, all)] }
    let splits = try splits(cv, for: Model.self, rows: x.sampleCount, y, groups: groups)
    try Check.require(
        splits.count == 1 || splits.flatMap(\.test).sorted() == all, "cv",
        "must have a single split, or test every sample exactly once, but does neither")
    let models = try parallelFits(count: splits.count, jobs: jobs(nJobs)) {
        try estimator.fitted(x, y, sampleWeight: sampleWeight, on: splits[$0].train)
    }
    return zip(models, splits).map { ($0, $1.test) }
}
