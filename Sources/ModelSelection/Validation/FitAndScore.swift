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
    let x: Matrix<Model.Scalar>
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
        /// Why the scores are ``ErrorScore``'s; nil where nothing was thrown.
        var error: String?
        /// The fitted estimator; nil where it threw.
        var model: Model?
    }

    /// Fits a copy of `estimator` on the training side and scores it on the other.
    ///
    /// - Throws: the estimator's error with `ErrorScore.raise`, and `CancellationError`.
    func run(_ estimator: Model, train: [Int], test: [Int]) throws -> Outcome {
        let clock = ContinuousClock()
        let start = clock.now
        do {
            var model = estimator
            let xTrain = x.selectingRows(train)
            let yTrain = y.selectingSamples(train)
            try model.fit(xTrain, yTrain, sampleWeight: sampleWeight?.selectingSamples(train))
            if Cancellation.isRequested { throw CancellationError() }
            let fitted = clock.now
            let xTest = x.selectingRows(test)
            let yTest = y.selectingSamples(test)
            let testScores = try scoring.map { try $0(model, xTest, yTest) }
            let scored = clock.now
            let trainScores = returnTrainScore ? try scoring.map { try $0(model, xTrain, yTrain) } : []
            return Outcome(
                testScores: testScores, trainScores: trainScores, fitTime: (fitted - start).seconds,
                scoreTime: (scored - fitted).seconds, error: nil, model: model)
        } catch let error as CancellationError {
            throw error
        } catch {
            guard case .value(let value) = errorScore else { throw error }
            let scores = [Double](repeating: value, count: scoring.count)
            return Outcome(
                testScores: scores, trainScores: returnTrainScore ? scores : [],
                fitTime: (clock.now - start).seconds, scoreTime: 0, error: "\(error)", model: nil)
        }
    }
}

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}

/// The splits of a cross-validation of `Model` on targets `y`.
///
/// - Throws: `EstimatorError` when features, targets and groups do not pair up, and what the cross-validator throws.
func splits<Model: Estimator, Group: ClassLabel>(
    _ cv: any CrossValidator, for model: Model.Type, rows: Int, _ y: [Model.Target], groups: [Group]?
) throws -> [SplitIndices] {
    try Check.notEmpty(rows, argument: "x")
    try Check.sameCount(y.count, argument: "y", as: rows, of: "x")
    if let groups { try Check.sameCount(groups.count, argument: "groups", as: rows, of: "x") }
    return try cv.splits(
        of: SplitSamples(count: rows, classes: Model.classNumbers(of: y), groups: groups.map(Group.numbers(of:))))
}
