import Estimators
import LinearAlgebra
import Metrics

/// One call of a search's `fit`: scores candidates, records the trials, and fits the best candidate.
struct SearchRun<Model: Estimator>: Sendable {
    private let settings: SearchSettings<Model>
    private let estimator: Model
    private let task: ValidationTask<Model>
    private let mainScorer: Scorer<Model>?
    private let store: any TrialStore
    /// Whether other processes run trials of the same search.
    private let isShared: Bool

    /// The splits of all samples.
    let splits: [SplitIndices]

    /// Checks everything before anything is fitted.
    ///
    /// - Parameters:
    ///   - candidates: those that the search begins with.
    ///   - schedule: the rounds of a halving search, for the journal; nil for a single round.
    /// - Throws: `EstimatorError` for inconsistent arguments, `SearchJournalError` and `SearchStoreError`.
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

        let store = try SearchRun.store(of: settings)
        if store?.isShared == true, let schedule {
            try Check.require(
                schedule.randomState != nil || !schedule.drawsSamples, parameter: "randomState", "nil",
                allowed: "a seed where processes share a halving search, so that all draw the same samples")
        }
        isShared = store?.isShared == true
        self.store =
            try store?.open(
                SearchRun.identity(of: task, settings, estimator, candidates, schedule, splits)) ?? LocalTrials()
    }

    /// The store that the settings name, as a store or as a journal.
    private static func store(of settings: SearchSettings<Model>) throws -> SearchStore? {
        guard let journal = settings.journal else { return settings.store }
        try Check.require(
            settings.store == nil, parameter: "journal", journal.path,
            allowed: "nil where the search has a store, which notes the results")
        return .journal(journal)
    }

    private static func identity(
        of task: ValidationTask<Model>, _ settings: SearchSettings<Model>, _ estimator: Model,
        _ candidates: [ParameterSet<Model>], _ schedule: HalvingSettings<Model>?, _ splits: [SplitIndices]
    ) -> SearchIdentity {
        var checksum = Checksum()
        checksum.add(describing: estimator)
        for candidate in candidates {
            checksum.add(describing: candidate.assignments.map { ($0.name, $0.value) })
        }
        checksum.add(describing: (schedule?.text ?? "", task.scoring.map(\.name), settings.errorScore))
        checksum.add(describing: [settings.returnTrainScore, settings.validatesOnTestSide])
        for split in splits { checksum.add(describing: split) }
        let ofCandidates = checksum.text
        var ofData = Checksum()
        ofData.add(describing: (task.y, task.sampleWeight, task.x))
        checksum.add(describing: (task.y, task.sampleWeight, task.x))
        return SearchIdentity(
            description: "\(Model.self), \(candidates.count) candidates, \(splits.count) splits",
            candidates: ofCandidates, data: ofData.text, whole: checksum.text, scorers: task.scoring.map(\.name),
            trainScores: settings.returnTrainScore ? task.scoring.count : 0)
    }

    /// The trials of every candidate on every split: candidates × splits, the split changing fastest.
    ///
    /// - Parameter round: the number of the search's round, from 0.
    /// - Throws: ``FailedCandidate`` with `errorScore: .raise`, `EstimatorError` when every fit throws,
    ///   `SearchJournalError` and `SearchStoreError`, and `CancellationError` if the calling task is canceled.
    func trials(
        of candidates: [ParameterSet<Model>], on splits: [SplitIndices], round number: Int = 0
    ) throws -> [SearchTrial] {
        try checkTrials(candidates.count * splits.count, name: "candidates × splits")
        let progress =
            settings.verbose
            ? SearchProgress(candidates: candidates.map(\.shortDescription), splits: splits.count) : nil
        let round = SearchRound(number, candidates: candidates.count, splits: splits.count) {
            candidates.map(\.description)
        }
        if let progress {
            try store.begin(round) { progress.finished($0) }
        } else {
            try store.begin(round, onFinished: nil)
        }
        let failures = Locked<[Int: any Error]>([:])
        let jobs = try jobs(settings.nJobs)
        // A call runs trials until none is left. Others begin while it waits for a device: as many as there are trials, or, if
        // other processes want some, as `nJobs` says.
        let calls = isShared ? min(jobs, round.count) : round.count
        _ = try parallelFits(count: calls, jobs: jobs) { _ -> Void in
            var finished: SearchTrial?
            while let place = try store.next(after: finished) {
                do {
                    guard failures.withLock({ $0.isEmpty }) else { return store.giveBack(place) }
                    if Cancellation.isRequested { throw CancellationError() }
                    finished = try trial(candidates[place.candidate], splits[place.split], at: place)
                } catch {
                    failures.withLock { $0[round.trial(at: place)] = error }
                    return store.giveBack(place)
                }
            }
        }
        if let first = failures.withLock({ $0.min { $0.key < $1.key } }) { throw first.value }
        let trials = try store.trials()
        try checkAnyScored(trials.map(\.outcome), by: task.scoring.map(\.name))
        return trials
    }

    private func trial(
        _ candidate: ParameterSet<Model>, _ split: SplitIndices, at place: SearchTrial.Place
    ) throws -> SearchTrial {
        do {
            return SearchTrial(place: place, outcome: try task.run(candidate.applied(to: estimator), split).outcome)
        } catch let error as CancellationError {
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

/// The error of a search with `errorScore: .raise` if the fit or the score of a candidate throws.
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
