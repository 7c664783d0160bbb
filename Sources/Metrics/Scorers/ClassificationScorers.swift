public import Estimators
import LinearAlgebra

extension Scorer where Model.Target: ClassificationTarget {
    /// The share of samples predicted right.
    public static var accuracy: Scorer {
        of("accuracy") { try accuracyScore($0, $1, sampleWeight: $2) }
    }

    /// The F1 score of the positive class of two, 1 or `true`.
    public static var f1: Scorer { f1("f1", .binary) }
    /// The mean of the classes' F1 scores.
    public static var f1Macro: Scorer { f1("f1Macro", .macro) }
    /// The F1 score of all classes' counts together.
    public static var f1Micro: Scorer { f1("f1Micro", .micro) }
    /// The mean of the classes' F1 scores, weighted by their frequencies.
    public static var f1Weighted: Scorer { f1("f1Weighted", .weighted) }
    /// The mean of the samples' F1 scores, for rows of indicators.
    public static var f1Samples: Scorer { f1("f1Samples", .samples) }

    /// The precision of the positive class of two, 1 or `true`.
    public static var precision: Scorer { precision("precision", .binary) }
    /// The mean of the classes' precisions.
    public static var precisionMacro: Scorer { precision("precisionMacro", .macro) }
    /// The precision of all classes' counts together.
    public static var precisionMicro: Scorer { precision("precisionMicro", .micro) }
    /// The mean of the classes' precisions, weighted by their frequencies.
    public static var precisionWeighted: Scorer { precision("precisionWeighted", .weighted) }
    /// The mean of the samples' precisions, for rows of indicators.
    public static var precisionSamples: Scorer { precision("precisionSamples", .samples) }

    /// The recall of the positive class of two, 1 or `true`.
    public static var recall: Scorer { recall("recall", .binary) }
    /// The mean of the classes' recalls.
    public static var recallMacro: Scorer { recall("recallMacro", .macro) }
    /// The recall of all classes' counts together.
    public static var recallMicro: Scorer { recall("recallMicro", .micro) }
    /// The mean of the classes' recalls, weighted by their frequencies.
    public static var recallWeighted: Scorer { recall("recallWeighted", .weighted) }
    /// The mean of the samples' recalls, for rows of indicators.
    public static var recallSamples: Scorer { recall("recallSamples", .samples) }

    /// The Jaccard score of the positive class of two, 1 or `true`: the share of the samples that are of the class, or are
    /// taken for it, that are both.
    public static var jaccard: Scorer { jaccard("jaccard", .binary) }
    /// The mean of the classes' Jaccard scores.
    public static var jaccardMacro: Scorer { jaccard("jaccardMacro", .macro) }
    /// The Jaccard score of all classes' counts together.
    public static var jaccardMicro: Scorer { jaccard("jaccardMicro", .micro) }
    /// The mean of the classes' Jaccard scores, weighted by their frequencies.
    public static var jaccardWeighted: Scorer { jaccard("jaccardWeighted", .weighted) }
    /// The mean of the samples' Jaccard scores, for rows of indicators.
    public static var jaccardSamples: Scorer { jaccard("jaccardSamples", .samples) }

    private static func f1(_ name: String, _ average: Average) -> Scorer {
        of(name) { try f1Score($0, $1, average: average, sampleWeight: $2) }
    }

    private static func precision(_ name: String, _ average: Average) -> Scorer {
        of(name) { try precisionScore($0, $1, average: average, sampleWeight: $2) }
    }

    private static func recall(_ name: String, _ average: Average) -> Scorer {
        of(name) { try recallScore($0, $1, average: average, sampleWeight: $2) }
    }

    private static func jaccard(_ name: String, _ average: Average) -> Scorer {
        of(name) { try jaccardScore($0, $1, average: average, sampleWeight: $2) }
    }

    fileprivate static func of(
        _ name: String, _ metric: @escaping @Sendable ([Model.Target], [Model.Target], [Double]?) throws -> Double
    ) -> Scorer {
        Scorer(name) { model, x, y, sampleWeight in try metric(y, model.predict(x), sampleWeight) }
    }
}

extension Scorer where Model.Target: ClassLabel {
    /// The mean of the classes' recalls: accuracy as it would be were all classes equally frequent.
    public static var balancedAccuracy: Scorer {
        of("balancedAccuracy") { try balancedAccuracyScore($0, $1, sampleWeight: $2) }
    }

    /// Matthews' correlation of true and predicted classes.
    public static var matthewsCorrcoef: Scorer {
        of("matthewsCorrcoef") { try Metrics.matthewsCorrcoef($0, $1, sampleWeight: $2) }
    }
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
    public static var rocAUC: Scorer { area("rocAUC", .raise) }
    /// The area under the receiver operating characteristic, the mean of each class against the rest.
    public static var rocAUCOvr: Scorer { area("rocAUCOvr", .ovr) }
    /// The area under the receiver operating characteristic, each class against the rest, weighted by their frequencies.
    public static var rocAUCOvrWeighted: Scorer { area("rocAUCOvrWeighted", .ovr, .weighted) }
    /// The area under the receiver operating characteristic, the mean of each class against each other.
    public static var rocAUCOvo: Scorer { area("rocAUCOvo", .ovo) }
    /// The area under the receiver operating characteristic, each class against each other, weighted by their frequencies.
    public static var rocAUCOvoWeighted: Scorer { area("rocAUCOvoWeighted", .ovo, .weighted) }

    /// The mean of the precisions at all thresholds, weighted by the gains in recall.
    public static var averagePrecision: Scorer {
        ofDecisions("averagePrecision") { try averagePrecisionScore($0, $1, sampleWeight: $2) }
    }

    private static func area(_ name: String, _ multiClass: MultiClass, _ average: Average = .macro) -> Scorer {
        ofDecisions(name) { try rocAUCScore($0, $1, average: average, sampleWeight: $2, multiClass: multiClass) }
    }
}

extension Scorer where Model: ProbabilisticClassifier, Model.Target: ClassLabel {
    /// The Brier score of the probabilities, negated.
    public static var negBrierScore: Scorer {
        ofDecisions("negBrierScore") { -(try brierScoreLoss($0, $1, sampleWeight: $2)) }
    }

    /// The share of samples of which the class is one of the two most probable.
    public static var topKAccuracy: Scorer {
        ofDecisions("topKAccuracy") { try topKAccuracyScore($0, $1, sampleWeight: $2) }
    }
}

extension Scorer where Model: ProbabilisticClassifier {
    /// A scorer of probabilities in the form in which curves take them: of two classes only the greater one's.
    fileprivate static func ofDecisions(
        _ name: String,
        _ metric: @escaping @Sendable ([Model.Target], Matrix<Model.Scalar>, [Double]?) throws -> Double
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
