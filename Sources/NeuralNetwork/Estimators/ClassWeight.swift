public import Estimators
package import LinearAlgebra

/// The weight of each class. It multiplies the sample weights.
///
/// ```swift
/// MLPClassifier(classWeight: .balanced)
/// MLPClassifier(classWeight: .weights([0: 1, 1: 5]))
/// ```
public enum ClassWeight<Label: ClassLabel>: Sendable, Equatable {
    /// The weight of a sample is n / (k · m), where n is the number of samples, k the number of classes, and m the
    /// number of samples of its class. All classes have the same total weight.
    ///
    /// These are the weights of scikit-learn's `compute_sample_weight`. For multilabel targets, each column has such
    /// weights for 0 and for 1, and the weight of a sample is the product of its weights over all columns.
    case balanced

    /// A weight for each class, at least 0 and finite. Classes that are not listed weigh 1.
    ///
    /// For multilabel targets, a label is a column number. The weight of a sample is the product of the weights of its
    /// labels.
    ///
    /// `fit` throws `EstimatorError.invalidParameter` for a weight that is negative or not finite. It also throws if a
    /// label is not a class while some class is not listed, because the label may be misspelled.
    case weights([Label: Double])
}

extension ClassWeight: CustomStringConvertible {
    /// `balanced`, or the classes in ascending order with their weights: `[0: 1.0, 1: 5.0]`.
    public var description: String {
        switch self {
        case .balanced: "balanced"
        case .weights(let weights):
            "["
                + weights.sorted { Label.precedes($0.key, $1.key) }.map { "\($0.key): \($0.value)" }
                .joined(separator: ", ") + "]"
        }
    }
}

extension ClassWeight {
    /// Returns the weight of every sample according to its classes.
    ///
    /// - Parameters:
    ///   - targets: samples × outputs, as `ClassificationTarget.encode` codes them.
    ///   - classes: all classes in ascending order.
    ///   - isMultilabel: whether each column is a class of its own.
    ///   - total: returns the counts of all samples from those of `targets`, which may be a part.
    /// - Throws: `EstimatorError.invalidParameter` for a weight that is negative or not finite, or if the weights name
    ///   an unknown label while a class has no weight: the label may be a typo.
    package func sampleWeights<Scalar: NetworkScalar>(
        _ targets: Matrix<Scalar>, classes: [Label], isMultilabel: Bool, total: ([Int]) throws -> [Int] = { $0 }
    ) throws -> [Double] {
        if case .weights(let weights) = self { try check(weights, classes: classes) }
        guard isMultilabel else {
            let numbers = classNumbers(targets)
            let factors = factors(of: classes, counts: try total(counts(numbers, of: classes.count)))
            return numbers.map { factors[$0] }
        }
        var result = [Double](repeating: 1, count: targets.rows)
        for column in 0..<targets.columns {
            let values = (0..<targets.rows).map { targets[$0, column] == 1 ? 1 : 0 }
            let factors: [Double] =
                switch self {
                case .balanced: balanced(try total(counts(values, of: 2)))
                case .weights(let weights): [1, weights[classes[column]] ?? 1]
                }
            for row in values.indices { result[row] *= factors[values[row]] }
        }
        return result
    }

    private func factors(of classes: [Label], counts: [Int]) -> [Double] {
        switch self {
        case .balanced: balanced(counts)
        case .weights(let weights): classes.map { weights[$0] ?? 1 }
        }
    }

    /// Returns n / (classes that occur · samples of the class) for each class.
    private func balanced(_ counts: [Int]) -> [Double] {
        let occurring = counts.count { $0 > 0 }
        let total = counts.reduce(0, +)
        return counts.map { $0 > 0 ? Double(total) / Double(occurring * $0) : 1 }
    }

    private func counts(_ numbers: [Int], of classes: Int) -> [Int] {
        numbers.reduce(into: [Int](repeating: 0, count: classes)) { $0[$1] += 1 }
    }

    private func classNumbers<Scalar: NetworkScalar>(_ targets: Matrix<Scalar>) -> [Int] {
        (0..<targets.rows).map { row in
            targets.columns == 1
                ? (targets[row, 0] == 1 ? 1 : 0)
                : (0..<targets.columns).first { targets[row, $0] == 1 } ?? 0
        }
    }

    private func check(_ weights: [Label: Double], classes: [Label]) throws {
        let known = Set(classes)
        let strangers = weights.keys.filter { !known.contains($0) }.sorted(by: Label.precedes)
        let isAllowed =
            weights.values.allSatisfy { $0 >= 0 && $0.isFinite }
            && (strangers.isEmpty || classes.allSatisfy { weights[$0] != nil })
        try Check.require(
            isAllowed, parameter: "classWeight", self,
            allowed: "balanced or finite weights of at least 0 for the classes (\(classes))")
    }
}
