/// How many samples make one step of the stochastic solvers.
public enum BatchSize: Sendable, Equatable, Codable, ExpressibleByIntegerLiteral {
    /// 200, or all samples where there are fewer.
    case auto

    /// A number of samples of at least 1; more than there are means all.
    case count(Int)

    /// A number of samples.
    public init(integerLiteral value: Int) { self = .count(value) }

    /// The number for a table of `total` samples.
    func samples(of total: Int) -> Int {
        switch self {
        case .auto: min(200, total)
        case .count(let count): max(1, min(count, total))
        }
    }
}

extension BatchSize: CustomStringConvertible {
    /// `auto` or the number.
    public var description: String {
        switch self {
        case .auto: "auto"
        case .count(let count): "\(count)"
        }
    }
}
