import Estimators
import LinearAlgebra

/// What to do when an estimator throws for one split or one candidate.
public enum ErrorScore: Sendable, Equatable {
    /// Throw the error, naming the parameters.
    case raise

    /// Go on with this number as the score, and record the error.
    case value(Double)

    /// Go on with NaN as the score, which ranks last, and record the error.
    public static var nan: ErrorScore { .value(.nan) }
}

/// Features and targets with the splits on which estimators are judged. Threads share it; none copies it.
struct ValidationTask<Model: Estimator>: Sendable {
    let x: Model.Features
    let y: [Model.Target]
    /// One weight per sample, for fitting; nil for 1 each.
    var sampleWeight: [Double]?
    let scoring: [Scorer<Model>]
    let errorScore: ErrorScore
    let returnTrainScore: Bool

    /// What came of one estimator on one split.
    struct Outcome: Sendable {
        /// One score per scorer.
        var testScores: [Double]
        /// One score per scorer; empty unless asked for.
        var trainScores: [Double]
        /// Seconds.
        var fitTime: Double
        /// Seconds.
        var scoreTime: Double
        /// What was thrown in the place of scores; nil where nothing was.
        var error: String?
        /// Whether the estimator could be fitted.
        var didFit: Bool
        /// The fitted estimator; nil where it threw.
        var model: Model?
    }

    /// Fits a copy of `estimator` on the training side and scores it on the other.
    ///
    /// A fit that throws has no score at all; a scorer that throws lacks its own.
    ///
    /// - Throws: the estimator's or scorer's error with `ErrorScore.raise`, and `CancellationError`.
    func run(_ estimator: Model, train: [Int], test: [Int]) throws -> Outcome {
        let clock = ContinuousClock()
        let start = clock.now
        let (xTrain, yTrain) = (x.selectingSamples(train), y.selectingSamples(train))
        var model = estimator
        do {
            try model.fit(xTrain, yTrain, sampleWeight: sampleWeight?.selectingSamples(train))
            if Cancellation.isRequested { throw CancellationError() }
        } catch {
            let scores = [Double](repeating: try errorScore.substitute(for: error), count: scoring.count)
            return Outcome(
                testScores: scores, trainScores: returnTrainScore ? scores : [],
                fitTime: (clock.now - start).seconds, scoreTime: 0, error: "\(error)", didFit: false, model: nil)
        }

        let fitted = clock.now
        var errors: [String] = []
        let testScores = try scores(
            of: model, x.selectingSamples(test), y.selectingSamples(test), on: "test", errors: &errors)
        let scored = clock.now
        let trainScores =
            returnTrainScore ? try scores(of: model, xTrain, yTrain, on: "training", errors: &errors) : []
        return Outcome(
            testScores: testScores, trainScores: trainScores, fitTime: (fitted - start).seconds,
            scoreTime: (scored - fitted).seconds, error: errors.isEmpty ? nil : errors.joined(separator: " "),
            didFit: true, model: model)
    }

    private func scores(
        of model: Model, _ x: Model.Features, _ y: [Model.Target], on side: String, errors: inout [String]
    ) throws -> [Double] {
        try scoring.map { scorer in
            do {
                return try scorer(model, x, y)
            } catch {
                let score = try errorScore.substitute(for: error)
                errors.append("\(scorer.name) on the \(side) side: \(error)")
                return score
            }
        }
    }
}

extension ErrorScore {
    /// The score in the place of one that could not be had for `error`.
    ///
    /// - Throws: the error with `.raise`, and always a `CancellationError`.
    func substitute(for error: any Error) throws -> Double {
        guard case .value(let value) = self, !(error is CancellationError) else { throw error }
        return value
    }
}

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

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}

/// The splits of a cross-validation of `Model` on targets `y`.
///
/// - Throws: `EstimatorError` when features, targets and groups do not pair up, what the cross-validator throws, and
///   `EstimatorError.invalidInput` for splits that name samples that there are not.
func splits<Model: Estimator, Group: ClassLabel>(
    _ cv: any CrossValidator, for model: Model.Type, rows: Int, _ y: [Model.Target], groups: [Group]?
) throws -> [SplitIndices] {
    try Check.notEmpty(rows, argument: "x")
    try Check.sameCount(y.count, argument: "y", as: rows, of: "x")
    if let groups { try Check.sameCount(groups.count, argument: "groups", as: rows, of: "x") }
    let samples = SplitSamples(count: rows, classes: Model.classNumbers(of: y), groups: groups.map(Group.numbers(of:)))
    let splits: [SplitIndices]
    do {
        splits = try cv.splits(of: samples)
    } catch EstimatorError.invalidParameter(name: "nSplits", let value, let allowed) where cv is Int {
        // Who wrote `cv: 1` has written no `nSplits`.
        throw EstimatorError.invalidParameter(name: "cv", value: value, allowed: allowed)
    }
    let all = 0..<rows
    guard !splits.isEmpty, splits.allSatisfy({ ($0.train + $0.test).allSatisfy(all.contains) }) else {
        throw EstimatorError.invalidInput(
            argument: "cv", problem: "must make at least one split, of samples 0 to \(rows - 1), but does not")
    }
    return splits
}
