public import Estimators
public import LinearAlgebra

/// A search for the parameters with which an estimator scores best in a cross-validation.
///
/// A search is an estimator: it predicts with the best candidate, fitted on all samples.
public protocol SearchCV<Model>: Estimator where Target == Model.Target, Scalar == Model.Scalar {
    /// What is searched.
    associatedtype Model: Estimator

    /// The estimator whose parameters are varied; it is not changed.
    var estimator: Model { get }

    /// What the search found; nil before `fit`.
    var found: SearchResult<Model>? { get }
}

/// What a search found.
public struct SearchResult<Model: Estimator>: Sendable {
    /// Scores, ranks and times of every candidate.
    public let cvResults: CVResults<Model>

    /// The number of the best candidate.
    public let bestIndex: Int

    /// The best candidate, fitted on all samples; nil where `refit` is false.
    public let bestEstimator: Model?

    /// Seconds to fit the best candidate on all samples; nil where `refit` is false.
    public let refitTime: Double?

    /// The number of splits.
    public let nSplits: Int
}

extension SearchCV {
    /// Scores, ranks and times of every candidate; empty before `fit`.
    public var cvResults: CVResults<Model> { found?.cvResults ?? CVResults() }

    /// The number of the best candidate, the first of those that rank first; nil before `fit`.
    public var bestIndex: Int? { found?.bestIndex }

    /// The best candidate's mean score; nil before `fit`.
    public var bestScore: Double? { found.map { $0.cvResults.meanTestScore[$0.bestIndex] } }

    /// The best candidate's parameters; nil before `fit`.
    public var bestParams: ParameterSet<Model>? { found.map { $0.cvResults.params[$0.bestIndex] } }

    /// The best candidate, fitted on all samples; nil before `fit` and where `refit` is false.
    public var bestEstimator: Model? { found?.bestEstimator }

    /// The best candidate's predictions.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit` and where `refit` is false; what the estimator throws.
    public func predict(_ x: Matrix<Model.Scalar>) throws -> [Model.Target] { try best.predict(x) }

    /// The best candidate's own score.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit` and where `refit` is false; what the estimator throws.
    public func score(_ x: Matrix<Model.Scalar>, _ y: [Model.Target], sampleWeight: [Double]?) throws -> Double {
        try best.score(x, y, sampleWeight: sampleWeight)
    }

    private var best: Model {
        get throws {
            guard let bestEstimator else { throw EstimatorError.notFitted(estimator: "search") }
            return bestEstimator
        }
    }
}

// MARK: - The search

extension SearchSettings {
    /// Judges every candidate on every split and chooses the best.
    ///
    /// - Throws: `EstimatorError` for arguments that do not fit together, what the estimator throws with `.raise` or when
    ///   every fit throws, `SearchJournalError`, and `CancellationError` when the calling task is cancelled.
    func search(
        _ estimator: Model, among candidates: [ParameterSet<Model>], _ x: Matrix<Model.Scalar>, _ y: [Model.Target],
        sampleWeight: [Double]?
    ) throws -> SearchResult<Model> {
        guard !candidates.isEmpty else {
            throw EstimatorError.invalidParameter(name: "candidates", value: "none", allowed: "at least one")
        }
        try Check.sampleWeight(sampleWeight, count: x.rows)
        let scoring = scoring ?? [.score]
        let mainScorer = try mainScorer(of: scoring)
        let splits = try splits(cv, for: Model.self, rows: x.rows, y, groups: [Int]?.none)
        let task = ValidationTask(
            x: x, y: y, sampleWeight: sampleWeight, scoring: scoring, errorScore: errorScore,
            returnTrainScore: returnTrainScore)

        let journal = try journal.map {
            try SearchJournal(at: $0, of: estimator, candidates, scoring.map(\.name), splits, x, y)
        }
        let progress = SearchProgress(isShown: verbose, candidates: candidates.count, splits: splits.count)
        let trials = try parallelMap(count: candidates.count * splits.count, jobs: jobs(nJobs)) { number in
            let (candidate, split) = number.quotientAndRemainder(dividingBy: splits.count)
            let trial: SearchTrial
            if let known = journal?.trial(number) {
                trial = known
            } else {
                let outcome = try task.run(
                    candidates[candidate].applied(to: estimator), train: splits[split].train, test: splits[split].test)
                trial = SearchTrial(
                    number: number, testScores: outcome.testScores, trainScores: outcome.trainScores,
                    fitTime: outcome.fitTime, scoreTime: outcome.scoreTime, error: outcome.error)
                try journal?.append(trial)
            }
            progress.finished(trial, of: candidates[candidate])
            return trial
        }
        try refuseIfAllFailed(trials.map(\.error))

        let results = CVResults(
            of: candidates, trials, splits: splits.count, scorers: scoring.map(\.name), mainScorer: mainScorer)
        let bestIndex = results.rankTestScore.firstIndex(of: 1) ?? 0
        return try refitted(estimator, results, bestIndex, x, y, sampleWeight, nSplits: splits.count)
    }

    private func refitted(
        _ estimator: Model, _ results: CVResults<Model>, _ bestIndex: Int, _ x: Matrix<Model.Scalar>,
        _ y: [Model.Target], _ sampleWeight: [Double]?, nSplits: Int
    ) throws -> SearchResult<Model> {
        guard refit else {
            return SearchResult(
                cvResults: results, bestIndex: bestIndex, bestEstimator: nil, refitTime: nil, nSplits: nSplits)
        }
        var best = results.params[bestIndex].applied(to: estimator)
        let start = ContinuousClock.now
        try best.fit(x, y, sampleWeight: sampleWeight)
        return SearchResult(
            cvResults: results, bestIndex: bestIndex, bestEstimator: best,
            refitTime: (ContinuousClock.now - start).seconds, nSplits: nSplits)
    }

    private func mainScorer(of scoring: [Scorer<Model>]) throws -> String {
        guard let first = scoring.first else {
            throw EstimatorError.invalidParameter(
                name: "scoring", value: "no scorer", allowed: "nil or at least one scorer")
        }
        guard let refitScorer else { return first.name }
        guard scoring.contains(where: { $0.name == refitScorer }) else {
            throw EstimatorError.invalidParameter(
                name: "refitScorer", value: refitScorer,
                allowed: "the name of one of the scorers (\(scoring.map(\.name).joined(separator: ", ")))")
        }
        return refitScorer
    }
}

/// What came of one candidate on one split.
struct SearchTrial: Codable, Sendable, Equatable {
    /// candidate × splits + split.
    let number: Int
    let testScores: [Double]
    let trainScores: [Double]
    let fitTime: Double
    let scoreTime: Double
    let error: String?
}

extension CVResults {
    fileprivate init(
        of candidates: [ParameterSet<Root>], _ trials: [SearchTrial], splits: Int, scorers: [String], mainScorer: String
    ) {
        func rows<Value>(_ value: (SearchTrial) -> Value) -> [[Value]] {
            candidates.indices.map { candidate in
                trials[(candidate * splits)..<((candidate + 1) * splits)].map(value)
            }
        }
        self.params = candidates
        self.mainScorer = mainScorer
        for (number, name) in scorers.enumerated() {
            testScores[name] = Scores(splitScores: rows { $0.testScores[number] })
            if trials.allSatisfy({ $0.trainScores.count == scorers.count }) {
                trainScores[name] = Scores(splitScores: rows { $0.trainScores[number] })
            }
        }
        self.fitTimes = rows(\.fitTime)
        self.scoreTimes = rows(\.scoreTime)
        self.errors = trials.compactMap { trial in
            trial.error.map { "\(candidates[trial.number / splits]), split \(trial.number % splits): \($0)" }
        }
    }
}
