import Estimators

/// How the scores of several outputs are combined into one number.
///
/// An array literal is ``weights(_:)``. Scores with a `MultiOutput` also accept `multioutput: .rawValues` and then
/// return one score for each output.
public enum MultiOutput: Sendable, Codable, Equatable {
    /// The mean.
    case uniformAverage
    /// The mean, weighted by the variances of the targets; for R² and the explained variance.
    case varianceWeighted
    /// The mean with one weight per output.
    case weights([Double])
}

extension MultiOutput: ExpressibleByArrayLiteral {
    /// One weight per output.
    public init(arrayLiteral weights: Double...) { self = .weights(weights) }
}

/// The type of `multioutput: .rawValues`, which returns one score for each output.
public enum RawValues: Sendable {
    /// The scores as they are.
    case rawValues
}

extension MultiOutput {
    /// The combination of the scores of the outputs.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for weights that are not finite, sum to 0, or are not one for each
    ///   of several outputs, and for `.varianceWeighted` without variances.
    func combine(_ scores: [Double], variances: [Double]? = nil) throws -> Double {
        switch self {
        case .uniformAverage: return average(scores, weights: nil)
        case .varianceWeighted:
            try Check.require(
                variances != nil, parameter: "multioutput", ".varianceWeighted",
                allowed: ".uniformAverage, .rawValues or weights for this score")
            return average(scores, weights: variances.flatMap { $0.contains { $0 != 0 } ? $0 : nil })
        case .weights(let weights):
            let areAllowed =
                scores.count > 1 && weights.count == scores.count && weights.allSatisfy(\.isFinite)
                && weights.reduce(0, +) != 0
            try Check.require(
                areAllowed, parameter: "multioutput", "[\(listed(weights))]",
                allowed: scores.count > 1
                    ? "a list of \(scores.count) finite weights, one per output, whose sum is not 0"
                    : "no list of weights for a single output")
            return average(scores, weights: weights)
        }
    }
}
