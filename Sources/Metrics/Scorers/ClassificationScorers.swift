public import Estimators
import LinearAlgebra

extension Scorer where Model.Target: ClassificationTarget {
    /// The fraction of samples that are predicted correctly.
    public static var accuracy: Scorer { of { try accuracyScore($0, $1, sampleWeight: $2) } }

    /// The F1 score of the positive class, 1 or `true`, for two classes.
    public static var f1: Scorer { f1(.binary) }
    /// The mean of the classes' F1 scores.
    public static var f1Macro: Scorer { f1(.macro) }
    /// The F1 score of the summed counts of all classes.
    public static var f1Micro: Scorer { f1(.micro) }
    /// The mean of the classes' F1 scores, weighted by their frequencies.
    public static var f1Weighted: Scorer { f1(.weighted) }
    /// The mean of the samples' F1 scores, for rows of indicators.
    public static var f1Samples: Scorer { f1(.samples) }

    /// The precision of the positive class, 1 or `true`, for two classes.
    public static var precision: Scorer { precision(.binary) }
    /// The mean of the classes' precisions.
    public static var precisionMacro: Scorer { precision(.macro) }
    /// The precision of the summed counts of all classes.
    public static var precisionMicro: Scorer { precision(.micro) }
    /// The mean of the classes' precisions, weighted by their frequencies.
    public static var precisionWeighted: Scorer { precision(.weighted) }
    /// The mean of the samples' precisions, for rows of indicators.
    public static var precisionSamples: Scorer { precision(.samples) }

    /// The recall of the positive class, 1 or `true`, for two classes.
    public static var recall: Scorer { recall(.binary) }
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
    public static var jaccard: Scorer { jaccard(.binary) }
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

    private static func precision(_ average: Average, _ name: String = #function) -> Scorer {
        of(name) { try precisionScore($0, $1, average: average, sampleWeight: $2) }
    }

    private static func recall(_ average: Average, _ name: String = #function) -> Scorer {
        of(name) { try recallScore($0, $1, average: average, sampleWeight: $2) }
    }

    private static func jaccard(_ average: Average, _ name: String = #function) -> Scorer {
        of(name) { try jaccardScore($0, $1, average: average, sampleWeight: $2) }
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
        Scorer("negLogLoss") { model, x, y, sampleWeight in
            -(try logLoss(y, model.predictProba(x), sampleWeight: sampleWeight))
        }
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
    public static var averagePrecision: Scorer { ofDecisions { try averagePrecisionScore($0, $1, sampleWeight: $2) } }

    private static func area(
        _ multiClass: MultiClass, _ average: Average = .macro, _ name: String = #function
    ) -> Scorer {
        ofDecisions(name) { try rocAUCScore($0, $1, average: average, sampleWeight: $2, multiClass: multiClass) }
    }
}

extension Scorer where Model: ProbabilisticClassifier, Model.Target: ClassLabel {
    /// The Brier score of the probabilities, negated.
    public static var negBrierScore: Scorer { ofDecisions { -(try brierScoreLoss($0, $1, sampleWeight: $2)) } }

    /// The fraction of samples whose class is one of the two most probable.
    public static var topKAccuracy: Scorer { ofDecisions { try topKAccuracyScore($0, $1, sampleWeight: $2) } }
}

extension Scorer where Model: ProbabilisticClassifier {
    /// A scorer of probabilities, named after the member that calls this. For two classes, the metric receives only the
    /// probabilities of the second one, as curves do.
    fileprivate static func ofDecisions(
        _ name: String = #function,
        by metric: @escaping @Sendable ([Model.Target], Matrix<Model.Scalar>, [Double]?) throws -> Double
    ) -> Scorer {
        Scorer(name) { model, x, y, sampleWeight in
            let probabilities = try model.predictProba(x)
            guard !Model.Target.isMultilabel, probabilities.columns == 2 else {
                return try metric(y, probabilities, sampleWeight)
            }
            let positive = (0..<probabilities.rows).map { probabilities[$0, 1] }
            return try metric(y, Matrix(rows: probabilities.rows, columns: 1, elements: positive), sampleWeight)
        }
    }
}
