/// Why an estimator, a metric or a split rejected its arguments.
///
/// Each description is one sentence that names the argument, its value and what is allowed.
public enum EstimatorError: Error, Equatable, Sendable {
    /// A parameter has a value that is not allowed.
    case invalidParameter(name: String, value: String, allowed: String)

    /// Data cannot be used. `problem` is the rest of the sentence after the argument's name.
    case invalidInput(argument: String, problem: String)

    /// The method needs a fitted estimator.
    case notFitted(estimator: String)

    /// Training produced a loss or a weight that is NaN or infinite.
    case diverged(iteration: Int?)

    /// The combination is part of the interface, but this version cannot compute it yet.
    case notSupported(String)
}

extension EstimatorError: CustomStringConvertible {
    /// One sentence that names the argument, its value and what is allowed.
    public var description: String {
        switch self {
        case .invalidParameter(let name, let value, let allowed):
            "\(name) must be \(allowed), but is \(value)."
        case .invalidInput(let argument, let problem):
            "\(argument) \(problem)."
        case .notFitted(let estimator):
            "this \(estimator) is not fitted yet: call fit before using it."
        case .diverged(let iteration):
            "training diverged\(iteration.map { " in iteration \($0)" } ?? ""): the loss or a weight is no longer finite. Scale the features (StandardScaler) or choose a smaller learningRateInit."
        case .notSupported(let what):
            "\(what) is not supported yet."
        }
    }
}

extension String {
    /// The text without the full stop at its end, to be quoted within a sentence.
    package var withoutFullStop: String { hasSuffix(".") && !hasSuffix("..") ? String(dropLast()) : self }
}
