import Estimators
import Metrics

/// One call of a search's `fit`: judges candidates, remembers the trials, and fits the best.
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
    ///   - strategy: what besides candidates, splits and data decides what will be tried, for the journal.
    /// - Throws: `EstimatorError` for arguments that do not fit together, and `SearchJournalError`.
    init(
        _ settings: SearchSettings<Model>, _ estimator: Model, _ candidates: [ParameterSet<Model>],
        strategy: String = "", _ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?
    ) throws {
        self.settings = settings
        self.estimator = estimator
        mainScorer = try settings.mainScorer()
        _ = try jobs(settings.nJobs)
        splits = try ModelSelection.splits(settings.cv, for: Model.self, rows: x.sampleCount, y, groups: [Int]?.none)
        try Check.sampleWeight(sampleWeight, count: x.sampleCount)
        let scoring = settings.scoring ?? [.score]
        task = ValidationTask(
            x: x, y: y, sampleWeight: sampleWeight, scoring: scoring, errorScore: settings.errorScore,
            returnTrainScore: settings.returnTrainScore, validatesOnTestSide: settings.validatesOnTestSide,
            weighsScores: true)

        guard let url = settings.journal else {
            journal = nil
            return
        }
        var fingerprint = Fingerprint()
        fingerprint.add(describing: estimator)
        for candidate in candidates { fingerprint.add(describing: candidate.assignments.map { ($0.name, $0.value) }) }
        fingerprint.add(describing: (strategy, scoring.map(\.name), settings.errorScore, settings.returnTrainScore))
        if settings.validatesOnTestSide { fingerprint.add("validatesOnTestSide") }
        fingerprint.add("\(splits) \(y) \(sampleWeight ?? [])")
        fingerprint.add(samples: x)
        journal = try SearchJournal(
            at: url, of: fingerprint, scorers: scoring.count,
            trainScorers: settings.returnTrainScore ? scoring.count : 0)
    }

    /// What comes of every candidate on every split: candidates × splits, split by split.
    ///
    /// - Parameter round: which of several rounds of the search this is, numbered from 0.
    /// - Throws: ``FailedCandidate`` with `errorScore: .raise`, `EstimatorError` when every fit throws,
    ///   `SearchJournalError`, and `CancellationError` when the calling task is cancelled.
    func trials(
        of candidates: [ParameterSet<Model>], on splits: [SplitIndices], round: Int = 0
    ) throws -> [SearchTrial] {
        try checkTrials(candidates.count * splits.count, name: "candidates × splits")
        let progress =
            settings.verbose ? SearchProgress(candidates: candidates.map(\.description), splits: splits.count) : nil
        let trials = try parallelFits(count: candidates.count * splits.count, jobs: jobs(settings.nJobs)) { number in
            let (candidate, split) = number.quotientAndRemainder(dividingBy: splits.count)
            let place = SearchTrial.Place(round: round, candidate: candidate, split: split)
            let trial = try journal?.trial(at: place) ?? trial(candidates[candidate], splits[split], at: place)
            progress?.finished(trial)
            return trial
        }
        try refuseIfAllFailed(trials.map(\.error), didFit: trials.map(\.didFit))
        return trials
    }

    private func trial(
        _ candidate: ParameterSet<Model>, _ split: SplitIndices, at place: SearchTrial.Place
    ) throws -> SearchTrial {
        do {
            let outcome = try task.run(candidate.applied(to: estimator), train: split.train, test: split.test)
            let trial = SearchTrial(
                place: place, testScores: outcome.testScores, trainScores: outcome.trainScores,
                fitTime: outcome.fitTime, scoreTime: outcome.scoreTime, error: outcome.error, didFit: outcome.didFit)
            try journal?.append(trial)
            return trial
        } catch let error where error is CancellationError || error is SearchJournalError {
            throw error
        } catch {
            throw FailedCandidate(parameters: "\(candidate)", split: place.split, underlying: error)
        }
    }

    /// The table of the trials of `candidates`.
    func results(of candidates: [ParameterSet<Model>], _ trials: [SearchTrial]) -> CVResults<Model> {
        CVResults(of: candidates, trials, scorers: task.scoring.map(\.name), mainScorer: mainScorer?.name)
    }

    /// What the search found, with the best candidate fitted on all samples where that is asked for.
    ///
    /// - Throws: what the estimator throws.
    func finished(_ results: CVResults<Model>, bestIndex: Int) throws -> SearchResult<Model> {
        var best: Model?
        var refitTime: Double?
        if settings.refit {
            let start = ContinuousClock.now
            var model = results.params[bestIndex].applied(to: estimator)
            try model.fit(task.x, task.y, sampleWeight: task.sampleWeight)
            best = model
            refitTime = (ContinuousClock.now - start).seconds
        }
        return SearchResult(
            cvResults: results, bestIndex: bestIndex, bestEstimator: best, refitTime: refitTime,
            nSplits: splits.count, scorer: mainScorer)
    }
}

extension SearchSettings {
    /// Judges every candidate on every split and chooses the best: the whole of a grid or random search.
    ///
    /// - Throws: what ``SearchRun`` throws.
    func search(
        _ estimator: Model, among candidates: [ParameterSet<Model>], _ x: Model.Features, _ y: [Model.Target],
        sampleWeight: [Double]?
    ) throws -> SearchResult<Model> {
        let run = try SearchRun(self, estimator, candidates, x, y, sampleWeight: sampleWeight)
        return try FitWarnings.summarized {
            let results = run.results(of: candidates, try run.trials(of: candidates, on: run.splits))
            return try run.finished(results, bestIndex: results.rankTestScore.firstIndex(of: 1) ?? 0)
        }
    }
}

/// What came of one candidate on one split.
struct SearchTrial: Codable, Sendable, Equatable {
    /// Which candidate, split and round, each numbered from 0.
    struct Place: Codable, Sendable, Hashable {
        let round: Int
        let candidate: Int
        let split: Int
    }

    let place: Place
    let testScores: [Double]
    let trainScores: [Double]
    let fitTime: Double
    let scoreTime: Double
    let error: String?
    let didFit: Bool
}

/// What a search with `errorScore: .raise` throws where a candidate throws.
public struct FailedCandidate: Error, Sendable, CustomStringConvertible {
    /// The candidate's parameters: `{alpha: -1.0}`.
    public let parameters: String

    /// The number of the split.
    public let split: Int

    /// What was thrown.
    public let underlying: any Error

    /// One sentence with the parameters and the reason.
    public var description: String { "the candidate \(parameters) failed on split \(split): \(underlying)" }
}
