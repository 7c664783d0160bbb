/// The results of a search: a table with a row for each candidate.
public struct CVResults<Root: Sendable>: Sendable {
    /// The scores of one scorer.
    public struct Scores: Sendable, Equatable {
        /// The score of every candidate on every split: candidates × splits.
        public let splitScores: [[Double]]

        /// The mean over the splits, for every candidate.
        public let mean: [Double]

        /// The standard deviation over the splits, for every candidate.
        public let std: [Double]

        /// The rank of each candidate's mean, 1 for the greatest mean. Candidates with equal means have the same rank,
        /// and NaN comes last.
        public let rank: [Int]

        init(_ splitScores: [[Double]]) {
            self.splitScores = splitScores
            mean = splitScores.map(mean(of:))
            std = splitScores.map { standardDeviation(of: $0) }
            rank = ranks(of: mean)
        }
    }

    /// The candidates, in the order in which they were tried.
    public internal(set) var params: [ParameterSet<Root>] = []

    /// The names of the scorers, in the order in which they were given.
    public internal(set) var scorers: [String] = []

    /// The scores on the test samples, by the names of the scorers.
    public internal(set) var testScores: [String: Scores] = [:]

    /// The scores on the training samples, by the names of the scorers; empty unless the search was asked for them.
    public internal(set) var trainScores: [String: Scores] = [:]

    /// The scorer that chooses the best candidate.
    public internal(set) var mainScorer = "score"

    /// Seconds to fit, candidates × splits.
    public internal(set) var fitTimes: [[Double]] = []

    /// Seconds to score, candidates × splits.
    public internal(set) var scoreTimes: [[Double]] = []

    /// The round of a halving search in which each candidate was tried, counted from 0; empty for other searches.
    public internal(set) var iterations: [Int] = []

    /// The amount of the resource that each candidate of a halving search had; empty for other searches.
    public internal(set) var nResources: [Int] = []

    /// The errors that candidates threw on splits, with their parameters; empty if none threw.
    public internal(set) var errors: [String] = []

    /// The candidates that have no score on a split, or a replaced one, in the order of the trials: the parameters, the
    /// split and the reason.
    var losses: [(candidate: Int, reason: String)] = []

    private var main: Scores { testScores[mainScorer] ?? Scores([]) }

    /// The main scorer's score of every candidate on every split: candidates × splits.
    public var splitTestScores: [[Double]] { main.splitScores }

    /// The mean over the splits of the main scorer's scores.
    public var meanTestScore: [Double] { main.mean }

    /// The standard deviation over the splits of the main scorer's scores.
    public var stdTestScore: [Double] { main.std }

    /// The rank of every candidate by the main scorer, 1 for the best.
    public var rankTestScore: [Int] { main.rank }

    /// Mean seconds to fit.
    public var meanFitTime: [Double] { fitTimes.map(mean(of:)) }

    /// Mean seconds to score.
    public var meanScoreTime: [Double] { scoreTimes.map(mean(of:)) }
}

extension CVResults {
    /// The table of trials that come candidate by candidate, and of each split by split.
    init(of candidates: [ParameterSet<Root>], _ trials: [SearchTrial], scorers: [String], mainScorer: String?) {
        let splits = candidates.isEmpty ? 0 : trials.count / candidates.count
        func rows(_ values: [Double]) -> [[Double]] { values.rows(candidates.count, of: splits) }
        params = candidates
        self.scorers = scorers
        self.mainScorer = mainScorer ?? scorers.first ?? self.mainScorer
        let hasTrainScores = trials.first?.outcome.trainScores.isEmpty == false
        for (number, name) in scorers.enumerated() {
            testScores[name] = Scores(rows(trials.map { $0.outcome.testScores[number] }))
            if hasTrainScores { trainScores[name] = Scores(rows(trials.map { $0.outcome.trainScores[number] })) }
        }
        fitTimes = rows(trials.map(\.outcome.fitTime))
        scoreTimes = rows(trials.map(\.outcome.scoreTime))
        func text(_ number: Int, _ reason: String) -> String {
            "\(candidates[number / splits]), split \(trials[number].place.split): \(reason)"
        }
        errors = trials.enumerated().compactMap { number, trial in trial.outcome.error.map { text(number, $0) } }
        losses = trials.enumerated().compactMap { number, trial in
            trial.outcome.loss.map { (number / splits, text(number, $0)) }
        }
    }
}

extension CVResults {
    /// The first of the given candidates with the greatest mean score; any number is greater than NaN.
    func best(of candidates: some Sequence<Int>) -> Int {
        candidates.max { first, second in
            meanTestScore[first].isNaN
                ? !meanTestScore[second].isNaN : meanTestScore[first] < meanTestScore[second]
        } ?? 0
    }
}

/// The rank of each score, 1 for the greatest score. Equal scores have the same rank, and NaN comes last.
private func ranks(of scores: [Double]) -> [Int] {
    func isBetter(_ first: Int, _ second: Int) -> Bool {
        !scores[first].isNaN && (scores[second].isNaN || scores[first] > scores[second])
    }
    var ranks = [Int](repeating: 1, count: scores.count)
    var previous: Int?
    for (place, candidate) in scores.indices.sorted(by: isBetter).enumerated() {
        if let previous, !isBetter(previous, candidate) {
            ranks[candidate] = ranks[previous]
        } else {
            ranks[candidate] = place + 1
        }
        previous = candidate
    }
    return ranks
}
