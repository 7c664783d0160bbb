import Foundation
import SwiftMLP

/// The scores of predictions, each with the bounds of a 95 % interval.
public enum Scores {
    /// A score by its name, of predictions for some rows.
    private typealias Metric = (name: String, value: (Sample) throws -> Double)

    /// Predictions and true values of some rows.
    private struct Sample {
        var labels: [Int] = []
        var predicted: [Int] = []
        var probabilities = Matrix<Double>(rows: 0, columns: 0, elements: [])
        var truth: [Double] = []
        var numbers: [Double] = []

        func selecting(_ rows: [Int]) -> Sample {
            var sample = self
            if labels.isEmpty {
                (sample.truth, sample.numbers) = (rows.map { truth[$0] }, rows.map { numbers[$0] })
            } else {
                (sample.labels, sample.predicted) = (rows.map { labels[$0] }, rows.map { predicted[$0] })
                sample.probabilities = probabilities.selectingRows(rows)
            }
            return sample
        }
    }

    /// The scores of predictions for rows whose true values are known.
    ///
    /// Intervals are those of the bootstrap's normal approximation. Source: B. Efron, R. J. Tibshirani, "An Introduction to
    /// the Bootstrap", 1993.
    ///
    /// - Parameter hasIntervals: whether to compute the intervals, which takes most of the time.
    /// - Throws: `WorkflowError` for classes that the model does not know, or a truth of another kind.
    public static func of(
        _ predictions: Predictions, truth: Truth, hasIntervals: Bool = true
    ) throws -> [ModelCard.Score] {
        let (sample, metrics) = try metrics(predictions, truth)
        let rows = truth.count
        guard rows > 0 else { throw WorkflowError("there are no rows to score") }
        let classes = Set(sample.labels).count
        // The cost of a repetition grows with rows and classes.
        let repeats = hasIntervals ? max(20, min(200, 1_000_000 / rows, 4_000_000 / (rows * max(1, classes)))) : 0
        var generator = SplitMix(state: 1)
        var draws = [[Double]](repeating: [], count: metrics.count)
        for _ in 0..<repeats {
            let chosen = (0..<rows).map { _ in Int.random(in: 0..<rows, using: &generator) }
            let part = sample.selecting(chosen)
            // Scores of classes need all of them.
            guard Set(part.labels).count == classes else { continue }
            for (index, metric) in metrics.enumerated() {
                if let value = try? metric.value(part), value.isFinite { draws[index].append(value) }
            }
        }
        return metrics.enumerated().compactMap { index, metric in
            guard let value = try? metric.value(sample), value.isFinite else { return nil }
            var score = ModelCard.Score(name: metric.name, value: value)
            let values = draws[index]
            if values.count >= 20 {
                let mean = values.reduce(0, +) / Double(values.count)
                let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
                (score.low, score.high) = (value - 1.96 * variance.squareRoot(), value + 1.96 * variance.squareRoot())
            }
            return score
        }
    }

    private static func metrics(_ predictions: Predictions, _ truth: Truth) throws -> (Sample, [Metric]) {
        switch (predictions, truth) {
        case (.numbers(let numbers), .numbers(let truth)):
            return (
                Sample(truth: truth, numbers: numbers),
                [
                    ("R²", { try r2Score($0.truth, $0.numbers) }),
                    ("root mean squared error", { try rootMeanSquaredError($0.truth, $0.numbers) }),
                    ("mean absolute error", { try meanAbsoluteError($0.truth, $0.numbers) }),
                    ("median absolute error", { try medianAbsoluteError($0.truth, $0.numbers) }),
                ]
            )
        case (.probabilities(let probabilities, let classes), .labels(let labels)):
            let numbers = Dictionary(uniqueKeysWithValues: zip(classes, 0...))
            let known = try labels.map { label in
                guard let number = numbers[label] else {
                    throw WorkflowError(
                        "the model knows the classes \(classes.joined(separator: ", ")), but the data have \(label)")
                }
                return number
            }
            let predicted = (predictions.labels ?? []).map { numbers[$0] ?? 0 }
            let all = Array(classes.indices)
            let sample = Sample(
                labels: known, predicted: predicted,
                probabilities: probabilities)
            var metrics: [Metric] = [
                ("accuracy", { try accuracyScore($0.labels, $0.predicted) }),
                ("balanced accuracy", { try balancedAccuracyScore($0.labels, $0.predicted) }),
                ("log loss", { try logLoss($0.labels, $0.probabilities, labels: all) }),
                ("Brier score", { try brierScoreLoss($0.labels, $0.probabilities, labels: all) }),
                ("F1, macro", { try f1Score($0.labels, $0.predicted, average: .macro) }),
            ]
            if classes.count == 2 {
                metrics.append(("ROC AUC", { try rocAUCScore($0.labels, $0.probabilities.column(1)) }))
            } else {
                metrics.append(
                    (
                        "ROC AUC, one-vs-rest",
                        { try rocAUCScore($0.labels, $0.probabilities, multiClass: .ovr, labels: all) }
                    ))
            }
            return (sample, metrics)
        case (.numbers, .labels):
            throw WorkflowError("the model predicts numbers, but the target holds classes")
        case (.probabilities, .numbers):
            throw WorkflowError("the model predicts classes, but the target holds numbers")
        }
    }

    /// What a model without features predicts: the shares of the classes, or the mean.
    public static func baseline(_ truth: Truth, train: Truth, classes: [String]) -> Predictions {
        switch train {
        case .numbers(let numbers):
            let mean = numbers.reduce(0) { $0 + $1 / Double(numbers.count) }
            return .numbers(Array(repeating: mean, count: truth.count))
        case .labels(let labels):
            var counts: [String: Int] = [:]
            for label in labels { counts[label, default: 0] += 1 }
            let shares = classes.map { Double(counts[$0] ?? 0) / Double(labels.count) }
            let elements = (0..<truth.count).flatMap { _ in shares }
            return .probabilities(
                Matrix(rows: truth.count, columns: classes.count, elements: elements), classes: classes)
        }
    }
}

/// Random numbers that are the same in every run. Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom
/// number generators", 2014.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
