import Estimators

/// The scores of an estimator for several values of one parameter.
///
/// ```swift
/// let range = [1e-5, 1e-3, 1e-1]
/// let curve = try validationCurve(mlp, x, y, param: \.alpha, range: range)
/// try ValidationCurveDisplay(curve, paramName: "alpha", paramRange: range).write(to: url)
/// ```
public struct ValidationCurveDisplay: Display {
    /// The name of the parameter.
    public let paramName: String

    /// The values of the parameter as text.
    public let paramRange: [String]

    /// The scores on the training samples: values × splits.
    public let trainScores: [[Double]]

    /// The scores on the test samples: values × splits.
    public let testScores: [[Double]]

    /// The name of the scores.
    public let scoreName: String

    /// The scores to draw. Default `.both`.
    public var scoreType: ScoreType

    /// The values as numbers; nil if they are not numbers.
    private let numbers: [Double]?

    /// Creates a display of the result of `validationCurve(_:_:_:param:range:)`.
    ///
    /// - Parameters:
    ///   - curve: the scores, values × splits. NaN, as for a failed fit, makes a gap.
    ///   - paramName: the name of the parameter.
    ///   - paramRange: its values. Numbers make a numeric axis; other values are labels.
    ///   - scoreName: the name of the scores.
    ///   - scoreType: the scores to draw.
    /// - Throws: `EstimatorError.invalidInput` if there are no values, if a number is not finite, if the number of rows
    ///   of scores differs from the number of values, or if a row has no scores.
    public init<Value>(
        _ curve: (trainScores: [[Double]], testScores: [[Double]]), paramName: String, paramRange: [Value],
        scoreName: String = "Score", scoreType: ScoreType = .both
    ) throws {
        try Check.notEmpty(paramRange.count, argument: "paramRange")
        try checkScores(curve.trainScores, argument: "trainScores", count: paramRange.count, of: "paramRange")
        try checkScores(curve.testScores, argument: "testScores", count: paramRange.count, of: "paramRange")
        let numbers = paramRange.compactMap { value in
            (value as? any BinaryFloatingPoint).map { Double($0) } ?? (value as? any BinaryInteger).map { Double($0) }
        }
        self.numbers = numbers.count == paramRange.count ? numbers : nil
        try Check.finite(self.numbers ?? [], argument: "paramRange")
        self.paramName = paramName
        self.paramRange = paramRange.map { "\($0)" }
        trainScores = curve.trainScores
        testScores = curve.testScores
        self.scoreName = scoreName
        self.scoreType = scoreType
    }

    /// The mean scores with their standard deviations.
    public var figure: Figure {
        let scale = numbers.map(ScoreCurves.scale) ?? .category(paramRange)
        return ScoreCurves(
            x: Axis(label: paramName, scale: scale), places: numbers ?? paramRange.indices.map(Double.init),
            trainScores: trainScores, testScores: testScores, scoreName: scoreName, scoreType: scoreType
        ).figure(
            title: "Validation curve",
            subject: "\(scoreName) for \(paramName) from \(paramRange.first ?? "") to \(paramRange.last ?? "").")
    }
}
