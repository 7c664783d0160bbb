public import Estimators

/// The errors of a regressor's predictions.
///
/// Dense regions of thousands of points are drawn as a density, isolated points individually. All points are shown,
/// whereas scikit-learn draws 1000 at random.
public struct PredictionErrorDisplay: Display {
    /// The values that are drawn against the predictions.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// The true values. Perfect predictions are on the diagonal.
        case actualVsPredicted
        /// The residuals. Perfect predictions are on the horizontal line at 0.
        case residualVsPredicted
    }

    /// The true values, one per sample.
    public let yTrue: [Double]

    /// The predicted values, one per sample.
    public let yPred: [Double]

    /// The kind of plot.
    public var kind: Kind

    /// Creates a display of true and predicted values.
    ///
    /// - Parameters:
    ///   - yTrue: the true values, one per sample.
    ///   - yPred: the predicted values, one per sample.
    ///   - kind: the kind of plot.
    /// - Throws: `EstimatorError.invalidInput` if there are no values, if their numbers differ, if a value is not
    ///   finite, or if targets have several outputs. Draw each output separately.
    public init<Target: RegressionTarget>(
        _ yTrue: [Target], _ yPred: [Target], kind: Kind = .residualVsPredicted
    ) throws {
        self.yTrue = try PredictionErrorDisplay.column(of: yTrue, argument: "yTrue")
        self.yPred = try PredictionErrorDisplay.column(of: yPred, argument: "yPred")
        self.kind = kind
        try Check.sameCount(yPred.count, argument: "yPred", as: yTrue.count, of: "yTrue")
    }

    /// Creates a display of an estimator's predictions for `x`.
    ///
    /// - Parameters:
    ///   - estimator: a fitted regressor.
    ///   - x: the features of the samples.
    ///   - y: the true values, one per sample.
    ///   - kind: the kind of plot.
    /// - Throws: what the estimator and the initializer for predictions throw.
    public init<Model: Estimator>(
        _ estimator: Model, _ x: Model.Features, _ y: [Model.Target], kind: Kind = .residualVsPredicted
    ) throws where Model.Target: RegressionTarget {
        try self.init(y, estimator.predict(x), kind: kind)
    }

    private static func column<Target: RegressionTarget>(of targets: [Target], argument: String) throws -> [Double] {
        let outputs = try Target._outputs(of: targets, argument: argument)
        try Check.require(
            outputs.columns == 1, argument,
            "must have one output per sample, but has \(outputs.columns): draw them one by one")
        return outputs.elements
    }

    /// The residuals: yTrue − yPred.
    public var residuals: [Double] { zip(yTrue, yPred).map { $0 - $1 } }

    /// The number of points above which a density is drawn.
    static let densityLimit = 2000

    /// The scatter plot or density plot as a figure.
    public var figure: Figure {
        switch kind {
        case .actualVsPredicted:
            let scale = Scale.linear(covering: yTrue + yPred)
            let (low, high) = (min(yTrue.min() ?? 0, yPred.min() ?? 0), max(yTrue.max() ?? 0, yPred.max() ?? 0))
            return figure(
                "Actual against predicted values", y: yTrue, yLabel: "Actual values", scales: (scale, scale),
                rule: RuleMark(from: Point(x: low, y: low), to: Point(x: high, y: high)), isSquare: true)
        case .residualVsPredicted:
            let (low, high) = (yPred.min() ?? 0, yPred.max() ?? 0)
            return figure(
                "Residuals against predicted values", y: residuals, yLabel: "Residuals (actual − predicted)",
                scales: (.linear(covering: yPred), .linear(covering: residuals + [0])),
                rule: RuleMark(from: Point(x: low, y: 0), to: Point(x: high, y: 0)), isSquare: false)
        }
    }

    private func figure(
        _ title: String, y: [Double], yLabel: String, scales: (x: Scale, y: Scale), rule: RuleMark, isSquare: Bool
    ) -> Figure {
        let points = zip(yPred, y).map { Point(x: $0, y: $1) }
        let style = SeriesStyle(number: 0)
        let perfect = LegendEntry(symbol: .rule, text: "perfect prediction")
        let marks: [any Mark]
        let legend: [LegendEntry]
        if points.count > PredictionErrorDisplay.densityLimit {
            let density = DensityMark(points, x: scales.x, y: scales.y)
            marks = [density, rule]
            legend = [perfect, LegendEntry(symbol: .marker(style), text: "one point")] + density.legend
        } else {
            marks = [ScatterMark(points: points, style: style), rule]
            legend = [perfect]
        }
        let largest = residuals.map(abs).max() ?? 0
        return Figure(
            title: title,
            summary: "\(title) of \(words(points.count, "sample", "samples")). The predictions go from "
                + "\(general(yPred.min() ?? 0, digits: 4)) to \(general(yPred.max() ?? 0, digits: 4)); the largest "
                + "residual is \(general(largest, digits: 4)).",
            panels: [
                Panel(
                    x: Axis(label: "Predicted values", scale: scales.x), y: Axis(label: yLabel, scale: scales.y),
                    marks: marks, isSquare: isSquare)
            ],
            legend: legend)
    }
}
