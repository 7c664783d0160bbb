import Estimators

/// The results of fits with several values or sizes on several splits: values × splits.
struct CurveScores {
    let trainScores: [[Double]]
    let testScores: [[Double]]
    let fitTimes: [[Double]]

    /// Runs `fit` for every value and every split.
    ///
    /// - Throws: what `fit` throws, `EstimatorError` where no test score is a number, and `CancellationError`.
    init(
        values: Int, splits: Int, scorer: String, nJobs: Int?,
        _ fit: @escaping @Sendable (_ value: Int, _ split: Int) throws -> ValidationOutcome
    ) throws {
        let outcomes = try parallelFits(count: values * splits, jobs: jobs(nJobs)) { number in
            try fit(number / splits, number % splits)
        }
        try checkAnyScored(outcomes, by: [scorer])
        warnOfFailures(outcomes, "fits")
        trainScores = outcomes.map { $0.trainScores[0] }.rows(values, of: splits)
        testScores = outcomes.map { $0.testScores[0] }.rows(values, of: splits)
        fitTimes = outcomes.map(\.fitTime).rows(values, of: splits)
    }
}

extension [Double] {
    /// The numbers as `rows` rows of the given length.
    func rows(_ rows: Int, of length: Int) -> [[Double]] {
        (0..<rows).map { Array(self[($0 * length)..<(($0 + 1) * length)]) }
    }
}
