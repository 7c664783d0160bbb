import Estimators

/// The common part of precision, recall, F and Jaccard scores: counts to divide, and the average of the quotients.
struct SetwiseScore {
    /// The counts of each class, of each sample, or of all together, as the average requires.
    let counts: ClassCounts
    private let average: Average?
    /// The value of 0 / 0; nil for 0 with a warning.
    private let zeroDivision: Double?
    private let sampleWeight: [Double]?

    /// - Throws: `EstimatorError` for targets that differ in number, and for an average, a label or a value of 0 / 0 that
    ///   they do not allow.
    init<Target: ClassificationTarget>(
        _ yTrue: [Target], _ yPred: [Target], _ labels: [Target.Label]?, _ posLabel: Target.Label?, _ average: Average?,
        _ sampleWeight: [Double]?, _ zeroDivision: Double?
    ) throws {
        try self.init(
            TargetPair(yTrue, yPred, sampleWeight: sampleWeight), labels: labels, posLabel: posLabel, average: average,
            zeroDivision: zeroDivision)
    }

    init<Label: ClassLabel>(
        _ pair: TargetPair<Label>, labels: [Label]?, posLabel: Label?, average: Average?, zeroDivision: Double?
    ) throws {
        try Check.require(
            zeroDivision.map { [0, 1].contains($0) || $0.isNaN } ?? true, parameter: "zeroDivision", zeroDivision ?? 0,
            allowed: "0, 1 or NaN")
        if let posLabel, average != .binary, posLabel != conventionalPositive() {
            FitWarnings.warn(
                "posLabel \(posLabel) has no effect unless average is .binary: use labels: [\(posLabel)] for a single class.",
                kind: "posLabel has no effect")
        }
        self.average = average
        self.zeroDivision = zeroDivision
        sampleWeight = pair.sampleWeight
        switch average {
        case .binary: counts = try SetwiseScore.binaryCounts(pair, posLabel: posLabel)
        case .samples: counts = try ClassCounts(perSampleOf: pair, labels: labels)
        case .micro: counts = try ClassCounts(perClassOf: pair, labels: labels).summed
        case .macro, .weighted, nil: counts = try ClassCounts(perClassOf: pair, labels: labels)
        }
    }

    private static func binaryCounts<Label: ClassLabel>(
        _ pair: TargetPair<Label>, posLabel: Label?
    ) throws -> ClassCounts {
        let target = pair.isMultilabel ? "multilabel targets" : "\(pair.labels.count) classes"
        try Check.require(
            !pair.isMultilabel && pair.labels.count <= 2, parameter: "average", ".binary",
            allowed: ".micro, .macro, .weighted\(pair.isMultilabel ? ", .samples" : "") or nil for \(target)")
        let positive = posLabel ?? conventionalPositive()
        if let positive, pair.labels.contains(positive) {
            return try ClassCounts(perClassOf: pair, labels: [positive])
        }
        try Check.require(
            pair.labels.count < 2, parameter: "posLabel", posLabel.map { "\($0)" } ?? "nil",
            allowed: "one of the labels (\(listed(pair.labels))) for average: .binary")
        return ClassCounts(zeros: 1)
    }

    /// The quotients, with 0 / 0 replaced.
    ///
    /// - Parameters:
    ///   - name: the score's name, for a warning.
    ///   - absent: what classes without the score lack: `predictions`.
    func divide(
        _ numerators: [Double], by denominators: [Double], _ name: String, absent: String
    ) -> [Double] {
        if zeroDivision == nil, denominators.contains(0) {
            let place =
                switch average {
                case .samples: " of samples"
                case .binary, .micro: ""
                case .macro, .weighted, nil: " of classes"
                }
            FitWarnings.warn(
                "\(name)\(place) without \(absent) is undefined and counts as 0; zeroDivision chooses another value.")
        }
        return zip(numerators, denominators).map { $1 == 0 ? zeroDivision ?? 0 : $0 / $1 }
    }

    /// The requested average of the quotients; NaN if there are none.
    func averaged(_ quotients: (SetwiseScore) -> [Double]) -> Double {
        let scores = quotients(self)
        return switch average {
        case .weighted: averageIgnoringNaN(scores, weights: counts.actual)
        case .samples: averageIgnoringNaN(scores, weights: sampleWeight)
        case .binary, .micro, .macro, nil: averageIgnoringNaN(scores, weights: nil)
        }
    }

    // MARK: - The quotients

    /// Precision: the fraction of predictions that are correct.
    var precision: [Double] {
        divide(counts.truePositives, by: counts.predicted, "Precision", absent: "predictions")
    }

    /// Recall: the fraction of true samples that are predicted.
    var recall: [Double] {
        divide(counts.truePositives, by: counts.actual, "Recall", absent: "true samples")
    }

    /// The weighted harmonic mean of precision and recall, in which recall has β² times the weight of precision.
    func fScore(beta: Double) -> [Double] {
        let square = beta * beta
        if square == 0 { return precision }
        if square.isInfinite { return recall }
        return divide(
            counts.truePositives.map { (1 + square) * $0 },
            by: zip(counts.actual, counts.predicted).map { square * $0 + $1 }, "The F score",
            absent: "true samples and predictions")
    }

    /// The Jaccard score: of the true or predicted samples, the fraction that are both.
    var jaccard: [Double] {
        divide(
            counts.truePositives,
            by: counts.truePositives.indices.map {
                counts.predicted[$0] + (counts.actual[$0] - counts.truePositives[$0])
            }, "The Jaccard score", absent: "true samples and predictions")
    }
}
