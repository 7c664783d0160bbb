public import Estimators
import Foundation
import LinearAlgebra

/// Precision, recall and F1 of every class, and their averages: what
/// ``classificationReport(_:_:labels:targetNames:sampleWeight:digits:zeroDivision:)`` returns.
///
/// ```swift
/// let report = try classificationReport(yTest, yPred, targetNames: iris.targetNames)
/// print(report)                        // scikit-learn's table
/// report["versicolor"]?.recall         // the numbers behind it
/// report.macroAvg.f1Score
/// ```
public struct ClassificationReport: Sendable, Codable, Equatable {
    /// The numbers of one line.
    public struct Scores: Sendable, Codable, Equatable {
        /// The fraction of the predictions of the class that are correct.
        public let precision: Double
        /// The fraction of the samples of the class that are predicted correctly.
        public let recall: Double
        /// The harmonic mean of precision and recall.
        public let f1Score: Double
        /// The number (or weight) of the samples of the class.
        public let support: Double
    }

    /// The line of one class.
    public struct Row: Sendable, Codable, Equatable {
        /// The class's name: of `targetNames`, or the label itself.
        public let name: String
        /// Its numbers.
        public let scores: Scores
    }

    /// One line for each class, in the order of the labels.
    public let classes: [Row]

    /// The fraction of correct predictions. nil for multilabel targets, and if `labels` leaves a class out; the text
    /// then shows the micro average instead.
    public let accuracy: Double?

    /// The scores of the summed counts of all classes.
    public let microAvg: Scores

    /// The means over the classes.
    public let macroAvg: Scores

    /// The means over the classes, weighted by support.
    public let weightedAvg: Scores

    /// The means over the samples; nil unless the targets are multilabel.
    public let samplesAvg: Scores?

    /// The number of digits after the point that the text shows.
    public let digits: Int

    /// The length of the longest name that the caller gave, which sets the width of the text.
    private let nameWidth: Int

    /// Whether supports are shown as counts, without a point.
    private let countsSamples: Bool

    /// The numbers of the line that starts with `name`: a class, "micro avg", "macro avg", "weighted avg" or "samples
    /// avg"; nil for other names. If a class has the same name as an average, this returns the average.
    public subscript(name: String) -> Scores? {
        averages.first { $0.name == name }?.scores ?? classes.last { $0.name == name }?.scores
    }

    private var averages: [Row] {
        let micro = accuracy == nil ? [Row(name: "micro avg", scores: microAvg)] : []
        let samples = samplesAvg.map { [Row(name: "samples avg", scores: $0)] } ?? []
        return micro + [Row(name: "macro avg", scores: macroAvg), Row(name: "weighted avg", scores: weightedAvg)]
            + samples
    }
}

// MARK: - Making

/// Precision, recall, F1 and support of every class, with their averages.
///
/// - Parameters:
///   - yTrue: the true targets, one per sample: labels, or rows of 0/1 indicators.
///   - yPred: the predicted targets, one per sample.
///   - labels: the classes (or columns of indicators) to report, in their order; nil for all that occur, in ascending
///     order.
///   - targetNames: names to show instead of the labels, in the same order. With `labels` the numbers may differ:
///     the rest of the longer list is not shown.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
///   - digits: the number of digits after the decimal point in the text, 0 ... 1000.
///   - zeroDivision: the score if its denominator is 0: 0, 1, or NaN, which averages ignore; nil for 0 with a warning.
/// - Returns: the numbers; their `description` is scikit-learn's text.
/// - Throws: `EstimatorError` for what ``accuracyScore(_:_:normalize:sampleWeight:)`` rejects, for empty `labels` or
///   labels that are no columns of a multilabel target, for another number of `targetNames` than classes where `labels`
///   is nil, and for `digits` or a `zeroDivision` out of range.
/// - Complexity: O(n + classes), for multilabel targets O(n · classes).
public func classificationReport<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], labels: [Target.Label]? = nil, targetNames: [String]? = nil,
    sampleWeight: [Double]? = nil, digits: Int = 2, zeroDivision: Double? = nil
) throws -> ClassificationReport {
    // The lines and the averages share their warnings.
    let (report, warnings) = try FitWarnings.collected {
        try ClassificationReport(
            TargetPair(yTrue, yPred, sampleWeight: sampleWeight), labels: labels, targetNames: targetNames,
            digits: digits, zeroDivision: zeroDivision)
    }
    for warning in warnings { FitWarnings.report(warning) }
    return report
}

extension ClassificationReport {
    init<Label: ClassLabel>(
        _ pair: TargetPair<Label>, labels: [Label]?, targetNames: [String]?, digits: Int, zeroDivision: Double?
    ) throws {
        try Check.require((0...1000).contains(digits), parameter: "digits", digits, allowed: "in 0 ... 1000")
        let shown = labels ?? pair.labels
        let names = targetNames ?? shown.map(reportName)
        for (name, count) in [("labels", shown.count), ("targetNames", names.count)] {
            try Check.require(count > 0, parameter: name, "[]", allowed: "a list with at least one element")
        }
        try Check.require(
            labels != nil || names.count == shown.count, parameter: "targetNames", "a list of \(names.count)",
            allowed: "one name for each of the \(shown.count) classes (\(listed(shown)))")
        func setwise(_ average: Average?) throws -> SetwiseScore {
            try SetwiseScore(pair, labels: labels, posLabel: nil, average: average, zeroDivision: zeroDivision)
        }
        let each = try setwise(nil)
        let (precision, recall, f1, support) = (each.precision, each.recall, each.fScore(beta: 1), each.counts.actual)
        let allSupport = pairwiseSum(support)
        func averaged(_ average: Average) throws -> Scores {
            let score = try setwise(average)
            return Scores(
                precision: score.averaged(\.precision), recall: score.averaged(\.recall),
                f1Score: score.averaged { $0.fScore(beta: 1) }, support: allSupport)
        }
        classes = zip(names, shown.indices).map { name, number in
            let scores = Scores(
                precision: precision[number], recall: recall[number], f1Score: f1[number], support: support[number])
            return Row(name: name, scores: scores)
        }
        microAvg = try averaged(.micro)
        macroAvg = try averaged(.macro)
        weightedAvg = try averaged(.weighted)
        samplesAvg = pair.isMultilabel ? try averaged(.samples) : nil
        accuracy = !pair.isMultilabel && Set(shown).isSuperset(of: pair.labels) ? microAvg.precision : nil
        self.digits = digits
        nameWidth = names.map(\.unicodeScalars.count).max() ?? 0
        // Without a correct prediction among the labels, scikit-learn's counts become floating-point numbers.
        let someAreRight = try pair.isMultilabel || ClassCounts(perClassOf: pair).truePositives.contains { $0 > 0 }
        countsSamples = pair.sampleWeight == nil && someAreRight
    }
}

/// A label as Python writes it.
private func reportName<Label: ClassLabel>(_ label: Label) -> String {
    (label as? Bool).map { $0 ? "True" : "False" } ?? "\(label)"
}

// MARK: - Text

extension ClassificationReport: CustomStringConvertible {
    /// scikit-learn's table.
    public var description: String {
        let width = max(nameWidth, "weighted avg".count, digits)
        func line(_ name: String, _ cells: [String]) -> String {
            name.padded(width) + " " + cells.map { " " + $0.padded(9) }.joined() + "\n"
        }
        func line(_ row: Row) -> String {
            let scores = row.scores
            return line(
                row.name,
                [scores.precision, scores.recall, scores.f1Score].map(text) + [supportText(scores.support)])
        }
        var lines = line("", ["precision", "recall", "f1-score", "support"]) + "\n"
        lines += classes.map(line).joined() + "\n"
        if accuracy != nil {
            lines += line("accuracy", ["", "", text(microAvg.f1Score), supportText(microAvg.support)])
        }
        return lines + averages.map(line).joined()
    }

    private func text(_ score: Double) -> String {
        score.isNaN ? "nan" : String(format: "%.*f", digits, score)
    }

    private func supportText(_ support: Double) -> String {
        countsSamples ? "\(Int(support))" : "\(support)"
    }
}

extension String {
    /// The text, right-aligned in `width` characters.
    fileprivate func padded(_ width: Int) -> String {
        String(repeating: " ", count: Swift.max(0, width - unicodeScalars.count)) + self
    }
}
