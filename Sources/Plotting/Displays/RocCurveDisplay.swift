public import Estimators
public import Metrics

/// Receiver operating characteristic (ROC) curves: the true positive rate against the false positive rate. The upper
/// left corner is perfect.
///
/// ```swift
/// try RocCurveDisplay(mlp, xTest, yTest).write(to: url)   // one curve; for more than two classes, one per class
/// ```
public struct RocCurveDisplay: Display {
    /// One curve.
    public struct Curve: Sendable, Equatable {
        /// The false positive rate at each threshold, in increasing order.
        public let fpr: [Double]
        /// The true positive rate at each threshold, in increasing order.
        public let tpr: [Double]
        /// The area under the curve.
        public let rocAUC: Double
        /// The name of the curve in the legend.
        public let name: String?
    }

    /// The curves, in the order of the legend.
    public let curves: [Curve]

    /// The name of the positive class; nil if each curve has its own.
    public let posLabel: String?

    /// Whether to draw the diagonal, which is the curve of random guesses. Default `false`.
    public var plotChanceLevel: Bool

    /// The false positive rates of the first curve.
    public var fpr: [Double] { curves.first?.fpr ?? [] }

    /// The true positive rates of the first curve.
    public var tpr: [Double] { curves.first?.tpr ?? [] }

    /// The area under the first curve.
    public var rocAUC: Double { curves.first?.rocAUC ?? .nan }

    /// Creates a display of a given curve.
    ///
    /// - Parameters:
    ///   - fpr: the false positive rates, in increasing order.
    ///   - tpr: the true positive rates, one for each false positive rate.
    ///   - name: the name of the curve in the legend.
    ///   - posLabel: the name of the positive class.
    ///   - plotChanceLevel: whether to draw the diagonal.
    /// - Throws: `EstimatorError.invalidInput` if there are no rates, if their numbers differ, or if a rate is outside
    ///   0 ... 1.
    public init(
        fpr: [Double], tpr: [Double], name: String? = nil, posLabel: String? = nil, plotChanceLevel: Bool = false
    ) throws {
        try checkRates(fpr, argument: "fpr")
        try checkRates(tpr, argument: "tpr")
        try Check.sameCount(tpr.count, argument: "tpr", as: fpr.count, of: "fpr")
        self.init(curves: [Curve(fpr: fpr, tpr: tpr, name: name)], posLabel: posLabel, plotChanceLevel: plotChanceLevel)
    }

    /// Creates a display of the curve of true labels and scores.
    ///
    /// - Parameters:
    ///   - yTrue: the true labels, one per sample, of both classes.
    ///   - yScore: the scores, probabilities or decision values of the positive class, one per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - dropIntermediate: whether to omit points on a straight line between their neighbors.
    ///   - posLabel: the positive class; nil for 1 or `true` if the labels are 0 and 1 or −1 and 1.
    ///   - name: the name of the curve in the legend.
    ///   - plotChanceLevel: whether to draw the diagonal.
    /// - Throws: what `rocCurve(_:_:posLabel:sampleWeight:dropIntermediate:)` throws, and `EstimatorError` if one of
    ///   the classes does not occur.
    public init<Label: ClassLabel, Scores: ScoreTable>(
        _ yTrue: [Label], _ yScore: Scores, sampleWeight: [Double]? = nil, dropIntermediate: Bool = true,
        posLabel: Label? = nil, name: String? = nil, plotChanceLevel: Bool = false
    ) throws {
        let (fpr, tpr, _) = try rocCurve(
            yTrue, yScore, posLabel: posLabel, sampleWeight: sampleWeight, dropIntermediate: dropIntermediate)
        try Check.require(
            !fpr.contains(where: \.isNaN) && !tpr.contains(where: \.isNaN), "yTrue",
            "must contain samples of both classes, but contains one class only")
        try self.init(
            fpr: fpr, tpr: tpr, name: name, posLabel: positiveName(posLabel),
            plotChanceLevel: plotChanceLevel)
    }

    /// Creates a display of a classifier's probabilities for `x`. For more than two classes, it has one curve per
    /// class.
    ///
    /// - Parameters:
    ///   - estimator: a fitted classifier.
    ///   - x: the features of the samples.
    ///   - y: the true labels, one per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - dropIntermediate: whether to omit points on a straight line between their neighbors.
    ///   - posLabel: the positive class; nil for the second of two classes, or for each of more than two.
    ///   - displayLabels: a name for each class of the estimator; nil for the labels themselves.
    ///   - plotChanceLevel: whether to draw the diagonal.
    /// - Throws: what the estimator throws; `EstimatorError` for an unknown `posLabel`, for a wrong number of names,
    ///   and if a class does not occur in `y`.
    public init<Model: ProbabilisticClassifier>(
        _ estimator: Model, _ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]? = nil,
        dropIntermediate: Bool = true, posLabel: Model.Target? = nil, displayLabels: [String]? = nil,
        plotChanceLevel: Bool = false
    ) throws where Model.Target: ClassLabel {
        let ranked = try OneVsRest(
            y, estimator.predictProba(x), classes: estimator.classes, posLabel: posLabel, displayLabels: displayLabels)
        try self.init(
            ranked, sampleWeight: sampleWeight, dropIntermediate: dropIntermediate, plotChanceLevel: plotChanceLevel)
    }

    init<Label: ClassLabel>(
        _ ranked: OneVsRest<Label>, sampleWeight: [Double]? = nil, dropIntermediate: Bool = true,
        plotChanceLevel: Bool
    ) throws {
        let curves = try ranked.columns.map { column in
            let (fpr, tpr, _) = try rocCurve(
                ranked.y, column.scores, posLabel: column.label, sampleWeight: sampleWeight,
                dropIntermediate: dropIntermediate)
            return Curve(fpr: fpr, tpr: tpr, name: column.name)
        }
        self.init(curves: curves, posLabel: ranked.posLabel, plotChanceLevel: plotChanceLevel)
    }

    private init(curves: [Curve], posLabel: String?, plotChanceLevel: Bool) {
        self.curves = curves
        self.posLabel = posLabel
        self.plotChanceLevel = plotChanceLevel
    }

    /// The curves as a figure.
    public var figure: Figure {
        let diagonal = RuleMark(from: Point(x: 0, y: 0), to: Point(x: 1, y: 1))
        return RateCurves(
            title: "ROC curve", subject: "A receiver operating characteristic.", x: "False positive rate",
            y: "True positive rate", posLabel: posLabel, measure: ("AUC", "area"),
            curves: curves.map { curve in
                RateCurves.Curve(
                    points: zip(curve.fpr, curve.tpr).map { Point(x: $0, y: $1) }, name: curve.name,
                    measure: curve.rocAUC)
            },
            chance: plotChanceLevel ? ([diagonal], "chance level (AUC = 0.5)") : nil
        ).figure
    }
}

extension RocCurveDisplay.Curve {
    fileprivate init(fpr: [Double], tpr: [Double], name: String?) {
        self.fpr = fpr
        self.tpr = tpr
        self.name = name
        // The sum of the trapezoids between neighboring points.
        rocAUC = fpr.indices.dropFirst().reduce(0) { $0 + (fpr[$1] - fpr[$1 - 1]) * (tpr[$1] + tpr[$1 - 1]) / 2 }
    }
}
