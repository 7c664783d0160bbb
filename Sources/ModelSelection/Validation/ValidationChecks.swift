import Estimators
package import Metrics

/// Rejects an empty list of scorers, and scorers with the same name, which results could not tell apart.
///
/// - Throws: `EstimatorError.invalidParameter`.
package func check<Model>(_ scoring: [Scorer<Model>]) throws {
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

/// Rejects outcomes without a single test score that is a number, if a fit or a scorer threw.
///
/// - Throws: `EstimatorError.invalidInput` with the first error.
func checkAnyScored(_ outcomes: [ValidationOutcome], by scorers: [String]) throws {
    guard let first = outcomes.lazy.compactMap(\.error).first else { return }
    try Check.require(
        outcomes.contains(where: \.didFit), "estimator",
        "must fit at least once, but all \(outcomes.count) fits threw; the first: \(first.withoutFullStop)")
    let ofScorers = outcomes.lazy.filter(\.didFit).compactMap(\.error).first ?? first
    try Check.require(
        outcomes.contains { $0.testScores.contains { !$0.isNaN } }, "scoring",
        "must give a number at least once, but \(scorers.joined(separator: ", ")) gave none in \(outcomes.count) "
            + "\(outcomes.count == 1 ? "split" : "splits"); the first reason: \(ofScorers.withoutFullStop)")
}

/// Says in one line how many of the splits have no score, and why the first has none.
///
/// - Parameter unit: what each outcome is: `splits`.
func warnOfFailures(_ outcomes: [ValidationOutcome], _ unit: String) {
    let failed = outcomes.indices.filter { outcomes[$0].loss != nil }
    guard let first = failed.first, let reason = outcomes[first].loss else { return }
    FitWarnings.warn(
        "\(failed.count) of \(outcomes.count) \(unit) failed; the first, number \(first): \(reason.withoutFullStop).",
        kind: "\(unit) failed")
}
