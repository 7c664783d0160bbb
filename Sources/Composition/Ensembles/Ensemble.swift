import Estimators
import LinearAlgebra
import ModelSelection

/// Several estimators of one type that learn the same targets: what voting and stacking have in common.
protocol Ensemble: Estimator, PrintedWithArguments where Features == Model.Features, Target == Model.Target {
    /// The type of the estimators.
    associatedtype Model: Estimator

    /// The estimators; `fit` does not change them.
    var estimators: [Model] { get }
}

extension Ensemble {
    package var requiredArguments: [String] { [literal(estimators)] }

    /// The copies of the estimators that `fit` fits.
    ///
    /// - Parameter weights: one weight per estimator, which are checked; nil for 1 each.
    func fittedCopies(
        _ x: Features, _ y: [Target], sampleWeight: [Double]?, weights: [Double]? = nil, nJobs: Int?
    ) throws -> [Model] {
        try Check.require(!estimators.isEmpty, "estimators", "must have at least one estimator, but is empty")
        try checkWeights(weights, count: estimators.count)
        let estimators = estimators
        return try parallelFits(count: estimators.count, jobs: jobs(nJobs)) {
            try estimators[$0].fitted(x, y, sampleWeight: sampleWeight)
        }
    }
}

/// Rejects weights that are not one for each estimator, not finite or negative, or sum to 0.
func checkWeights(_ weights: [Double]?, count: Int) throws {
    guard let weights else { return }
    try Check.require(
        weights.count == count && weights.allSatisfy { $0 >= 0 && $0.isFinite } && weights.reduce(0, +) > 0,
        parameter: "weights", "[\(listed(weights))]",
        allowed: "\(count) finite numbers of at least 0, one for each estimator, with a positive sum")
}
