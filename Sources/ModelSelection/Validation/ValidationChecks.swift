import Estimators
import Metrics

/// Refuses scorers that are none or that share a name, by which results could not tell them apart.
///
/// - Throws: `EstimatorError.invalidParameter`.
func check<Model>(_ scoring: [Scorer<Model>]) throws {
    let names = scoring.map(\.name)
    guard !names.isEmpty, Set(names).count == names.count else {
        throw EstimatorError.invalidParameter(
            name: "scoring", value: "\(names)", allowed: "at least one scorer, each with a name of its own")
    }
}

/// Refuses numbers of fits that are none or that no machine has the memory and nobody the patience for.
///
/// - Throws: `EstimatorError.invalidParameter`.
func checkTrials(_ count: Int, name: String) throws {
    guard (1...mostTrials).contains(count) else {
        throw EstimatorError.invalidParameter(
            name: name, value: "\(count)", allowed: "an integer in 1 ... \(mostTrials)")
    }
}

/// The most fits that a single call makes.
let mostTrials = 1_000_000

/// Scores that are all an error's substitute are no result.
///
/// - Throws: `EstimatorError.invalidInput` with the first error where no fit went well.
func refuseIfAllFailed(_ errors: [String?], didFit: [Bool]) throws {
    guard !didFit.contains(true), let first = errors.first ?? nil else { return }
    throw EstimatorError.invalidInput(
        argument: "estimator",
        problem: "must fit at least once, but all \(errors.count) fits threw; the first: "
            + (first.hasSuffix(".") ? String(first.dropLast()) : first))
}
