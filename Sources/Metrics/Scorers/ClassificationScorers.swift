public import Estimators
import LinearAlgebra

extension Scorer where Model.Target: ClassificationTarget {
    /// The fraction of samples that are predicted correctly.
    public static var accuracy: Scorer { of { try accuracyScore($0, $1, sampleWeight: $2) } }

    /// The F1 score of the positive class, 1 or `true`, for two classes.
    public static var f1: Scorer { f1(of: nil) }
    /// The F1 score of the given positive class, for two classes: `.f1(posLabel: "yes")`.
    public static func f1(posLabel: Model.Target.Label) -> Scorer { f1(of: posLabel) }
    /// The mean of the classes' F1 scores.
    public static var f1Macro: Scorer { f1(.macro) }
    /// The F1 score of the summed counts of all classes.
    public static var f1Micro: Scorer { f1(.micro) }
    /// The mean of the classes' F1 scores, weighted by their frequencies.
    public static var f1Weighted: Scorer { f1(.weighted) }
    /// The mean of the samples' F1 scores, for rows of indicators.
    public static var f1Samples: Scorer { f1(.samples) }

    /// The precision of the positive class, 1 or `true`, for two classes.
    public static var precision: Scorer { precision(of: nil) }
    /// The precision of the given positive class, for two classes: `.precision(posLabel: "yes")`.
    public static func precision(posLabel: Model.Target.Label) -> Scorer { precision(of: posLabel) }
    /// The mean of the classes' precisions.
    public static var precisionMacro: Scorer { precision(.macro) }
    /// The precision of the summed counts of all classes.
    public static var precisionMicro: Scorer { precision(.micro) }
    /// The mean of the classes' precisions, weighted by their frequencies.
    public static var precisionWeighted: Scorer { precision(.weighted) }
    /// The mean of the samples' precisions, for rows of indicators.
    public static var precisionSamples: Scorer { precision(.samples) }

    /// The recall of the positive class, 1 or `true`, for two classes.
    public static var recall: Scorer { recall(of: nil) }
    /// The recall of the given positive class, for two classes: `.recall(posLabel: "yes")`.
    public static func recall(posLabel: Model.Target.Label) -> Scorer { recall(of: posLabel) }
    /// The mean of the classes' recalls.
    public static var recallMacro: Scorer { recall(.macro) }
    /// The recall of the summed counts of all classes.
    public static var recallMicro: Scorer { recall(.micro) }
    /// The mean of the classes' recalls, weighted by their frequencies.
    public static var recallWeighted: Scorer { recall(.weighted) }
    /// The mean of the samples' recalls, for rows of indicators.
    public static var recallSamples: Scorer { recall(.samples) }

    /// The Jaccard score of the positive class, 1 or `true`, for two classes: of the samples that are in the class or
    /// predicted to be, the fraction that are both.
    public static var jaccard: Scorer { jaccard(of: nil) }
    /// The Jaccard score of the given positive class, for two classes: `.jaccard(posLabel: "yes")`.
    public static func jaccard(posLabel: Model.Target.Label) -> Scorer { jaccard(of: posLabel) }
    /// The mean of the classes' Jaccard scores.
    public static var jaccardMacro: Scorer { jaccard(.macro) }
    /// The Jaccard score of the summed counts of all classes.
    public static var jaccardMicro: Scorer { jaccard(.micro) }
    /// The mean of the classes' Jaccard scores, weighted by their frequencies.
    public static var jaccardWeighted: Scorer { jaccard(.weighted) }
    /// The mean of the samples' Jaccard scores, for rows of indicators.
    public static var jaccardSamples: Scorer { jaccard(.samples) }

    private static func f1(_ average: Average, _ name: String = #function) -> Scorer {
        of(name) { try f1Score($0, $1, average: average, sampleWeight: $2) }
    }

    private static func f1(of positive: Model.Target.Label?) -> Scorer {
        ofPositive("f1", positive) { try f1Score($0, $1, posLabel: positive, sampleWeight: $2) }
    }

    private static func precision(_ average: Average, _ name: String = #function) -> Scorer {
        of(name) { try precisionScore($0, $1, average: average, sampleWeight: $2) }
    }

    private static func precision(of positive: Model.Target.Label?) -> Scorer {
        ofPositive("precision", positive) { try precisionScore($0, $1, posLabel: positive, sampleWeight: $2) }
    }

    private static func recall(_ average: Average, _ name: String = #function) -> Scorer {
        of(name) { try recallScore($0, $1, average: average, sampleWeight: $2) }
    }

    private static func recall(of positive: Model.Target.Label?) -> Scorer {
        ofPositive("recall", positive) { try recallScore($0, $1, posLabel: positive, sampleWeight: $2) }
    }

    private static func jaccard(_ average: Average, _ name: String = #function) -> Scorer {
        of(name) { try jaccardScore($0, $1, average: average, sampleWeight: $2) }
    }

    private static func jaccard(of positive: Model.Target.Label?) -> Scorer {
        ofPositive("jaccard", positive) { try jaccardScore($0, $1, posLabel: positive, sampleWeight: $2) }
    }
}

extension Scorer where Model.Target: ClassLabel {
    /// The mean of the classes' recalls, which is the accuracy for equally frequent classes.
    public static var balancedAccuracy: Scorer { of { try balancedAccuracyScore($0, $1, sampleWeight: $2) } }

    /// Matthews' correlation of true and predicted classes.
    public static var matthewsCorrcoef: Scorer { of { try Metrics.matthewsCorrcoef($0, $1, sampleWeight: $2) } }
}

// MARK: - Of probabilities

extension Scorer where Model: ProbabilisticClassifier {
    /// The logistic loss of the probabilities, negated.
    public static var negLogLoss: Scorer {
        Scorer(
            "negLogLoss",
            readingPredictions: { model, x, y, sampleWeight in
                -(try logLoss(y, model.predictProba(x), sampleWeight: sampleWeight, labels: knownClasses(of: model)))
            })
    }

    /// The area under the receiver operating characteristic, for two classes or rows of indicators.
    public static var rocAUC: Scorer { area(.raise) }
    /// The area under the receiver operating characteristic, one-vs-rest, the mean over the classes.
    public static var rocAUCOvr: Scorer { area(.ovr) }
    /// The area under the receiver operating characteristic, one-vs-rest, the mean over the classes weighted by their
    /// frequencies.
    public static var rocAUCOvrWeighted: Scorer { area(.ovr, .weighted) }
    /// The area under the receiver operating characteristic, one-vs-one, the mean over the pairs of classes.
    public static var rocAUCOvo: Scorer { area(.ovo) }
    /// The area under the receiver operating characteristic, one-vs-one, the mean over the pairs of classes weighted by
    /// their frequencies.
    public static var rocAUCOvoWeighted: Scorer { area(.ovo, .weighted) }

    /// The mean of the precisions at all thresholds, weighted by the increases in recall.
    public static var averagePrecision: Scorer { averagePrecision(of: nil) }
    /// The average precision for the given positive class of two: `.averagePrecision(posLabel: "yes")`.
    public static func averagePrecision(posLabel: Model.Target.Label) -> Scorer { averagePrecision(of: posLabel) }

    private static func averagePrecision(of positive: Model.Target.Label?) -> Scorer {
        let name = "averagePrecision"
        return ofDecisions(name, positive: positive) { y, scores, sampleWeight, _ in
            try namingPositive(name) {
                try averagePrecisionScore(y, scores, posLabel: positive, sampleWeight: sampleWeight)
            }
        }
    }

    private static func area(
        _ multiClass: MultiClass, _ average: Average = .macro, _ name: String = #function
    ) -> Scorer {
        ofDecisions(name) {
            try rocAUCScore(
                $0, $1, average: average, sampleWeight: $2, multiClass: multiClass, labels: $1.columns > 2 ? $3 : nil)
        }
    }
}

extension Scorer where Model: ProbabilisticClassifier, Model.Target: ClassLabel {
    /// The Brier score of the probabilities, negated.
    public static var negBrierScore: Scorer {
        ofDecisions { y, scores, sampleWeight, classes in
            -(try brierScoreLoss(
                y, scores, sampleWeight: sampleWeight, posLabel: scores.columns == 1 ? classes?.last : nil,
                labels: scores.columns == 1 ? nil : classes))
        }
    }

    /// The fraction of samples whose class is one of the two most probable.
    public static var topKAccuracy: Scorer {
        ofDecisions { try topKAccuracyScore($0, $1, sampleWeight: $2, labels: $3) }
    }
}

/// The classes that the columns of a fitted classifier's probabilities belong to, which a part of the samples may lack;
/// nil for rows of indicators.
private func knownClasses<Model: ProbabilisticClassifier>(of model: Model) -> [Model.Target.Label]? {
    Model.Target.isMultilabel || model.classes.isEmpty ? nil : model.classes
}

extension Scorer where Model: ProbabilisticClassifier {
    /// A scorer of probabilities, named after the member that calls this. For two classes, the metric receives only the
    /// probabilities of the second one, as curves do, or those of the positive class.
    fileprivate static func ofDecisions(
        _ name: String = #function, positive: Model.Target.Label? = nil,
        by metric:
            @escaping @Sendable (
                [Model.Target], Matrix<Model.Scalar>, [Double]?, _ classes: [Model.Target.Label]?
            ) throws -> Double
    ) -> Scorer {
        Scorer(
            name,
            readingPredictions: { model, x, y, sampleWeight in
                let probabilities = try model.predictProba(x)
                let classes = knownClasses(of: model)
                guard !Model.Target.isMultilabel, probabilities.columns == 2 else {
                    return try metric(y, probabilities, sampleWeight, classes)
                }
                let column = probabilities.column(positive != nil && positive == classes?.first ? 0 : 1)
                return try metric(y, Matrix(rows: column.count, columns: 1, elements: column), sampleWeight, classes)
            })
    }
}

// MARK: - Of a positive class

extension Scorer where Model.Target: ClassificationTarget {
    /// A scorer of a positive class, whose error says how a scorer takes it.
    static func ofPositive(
        _ name: String, _ positive: Model.Target.Label?,
        by metric: @escaping @Sendable ([Model.Target], [Model.Target], [Double]?) throws -> Double
    ) -> Scorer {
        of(name) { y, predicted, sampleWeight in try namingPositive(name) { try metric(y, predicted, sampleWeight) } }
            .of(positive: positive)
    }
}

/// Runs `body`; its error about a positive class says how a scorer takes it.
private func namingPositive<Result>(_ scorer: String, _ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch EstimatorError.invalidParameter(name: "posLabel", let value, let allowed) {
        throw EstimatorError.invalidParameter(
            name: "posLabel", value: value, allowed: "\(allowed), as in .\(scorer)(posLabel: …)")
    }
}
