import Estimators
import LinearAlgebra
import Metrics

extension Scorer where Model.Target: ClassificationTarget {
    /// The share of samples predicted right.
    public static var accuracy: Scorer {
        Scorer("accuracy") { model, x, y in try accuracyScore(y, model.predict(x)) }
    }

    /// The F1 score of the positive class of two, 1 or `true`.
    public static var f1: Scorer { f1("f1", .binary) }
    /// The mean of the classes' F1 scores.
    public static var f1Macro: Scorer { f1("f1Macro", .macro) }
    /// The F1 score of all classes' counts together.
    public static var f1Micro: Scorer { f1("f1Micro", .micro) }
    /// The mean of the classes' F1 scores, weighted by their frequencies.
    public static var f1Weighted: Scorer { f1("f1Weighted", .weighted) }

    /// The precision of the positive class of two, 1 or `true`.
    public static var precision: Scorer { precision("precision", .binary) }
    /// The mean of the classes' precisions.
    public static var precisionMacro: Scorer { precision("precisionMacro", .macro) }
    /// The precision of all classes' counts together.
    public static var precisionMicro: Scorer { precision("precisionMicro", .micro) }
    /// The mean of the classes' precisions, weighted by their frequencies.
    public static var precisionWeighted: Scorer { precision("precisionWeighted", .weighted) }

    /// The recall of the positive class of two, 1 or `true`.
    public static var recall: Scorer { recall("recall", .binary) }
    /// The mean of the classes' recalls.
    public static var recallMacro: Scorer { recall("recallMacro", .macro) }
    /// The recall of all classes' counts together.
    public static var recallMicro: Scorer { recall("recallMicro", .micro) }
    /// The mean of the classes' recalls, weighted by their frequencies.
    public static var recallWeighted: Scorer { recall("recallWeighted", .weighted) }

    private static func f1(_ name: String, _ average: Average) -> Scorer {
        Scorer(name) { model, x, y in try f1Score(y, model.predict(x), average: average) }
    }

    private static func precision(_ name: String, _ average: Average) -> Scorer {
        Scorer(name) { model, x, y in try precisionScore(y, model.predict(x), average: average) }
    }

    private static func recall(_ name: String, _ average: Average) -> Scorer {
        Scorer(name) { model, x, y in try recallScore(y, model.predict(x), average: average) }
    }
}

extension Scorer where Model.Target: ClassLabel {
    /// The mean of the classes' recalls: accuracy as it would be were all classes equally frequent.
    public static var balancedAccuracy: Scorer {
        Scorer("balancedAccuracy") { model, x, y in try balancedAccuracyScore(y, model.predict(x)) }
    }

    /// Matthews' correlation of true and predicted classes.
    public static var matthewsCorrcoef: Scorer {
        Scorer("matthewsCorrcoef") { model, x, y in try Metrics.matthewsCorrcoef(y, model.predict(x)) }
    }
}

// MARK: - Of probabilities

extension Scorer where Model: ProbabilisticClassifier {
    /// The logistic loss of the probabilities, negated.
    public static var negLogLoss: Scorer {
        Scorer("negLogLoss") { model, x, y in -(try logLoss(y, model.predictProba(x))) }
    }

    /// The area under the receiver operating characteristic, for two classes or rows of indicators.
    public static var rocAUC: Scorer { area("rocAUC", .raise) }
    /// The area under the receiver operating characteristic, the mean of each class against the rest.
    public static var rocAUCOvr: Scorer { area("rocAUCOvr", .ovr) }
    /// The area under the receiver operating characteristic, the mean of each class against each other.
    public static var rocAUCOvo: Scorer { area("rocAUCOvo", .ovo) }

    /// The mean of the precisions at all thresholds, weighted by the gains in recall.
    public static var averagePrecision: Scorer {
        Scorer("averagePrecision") { model, x, y in try averagePrecisionScore(y, decisionScores(of: model, x)) }
    }

    private static func area(_ name: String, _ multiClass: MultiClass) -> Scorer {
        Scorer(name) { model, x, y in try rocAUCScore(y, decisionScores(of: model, x), multiClass: multiClass) }
    }

    /// The probabilities in the form in which curves take them: of two classes only the greater one's.
    private static func decisionScores(of model: Model, _ x: Model.Features) throws -> Matrix<Model.Scalar> {
        let probabilities = try model.predictProba(x)
        guard !Model.Target.isMultilabel, probabilities.columns == 2 else { return probabilities }
        let positive = (0..<probabilities.rows).map { probabilities[$0, 1] }
        return Matrix(rows: probabilities.rows, columns: 1, elements: positive)
    }
}
