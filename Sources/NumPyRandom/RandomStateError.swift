/// An error of ``RandomState``. The generator is unchanged when it is thrown.
public enum RandomStateError: Error, Equatable, Sendable {
    /// The requested number of values is negative.
    case negativeSize(argument: String, value: Int)

    /// The requested number of values exceeds the memory.
    case sizeTooLarge(argument: String, value: Int)

    /// There is no integer in [`low`, `high`).
    case emptyRange(low: Int, high: Int)

    /// The distance from `low` to `high` is NaN or infinite.
    case rangeNotFinite(low: Double, high: Double)

    /// A standard deviation or another scale is negative.
    case negativeScale(Double)

    /// The mean of a Poisson distribution is negative, NaN or too large for an `Int`.
    case invalidPoissonMean(Double)

    /// There are no elements to choose from.
    case emptyPopulation(Int)

    /// More different elements are requested than exist.
    case sampleTooLarge(size: Int, population: Int)

    /// The number of probabilities differs from the number of elements.
    case probabilityCount(Int, population: Int)

    /// The probability at `index` is negative, infinite or NaN.
    case invalidProbability(index: Int, value: Double)

    /// The probabilities do not sum to 1.
    case probabilitySum(Double)

    /// More different elements are requested than have a positive probability.
    case tooFewCandidates(size: Int, candidates: Int)
}

extension RandomStateError: CustomStringConvertible {
    /// A sentence that names the argument, its value and what is allowed.
    public var description: String {
        switch self {
        case .negativeSize(let argument, let value):
            "\(argument) must be at least 0, but is \(value)."
        case .sizeTooLarge(let argument, let value):
            "\(argument) must be a number of values that fits in memory, but is \(value)."
        case .emptyRange(let low, let high):
            "low must be less than high, but low is \(low) and high is \(high)."
        case .rangeNotFinite(let low, let high):
            "high - low must be finite, but low is \(low) and high is \(high)."
        case .negativeScale(let scale):
            "scale must be at least 0, but is \(scale)."
        case .invalidPoissonMean(let lam):
            "lam must be from 0 to \(RandomState.largestPoissonMean), but is \(lam)."
        case .emptyPopulation(let population):
            "The population to choose from must have at least 1 element, but has \(population)."
        case .sampleTooLarge(let size, let population):
            "size must be at most the population's \(population) when replace is false, but is \(size)."
        case .probabilityCount(let count, let population):
            "p must have one probability for each of the population's \(population) elements, but has \(count)."
        case .invalidProbability(let index, let value):
            "p must hold numbers from 0 to 1, but p[\(index)] is \(value)."
        case .probabilitySum(let sum):
            "p must sum to 1, but sums to \(sum)."
        case .tooFewCandidates(let size, let candidates):
            "size must be at most the \(candidates) elements of positive probability when replace is false, but is \(size)."
        }
    }
}
