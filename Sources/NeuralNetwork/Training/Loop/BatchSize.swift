/// The number of samples in a mini-batch of the stochastic solvers.
public enum BatchSize: Sendable, Equatable, Codable, ExpressibleByIntegerLiteral {
    /// 200, or all samples if there are fewer.
    case auto

    /// The given number of samples, at least 1. If there are fewer, a batch has all samples.
    case count(Int)

    /// Creates a batch size of the given number of samples.
    public init(integerLiteral value: Int) { self = .count(value) }

    /// Returns the batch size for `total` samples.
    func samples(of total: Int) -> Int {
        switch self {
        case .auto: min(200, total)
        case .count(let count): max(1, min(count, total))
        }
    }
}

extension BatchSize: CustomStringConvertible {
    /// `auto`, or the number.
    public var description: String {
        switch self {
        case .auto: "auto"
        case .count(let count): "\(count)"
        }
    }
}
