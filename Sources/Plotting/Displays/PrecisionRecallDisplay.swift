public import Estimators
public import Metrics

/// Precision-recall curves: the fraction of predicted positives that are correct, against the fraction of positive
/// samples that are found. The upper right corner is perfect.
///
/// Neither the curve nor the average precision is interpolated.
public struct PrecisionRecallDisplay: Display {
    /// One curve.
    public struct Curve: Sendable, Equatable {
        /// The precision at each threshold, from the lowest threshold, followed by 1.
        public let precision: [Double]
        /// The recall at each threshold, in decreasing order, followed by 0.
        public let recall: [Double]
        /// The mean of the precisions, each weighted by the increase in recall.
        public let averagePrecision: Double
        /// The fraction of positive samples, which is the precision of random guesses; nil if unknown.
        public let prevalencePosLabel: Double?
        /// The name of the curve in the legend.
        public let name: String?
    }

    /// The curves, in the order of the legend.
    public let curves: [Curve]

    /// The name of the positive class; nil if each curve has its own.
    public let posLabel: String?

    /// Whether to draw the precision of random guesses. Default `false`.
    public var plotChanceLevel: Bool

    /// The precisions of the first curve.
    public var precision: [Double] { curves.first?.precision ?? [] }

    /// The recalls of the first curve.
    public var recall: [Double] { curves.first?.recall ?? [] }

    /// The average precision of the first curve.
    public var averagePrecision: Double { curves.first?.averagePrecision ?? .nan }

    /// The fraction of positive samples of the first curve.
    public var prevalencePosLabel: Double? { curves.first?.prevalencePosLabel }

    /// Creates a display of a given curve.
    ///
    /// - Parameters:
    ///   - precision: the precision at each threshold, from the lowest threshold, followed by 1.
    ///   - recall: the recall at each threshold, in decreasing order, followed by 0.
    ///   - name: the name of the curve in the legend.
    ///   - posLabel: the name of the positive class.
    ///   - prevalencePosLabel: the fraction of positive samples, for the chance level.
    ///   - plotChanceLevel: whether to draw the precision of random guesses.
    /// - Throws: `EstimatorError.invalidInput` if there are no values, if their numbers differ, or if a value is
    ///   outside 0 ... 1.
    public init(
        precision: [Double], recall: [Double], name: String? = nil, posLabel: String? = nil,
        prevalencePosLabel: Double? = nil, plotChanceLevel: Bool = false
    ) throws {
        try checkRates(precision, argument: "precision")
        try checkRates(recall, argument: "recall")
        try checkRates(prevalencePosLabel.map { [$0] } ?? [0], argument: "prevalencePosLabel")
        try Check.sameCount(recall.count, argument: "recall", as: precision.count, of: "precision")
        curves = [Curve(precision: precision, recall: recall, prevalencePosLabel: prevalencePosLabel, name: name)]
        self.posLabel = posLabel
        self.plotChanceLevel = plotChanceLevel
    }

    /// Creates a display of the curve of true labels and scores.
    ///
    /// - Parameters:
    ///   - yTrue: the true labels, one per sample.
    ///   - yScore: the scores, probabilities or decision values of the positive class, one per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - dropIntermediate: whether to omit thresholds that find no more positive samples than their neighbors.
    ///   - posLabel: the positive class; nil for 1 or `true` if the labels are 0 and 1 or −1 and 1.
    ///   - name: the name of the curve in the legend.
    ///   - plotChanceLevel: whether to draw the precision of random guesses.
    /// - Throws: what `precisionRecallCurve(_:_:posLabel:sampleWeight:dropIntermediate:)` throws.
    public init<Label: ClassLabel, Scores: ScoreTable>(
        _ yTrue: [Label], _ yScore: Scores, sampleWeight: [Double]? = nil, dropIntermediate: Bool = false,
        posLabel: Label? = nil, name: String? = nil, plotChanceLevel: Bool = false
    ) throws {
        curves = [
            try Curve(
                yTrue, yScore, posLabel: posLabel, sampleWeight: sampleWeight, dropIntermediate: dropIntermediate,
                name: name)
        ]
        self.posLabel = positiveName(posLabel)
        self.plotChanceLevel = plotChanceLevel
    }

    /// Creates a display of a classifier's probabilities for `x`. For more than two classes, it has one curve per
    /// class.
    ///
    /// - Parameters:
    ///   - estimator: a fitted classifier.
    ///   - x: the features of the samples.
    ///   - y: the true labels, one per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - dropIntermediate: whether to omit thresholds that find no more positive samples than their neighbors.
    ///   - posLabel: the positive class; nil for the second of two classes, or for each of more than two.
    ///   - displayLabels: a name for each class of the estimator; nil for the labels themselves.
    ///   - plotChanceLevel: whether to draw the precision of random guesses.
    /// - Throws: what the estimator throws; `EstimatorError` for an unknown `posLabel`, for a wrong number of names,
    ///   and if a class does not occur in `y`.
    public init<Model: ProbabilisticClassifier>(
        _ estimator: Model, _ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]? = nil,
        dropIntermediate: Bool = false, posLabel: Model.Target? = nil, displayLabels: [String]? = nil,
        plotChanceLevel: Bool = false
    ) throws where Model.Target: ClassLabel {
        let ranked = try OneVsRest(
            y, estimator.predictProba(x), classes: estimator.classes, posLabel: posLabel, displayLabels: displayLabels)
        try self.init(
            ranked, sampleWeight: sampleWeight, dropIntermediate: dropIntermediate, plotChanceLevel: plotChanceLevel)
    }

    init<Label: ClassLabel>(
        _ ranked: OneVsRest<Label>, sampleWeight: [Double]? = nil, dropIntermediate: Bool = false,
        plotChanceLevel: Bool
    ) throws {
        curves = try ranked.columns.map { column in
            try Curve(
                ranked.y, column.scores, posLabel: column.label, sampleWeight: sampleWeight,
                dropIntermediate: dropIntermediate, name: column.name)
        }
        posLabel = ranked.posLabel
        self.plotChanceLevel = plotChanceLevel
    }

    /// The curves as a figure.
    public var figure: Figure {
        RateCurves(
            title: "Precision-recall curve", subject: "Precision against recall.", x: "Recall", y: "Precision",
            posLabel: posLabel, measure: ("AP", "average precision"),
            curves: curves.map { curve in
                RateCurves.Curve(
                    points: zip(curve.recall, curve.precision).map { Point(x: $0, y: $1) }, name: curve.name,
                    measure: curve.averagePrecision)
            },
            path: .steps, chance: chance
        ).figure
    }

    private var chance: (lines: [RuleMark], text: String)? {
        let shares = curves.compactMap(\.prevalencePosLabel)
        guard plotChanceLevel, let first = shares.first else { return nil }
        let value = shares.count == 1 ? " (AP = \(decimal(first, decimals: 2)))" : ""
        return (shares.map { RuleMark(from: Point(x: 0, y: $0), to: Point(x: 1, y: $0)) }, "chance level" + value)
    }
}

extension PrecisionRecallDisplay.Curve {
    fileprivate init(precision: [Double], recall: [Double], prevalencePosLabel: Double?, name: String?) {
        self.precision = precision
        self.recall = recall
        self.prevalencePosLabel = prevalencePosLabel
        self.name = name
        averagePrecision = max(
            0, recall.indices.dropLast().reduce(0) { $0 - (recall[$1 + 1] - recall[$1]) * precision[$1] })
    }

    fileprivate init<Label: ClassLabel, Scores: ScoreTable>(
        _ yTrue: [Label], _ yScore: Scores, posLabel: Label?, sampleWeight: [Double]?, dropIntermediate: Bool,
        name: String?
    ) throws {
        let (precision, recall, _) = try precisionRecallCurve(
            yTrue, yScore, posLabel: posLabel, sampleWeight: sampleWeight, dropIntermediate: dropIntermediate)
        // At the lowest threshold, all samples are predicted positive, so its precision is the fraction of positive
        // samples. scikit-learn counts them without weights.
        let counted =
            try sampleWeight == nil ? precision : precisionRecallCurve(yTrue, yScore, posLabel: posLabel).precision
        self.init(precision: precision, recall: recall, prevalencePosLabel: counted.first, name: name)
    }
}
