import Estimators
import LinearAlgebra
import Metrics

/// One call of a search's `fit`: scores candidates, records the trials, and fits the best candidate.
struct SearchRun<Model: Estimator>: Sendable {
    private let settings: SearchSettings<Model>
    private let estimator: Model
    private let task: ValidationTask<Model>
    private let mainScorer: Scorer<Model>?
    private let journal: SearchJournal?

    /// The splits of all samples.
    let splits: [SplitIndices]

    /// Checks everything before anything is fitted.
    ///
    /// - Parameters:
    ///   - candidates: those that the search begins with.
    ///   - schedule: the rounds of a halving search, for the journal; nil for a single round.
    /// - Throws: `EstimatorError` for arguments that do not fit together, and `SearchJournalError`.
    init(
        _ settings: SearchSettings<Model>, _ estimator: Model, _ candidates: [ParameterSet<Model>],
        _ schedule: HalvingSettings<Model>?, _ splits: [SplitIndices], _ x: Model.Features, _ y: [Model.Target],
        _ sampleWeight: [Double]?
    ) throws {
        (self.settings, self.estimator, self.splits) = (settings, estimator, splits)
        mainScorer = try settings.mainScorer()
        _ = try jobs(settings.nJobs)
        try Check.sampleWeight(sampleWeight, count: x.sampleCount)
        let scoring = settings.scoring ?? [.score]
        task = ValidationTask(
            x: x, y: y, sampleWeight: sampleWeight, scoring: scoring, errorScore: settings.errorScore,
            returnTrainScore: settings.returnTrainScore, validatesOnTestSide: settings.validatesOnTestSide,
            weighsScores: true)

        journal = try settings.journal.map { url in
            var checksum = Checksum()
            checksum.add(describing: estimator)
            for candidate in candidates {
                checksum.add(describing: candidate.assignments.map { ($0.name, $0.value) })
            }
            checksum.add(describing: (schedule?.text ?? "", scoring.map(\.name), settings.errorScore))
            checksum.add(describing: [settings.returnTrainScore, settings.validatesOnTestSide])
            for split in splits { checksum.add(describing: split) }
            checksum.add(describing: (y, sampleWeight, x))
            return try SearchJournal(
                at: url, of: checksum, scorers: scoring.count,
                trainScorers: settings.returnTrainScore ? scoring.count : 0)
        }
    }

    /// The trials of every candidate on every split: candidates × splits, the split changing fastest.
    ///
    /// - Parameter round: the number of the search's round, from 0.
    /// - Throws: ``FailedCandidate`` with `errorScore: .raise`, `EstimatorError` when every fit throws,
    ///   `SearchJournalError`, and `CancellationError` when the calling task is cancelled.
    func trials(
        of candidates: [ParameterSet<Model>], on splits: [SplitIndices], round: Int = 0
    ) throws -> [SearchTrial] {
        try checkTrials(candidates.count * splits.count, name: "candidates × splits")
        let progress =
            settings.verbose
            ? SearchProgress(candidates: candidates.map(\.shortDescription), splits: splits.count) : nil
        let trials = try parallelFits(count: candidates.count * splits.count, jobs: jobs(settings.nJobs)) { number in
            let (candidate, split) = number.quotientAndRemainder(dividingBy: splits.count)
            let place = SearchTrial.Place(round: round, candidate: candidate, split: split)
            let trial = try journal?.trial(at: place) ?? trial(candidates[candidate], splits[split], at: place)
            progress?.finished(trial)
            return trial
        }
        try checkAnyScored(trials.map(\.outcome), by: task.scoring.map(\.name))
        return trials
    }

    private func trial(
        _ candidate: ParameterSet<Model>, _ split: SplitIndices, at place: SearchTrial.Place
    ) throws -> SearchTrial {
        do {
            let trial = SearchTrial(
                place: place, outcome: try task.run(candidate.applied(to: estimator), split).outcome)
            try journal?.append(trial)
            return trial
        } catch let error where error is CancellationError || error is SearchJournalError {
            throw error
        } catch {
            throw FailedCandidate(parameters: "\(candidate)", split: place.split, underlying: error)
        }
    }

    /// The table of the trials of `candidates`, which can be compared.
    ///
    /// - Throws: `EstimatorError` with a reason if no candidate's mean score is a number.
    func results(of candidates: [ParameterSet<Model>], _ trials: [SearchTrial]) throws -> CVResults<Model> {
        let results = CVResults(
            of: candidates, trials, scorers: task.scoring.map(\.name), mainScorer: mainScorer?.name)
        let reason = results.losses.first.map { "; the first, \($0.reason.withoutFullStop)" } ?? ""
        try Check.require(
            results.meanTestScore.contains { !$0.isNaN }, "scoring",
            "must give a mean score that is a number for at least one candidate, but \(results.mainScorer) gave none "
                + "for \(candidates.count)\(reason)")
        return results
    }

    /// Says in one line how many candidates have no score, or a replaced one, and why the first of them.
    private func warnOfLosses(in results: CVResults<Model>) {
        guard let first = results.losses.first else { return }
        let lost = Set(results.losses.map(\.candidate)).count
        FitWarnings.warn(
            "\(lost) of \(results.params.count) candidates failed on some split; the first, "
                + "\(first.reason.withoutFullStop).", kind: "candidates failed")
    }

    /// The result of the search, with the best candidate fitted on all samples if the settings request it.
    ///
    /// - Throws: what the estimator throws.
    func finished(_ results: CVResults<Model>, bestIndex: Int) throws -> SearchResult<Model> {
        warnOfLosses(in: results)
        let start = ContinuousClock.now
        var best = settings.refit ? results.params[bestIndex].applied(to: estimator) : nil
        try best?.fit(task.x, task.y, sampleWeight: task.sampleWeight)
        let refitTime = best.map { _ in (ContinuousClock.now - start).seconds }
        return SearchResult(
            cvResults: results, bestIndex: bestIndex, bestEstimator: best, refitTime: refitTime,
            nSplits: splits.count, scorer: mainScorer)
    }
}

/// The outcome of one candidate on one split.
struct SearchTrial: Codable, Sendable, Equatable {
    /// Which candidate, split and round, each numbered from 0.
    struct Place: Codable, Sendable, Hashable {
        let round: Int
        let candidate: Int
        let split: Int
    }

    let place: Place
    let outcome: ValidationOutcome
}

/// The error of a search with `errorScore: .raise` in which a candidate throws.
public struct FailedCandidate: Error, Sendable, CustomStringConvertible {
    /// The candidate's parameters: `{alpha: -1.0}`.
    public let parameters: String

    /// The number of the split.
    public let split: Int

    /// The error that the candidate threw.
    public let underlying: any Error

    /// One sentence with the parameters and the reason.
    public var description: String { "the candidate \(parameters) failed on split \(split): \(underlying)" }
}
