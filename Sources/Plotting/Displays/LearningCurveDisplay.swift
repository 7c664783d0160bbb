import Estimators
public import ModelSelection

/// The scores of an estimator for increasing numbers of training samples.
///
/// ```swift
/// try LearningCurveDisplay(learningCurve(mlp, x, y, cv: 5)).write(to: url)
/// ```
public struct LearningCurveDisplay: Display {
    /// The numbers of training samples.
    public let trainSizes: [Int]

    /// The scores on the training samples: sizes × splits.
    public let trainScores: [[Double]]

    /// The scores on the test samples: sizes × splits.
    public let testScores: [[Double]]

    /// The name of the scores.
    public let scoreName: String

    /// The scores to draw. Default `.both`.
    public var scoreType: ScoreType

    /// Creates a display of the result of `learningCurve(_:_:_:)`.
    ///
    /// - Parameters:
    ///   - curve: the sizes and scores.
    ///   - scoreName: the name of the scores.
    ///   - scoreType: the scores to draw.
    /// - Throws: `EstimatorError.invalidInput` if there are no sizes, if the number of rows of scores differs from the
    ///   number of sizes, or if a row has no scores.
    public init(_ curve: LearningCurve, scoreName: String = "Score", scoreType: ScoreType = .both) throws {
        try self.init(
            trainSizes: curve.trainSizes, trainScores: curve.trainScores, testScores: curve.testScores,
            scoreName: scoreName, scoreType: scoreType)
    }

    /// Creates a display of given sizes and scores.
    ///
    /// - Parameters:
    ///   - trainSizes: the numbers of training samples.
    ///   - trainScores: the scores on the training samples: sizes × splits. NaN, as for a failed fit, makes a gap.
    ///   - testScores: the scores on the test samples: sizes × splits.
    ///   - scoreName: the name of the scores.
    ///   - scoreType: the scores to draw.
    /// - Throws: `EstimatorError.invalidInput` if there are no sizes, if the number of rows of scores differs from the
    ///   number of sizes, or if a row has no scores.
    public init(
        trainSizes: [Int], trainScores: [[Double]], testScores: [[Double]], scoreName: String = "Score",
        scoreType: ScoreType = .both
    ) throws {
        try Check.notEmpty(trainSizes.count, argument: "trainSizes")
        try checkScores(trainScores, argument: "trainScores", count: trainSizes.count, of: "trainSizes")
        try checkScores(testScores, argument: "testScores", count: trainSizes.count, of: "trainSizes")
        self.trainSizes = trainSizes
        self.trainScores = trainScores
        self.testScores = testScores
        self.scoreName = scoreName
        self.scoreType = scoreType
    }

    /// The mean scores with their standard deviations.
    public var figure: Figure {
        let sizes = trainSizes.map(Double.init)
        return ScoreCurves(
            x: Axis(label: "Number of samples in the training set", scale: ScoreCurves.scale(for: sizes)),
            places: sizes, trainScores: trainScores, testScores: testScores, scoreName: scoreName, scoreType: scoreType
        ).figure(
            title: "Learning curve",
            subject: "\(scoreName) with \(trainSizes.first ?? 0) to \(trainSizes.last ?? 0) training samples.")
    }
}

/// Throws unless there is one non-empty row of scores for each value of the axis.
func checkScores(_ scores: [[Double]], argument: String, count: Int, of other: String) throws {
    try Check.require(
        scores.count == count, argument,
        "must have a row for each of \(other), but has \(scores.count) where \(other) has \(count)")
    if let empty = scores.firstIndex(where: \.isEmpty) {
        throw EstimatorError.invalidInput(
            argument: argument, problem: "must have a score in every row, but \(argument)[\(empty)] is empty")
    }
}
