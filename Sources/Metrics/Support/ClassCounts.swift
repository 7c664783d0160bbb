import Estimators
import LinearAlgebra

/// The numbers of correct, predicted and true assignments of each class (or sample).
///
/// With weights, the numbers are sums of weights.
struct ClassCounts {
    var truePositives: [Double]
    /// As `truePositives` + false positives.
    var predicted: [Double]
    /// As `truePositives` + false negatives.
    var actual: [Double]
    /// The number of all assignments, correct and wrong.
    var total: [Double]
}

extension ClassCounts {
    /// The counts of the given labels in their order, or of all; a label that does not occur counts 0.
    ///
    /// - Throws: `EstimatorError` when a label of a multilabel target is not one of its columns.
    init<Label: ClassLabel>(perClassOf pair: TargetPair<Label>, labels: [Label]? = nil) throws {
        var all = ClassCounts(zeros: pair.labels.count)
        switch pair.codes {
        case .classes(let truth, let prediction):
            for sample in 0..<pair.count {
                let weight = pair.weight(sample)
                all.actual[truth[sample]] += weight
                all.predicted[prediction[sample]] += weight
                if truth[sample] == prediction[sample] { all.truePositives[truth[sample]] += weight }
            }
        case .indicators(let truth, let prediction):
            for sample in 0..<pair.count {
                let weight = pair.weight(sample)
                for column in pair.labels.indices {
                    all.add(truth[sample][column], prediction[sample][column], weight, to: column)
                }
            }
        }
        let everything = pair.sampleWeight.map(pairwiseSum) ?? Double(pair.count)
        all.roundAsDifferences()
        let chosen = try all.positions(of: labels, in: pair)
        func counts(_ counts: [Double]) -> [Double] { chosen.map { $0.map { counts[$0] } ?? 0 } }
        self.init(
            truePositives: counts(all.truePositives), predicted: counts(all.predicted), actual: counts(all.actual),
            total: chosen.map { _ in everything })
    }

    /// The counts of each sample over the given columns of its indicators.
    ///
    /// - Throws: `EstimatorError` when the target is not multilabel, or a label is not one of its columns.
    init<Label: ClassLabel>(perSampleOf pair: TargetPair<Label>, labels: [Label]? = nil) throws {
        guard case .indicators(let truth, let prediction) = pair.codes else {
            throw EstimatorError.invalidInput(
                argument: "yTrue", problem: "must have rows of 0/1 indicators to be scored by sample, but has labels")
        }
        self.init(zeros: pair.count)
        let columns = try positions(of: labels, in: pair).compactMap { $0 }
        for sample in 0..<pair.count {
            let weight = pair.weight(sample)
            for column in columns { add(truth[sample][column], prediction[sample][column], weight, to: sample) }
            total[sample] = weight * Double(columns.count)
        }
        roundAsDifferences()
    }

    init(zeros count: Int) {
        let zeros = [Double](repeating: 0, count: count)
        self.init(truePositives: zeros, predicted: zeros, actual: zeros, total: zeros)
    }

    /// The summed counts of all classes.
    var summed: ClassCounts {
        ClassCounts(
            truePositives: [pairwiseSum(truePositives)], predicted: [pairwiseSum(predicted)],
            actual: [pairwiseSum(actual)], total: [pairwiseSum(total)])
    }

    private mutating func add(_ truth: Int, _ prediction: Int, _ weight: Double, to position: Int) {
        if truth == 1 { actual[position] += weight }
        if prediction == 1 { predicted[position] += weight }
        if truth == 1 && prediction == 1 { truePositives[position] += weight }
    }

    /// Adds correct and wrong predictions, so that rounding is scikit-learn's; reports print all digits of weighted
    /// sums.
    private mutating func roundAsDifferences() {
        for position in truePositives.indices {
            let right = truePositives[position]
            predicted[position] = right + (predicted[position] - right)
            actual[position] = right + (actual[position] - right)
        }
    }

    private func positions<Label: ClassLabel>(of labels: [Label]?, in pair: TargetPair<Label>) throws -> [Int?] {
        guard let labels else { return Array(pair.labels.indices) }
        let number = Dictionary(uniqueKeysWithValues: zip(pair.labels, 0...))
        for label in labels where pair.isMultilabel {
            try Check.require(
                number[label] != nil, parameter: "labels", label,
                allowed: "columns of the targets, 0 ... \(pair.labels.count - 1)")
        }
        return labels.map { number[$0] }
    }
}
