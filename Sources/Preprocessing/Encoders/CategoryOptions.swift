import LinearAlgebra

/// Where the categories of every feature come from.
public enum Categories<Value: Category>: Hashable, Codable, Sendable, ExpressibleByArrayLiteral {
    /// From the data given to `fit`, in ascending order.
    case auto
    /// From this list for every feature, in the order given; numbers must be in ascending order.
    case given([[Value]])

    /// One list of categories for every feature.
    public init(arrayLiteral lists: [Value]...) { self = .given(lists) }
}

extension Categories<Double> {
    /// The categories rounded to the precision of the features.
    func rounded<Scalar: MatrixScalar>(to _: Scalar.Type) -> Categories {
        switch self {
        case .auto: .auto
        case .given(let lists): .given(lists.map { $0.map { Double(Scalar($0)) } })
        }
    }
}

/// How often a category must occur to have a code of its own; a literal is enough.
public enum MinFrequency: Hashable, Codable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    /// At least this often; 1 or greater.
    case count(Int)
    /// In at least this share of the samples, in (0, 1).
    case share(Double)

    /// At least this often.
    public init(integerLiteral value: Int) { self = .count(value) }

    /// In at least this share of the samples.
    public init(floatLiteral value: Double) { self = .share(value) }

    /// The least number of occurrences that is frequent.
    func threshold(nSamples: Int) -> Double {
        switch self {
        case .count(let count): Double(count)
        case .share(let share): Double(nSamples) * share
        }
    }

    var isAllowed: Bool {
        switch self {
        case .count(let count): count >= 1
        case .share(let share): share > 0 && share < 1
        }
    }
}
