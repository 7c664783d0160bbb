import Estimators

/// How good an estimator is for several values of one parameter.
///
/// ```swift
/// let range = [1e-5, 1e-3, 1e-1]
/// let curve = try validationCurve(mlp, x, y, param: \.alpha, range: range)
/// try ValidationCurveDisplay(curve, paramName: "alpha", paramRange: range).write(to: url)
/// ```
public struct ValidationCurveDisplay: Display {
    /// What the parameter is called.
    public let paramName: String

    /// The values of the parameter, in words.
    public let paramRange: [String]

    /// The scores on the training samples: values × splits.
    public let trainScores: [[Double]]

    /// The scores on the test samples: values × splits.
    public let testScores: [[Double]]

    /// What the scores are called.
    public let scoreName: String

    /// Which scores are drawn. Default `.both`.
    public var scoreType: ScoreType

    /// The values as numbers; nil where they are not.
    private let numbers: [Double]?

    /// The scores that `validationCurve(_:_:_:param:range:)` returned.
    ///
    /// - Parameters:
    ///   - curve: the scores, values × splits. NaN, a fit that failed, makes a gap.
    ///   - paramName: what the parameter is called.
    ///   - paramRange: its values: numbers, which make a numeric axis, or anything else that can be written down.
    ///   - scoreName: what the scores are called.
    ///   - scoreType: which scores are drawn.
    /// - Throws: `EstimatorError.invalidInput` for no values, for numbers that are not finite, for a number of rows of scores
    ///   that differs from that of the values, and for rows without scores.
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
