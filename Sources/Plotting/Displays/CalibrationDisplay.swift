public import Estimators
import LinearAlgebra
public import ModelSelection

/// A reliability curve: how often samples with similar predicted probabilities belong to the class. The diagonal is
/// perfect. Below it are the numbers of samples.
///
/// ```swift
/// try CalibrationDisplay(mlp, xTest, yTest, nBins: 10).write(to: url)
/// ```
public struct CalibrationDisplay: Display {
    /// The fraction of samples in the positive class, in each bin that has samples.
    public let probTrue: [Double]
    /// The mean predicted probability in each bin that has samples.
    public let probPred: [Double]
    /// The name of the curve in the legend.
    public let name: String?
    /// Whether to draw the diagonal. Default `true`.
    public var refLine: Bool

    let bins: [CalibrationBin]
    /// What the probabilities are of: `class yes`.
    let subject: String

    /// Creates a display of the curve of true labels and probabilities.
    ///
    /// - Parameters:
    ///   - yTrue: the true labels, one per sample, of at most two classes.
    ///   - yProb: the predicted probability of the positive class, one per sample.
    ///   - nBins: the number of bins, at least 1.
    ///   - strategy: how bins are divided.
    ///   - posLabel: the positive class; nil for 1 or `true` if the labels are 0 and 1 or −1 and 1.
    ///   - name: the name of the curve in the legend.
    ///   - refLine: whether to draw the diagonal.
    /// - Throws: what `calibrationCurve(_:_:posLabel:nBins:strategy:)` throws.
    public init<Label: ClassLabel, Probability: BinaryFloatingPoint>(
        _ yTrue: [Label], _ yProb: [Probability], nBins: Int = 5, strategy: CalibrationStrategy = .uniform,
        posLabel: Label? = nil, name: String? = nil, refLine: Bool = true
    ) throws {
        try self.init(
            yTrue, yProb, nBins: nBins, strategy: strategy, posLabel: posLabel, name: name, refLine: refLine,
            subject: "class \(positiveName(posLabel))")
    }

    /// Creates a display of a classifier's probabilities for `x`.
    ///
    /// - Parameters:
    ///   - estimator: a fitted classifier of two classes.
    ///   - x: the features of the samples.
    ///   - y: the true labels, one per sample.
    ///   - nBins: the number of bins, at least 1.
    ///   - strategy: how bins are divided.
    ///   - posLabel: the positive class; nil for the second one.
    ///   - name: the name of the curve in the legend.
    ///   - refLine: whether to draw the diagonal.
    /// - Throws: what the estimator throws; `EstimatorError` for other than two classes and an unknown `posLabel`.
    public init<Model: ProbabilisticClassifier>(
        _ estimator: Model, _ x: Model.Features, _ y: [Model.Target], nBins: Int = 5,
        strategy: CalibrationStrategy = .uniform, posLabel: Model.Target? = nil, name: String? = nil,
        refLine: Bool = true
    ) throws where Model.Target: ClassLabel {
        let classes = estimator.classes
        let probabilities = try estimator.predictProba(x)
        try Check.require(
            classes.count == 2, "estimator", "must have two classes for a calibration curve, but has \(classes.count)")
        guard let column = posLabel.map({ classes.firstIndex(of: $0) }) ?? 1 else {
            throw EstimatorError.invalidParameter(
                name: "posLabel", value: posLabel.map { "\($0)" } ?? "nil", allowed: "one of the classes, \(classes)")
        }
        try self.init(
            y, probabilities.column(column).map { Double($0) }, nBins: nBins, strategy: strategy,
            posLabel: classes[column], name: name, refLine: refLine)
    }

    /// For two classes, the probabilities of the second. For more, the probability of the class that is predicted.
    init<Label: ClassLabel, Scalar: MatrixScalar>(
        _ y: [Label], _ probabilities: Matrix<Scalar>, classes: [Label], names: [String], nBins: Int
    ) throws {
        let pairs: [(probability: Double, isPositive: Bool)] = y.enumerated().map { row, label in
            if classes.count == 2 { return (Double(probabilities[row, 1]), label == classes[1]) }
            let values = (0..<probabilities.columns).map { Double(probabilities[row, $0]) }
            let best = values.indices.max { (values[$0], $1) < (values[$1], $0) } ?? 0
            return (values[best], label == classes[best])
        }
        try self.init(
            pairs.map(\.isPositive), pairs.map { min(max($0.probability, 0), 1) }, nBins: nBins, strategy: .uniform,
            posLabel: true, name: nil, refLine: true,
            subject: classes.count == 2 ? "class \(names[1])" : "the predicted class")
    }

    private init<Label: ClassLabel, Probability: BinaryFloatingPoint>(
        _ yTrue: [Label], _ yProb: [Probability], nBins: Int, strategy: CalibrationStrategy, posLabel: Label?,
        name: String?, refLine: Bool, subject: String
    ) throws {
        bins = try calibrationBins(yTrue, yProb, posLabel: posLabel, nBins: nBins, strategy: strategy)
        probTrue = bins.map(\.fractionOfPositives)
        probPred = bins.map(\.meanPredicted)
        (self.name, self.refLine, self.subject) = (name, refLine, subject)
    }

    /// The curve and the numbers of samples as a figure.
    public var figure: Figure {
        let (curve, counts) = (SeriesStyle(number: 0), SeriesStyle(number: 5))
        let x = Axis(label: "Mean predicted probability of \(subject)", scale: .linear(-0.01...1.01))
        let points = bins.map { Point(x: $0.meanPredicted, y: $0.fractionOfPositives) }
        let bars = bins.map { bin in
            let gap = 0.04 * (bin.bounds.upperBound - bin.bounds.lowerBound)
            return (
                from: Point(x: bin.bounds.lowerBound + gap, y: 0),
                to: Point(x: bin.bounds.upperBound - gap, y: Double(bin.count))
            )
        }
        let greatest = Double(bins.map(\.count).max() ?? 0)
        let spoken = bins.map {
            "\(general($0.fractionOfPositives, digits: 3)) of \($0.count) at \(general($0.meanPredicted, digits: 3))"
        }
        let diagonal = RuleMark(from: Point(x: 0, y: 0), to: Point(x: 1, y: 1))
        let line = LineMark(points: points, style: curve, hasMarkers: true)
        let marks: [any Mark] = refLine ? [diagonal, line] : [line]
        let perfect = LegendEntry(symbol: .rule, text: "perfectly calibrated")
        return Figure(
            title: "Calibration",
            summary: "The fraction of samples that belong to \(subject), by predicted probability: "
                + spoken.joined(separator: ", ") + ".",
            panels: [
                Panel(
                    x: x, y: Axis(label: "Fraction that belongs to it", scale: .linear(-0.02...1.02)), marks: marks),
                Panel(
                    x: x, y: Axis(label: "Samples", scale: .counts(0...max(1, greatest * 1.08))),
                    marks: [BarsMark(bars: bars, style: counts)]),
            ],
            legend: [LegendEntry(symbol: .markedLine(curve), text: name ?? "this model")] + (refLine ? [perfect] : []))
    }
}
