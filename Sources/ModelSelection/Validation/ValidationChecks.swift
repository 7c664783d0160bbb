import Estimators
import Metrics

/// Rejects an empty list of scorers, and scorers with the same name, which results could not tell apart.
///
/// - Throws: `EstimatorError.invalidParameter`.
func check<Model>(_ scoring: [Scorer<Model>]) throws {
    let names = scoring.map(\.name)
    try Check.require(
        !names.isEmpty && Set(names).count == names.count, parameter: "scoring", names,
        allowed: "at least one scorer, each with a name of its own")
}

/// Rejects numbers of fits that are below 1 or too large to finish.
///
/// - Throws: `EstimatorError.invalidParameter`.
func checkTrials(_ count: Int, name: String) throws {
    try Check.require(
        (1...mostTrials).contains(count), parameter: name, count, allowed: "an integer in 1 ... \(mostTrials)")
}

/// The most fits that a single call makes.
let mostTrials = 1_000_000

/// Rejects outcomes without a single successful fit.
///
/// - Throws: `EstimatorError.invalidInput` with the first error where no fit succeeded.
func checkAnyFitted(_ outcomes: [ValidationOutcome]) throws {
    guard !outcomes.contains(where: \.didFit), let first = outcomes.first?.error else { return }
    throw EstimatorError.invalidInput(
        argument: "estimator",
        problem: "must fit at least once, but all \(outcomes.count) fits threw; the first: "
            + (first.hasSuffix(".") ? String(first.dropLast()) : first))
}
