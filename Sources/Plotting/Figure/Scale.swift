import Foundation

/// How the values of one axis become places on it.
enum Scale: Sendable, Equatable {
    /// Equal distances for equal differences.
    case linear(ClosedRange<Double>)
    /// A linear scale of things that are counted.
    case counts(ClosedRange<Double>)
    /// Equal distances for equal ratios; the range is positive.
    case logarithmic(ClosedRange<Double>)
    /// One place of equal width for each name; the value of the first is 0. Nothing lies beyond the outer edges.
    case category([String])

    /// A linear scale for the values, with a little room around them. Values that are not finite do not count.
    static func linear(covering values: some Sequence<Double>, padding: Double = 0.04) -> Scale {
        guard let range = Scale.extent(values) else { return .linear(0...1) }
        let (lower, upper) = (range.lowerBound, range.upperBound)
        // Differences far below the values themselves are rounding, which an axis would blow up.
        let least = max(1e-290, max(abs(lower), abs(upper)) * 1e-9)
        if upper - lower <= least {
            let room = max(abs(lower), abs(upper)) * 0.1
            let half = room > 1e-280 ? room : 0.5
            return .linear((lower - half)...(upper + half))
        }
        let room = (upper - lower) * padding
        return .linear((lower - room)...(upper + room))
    }

    /// A scale for numbers of epochs, from the first.
    static func counts(to last: Int) -> Scale {
        let room = max(0.5, Double(last) * 0.03)
        return .counts((1 - room)...(Double(last) + room))
    }

    /// A logarithmic scale for the values, or a linear one where some are not positive.
    static func logarithmic(covering values: some Sequence<Double>) -> Scale {
        guard let range = Scale.extent(values), range.lowerBound > 1e-290 else { return .linear(covering: values) }
        // With more room the ends of so wide an axis would be no numbers.
        let ratio = min(range.upperBound / range.lowerBound, 1e200)
        let room = ratio > 1.0001 ? pow(ratio, 0.04) : 2
        return .logarithmic((range.lowerBound / room)...(range.upperBound * room))
    }

    /// The smallest range with all the finite values; nil where there are none.
    ///
    /// What no axis could show in numbers that can be told apart is cut off at 10³⁰⁰.
    private static func extent(_ values: some Sequence<Double>) -> ClosedRange<Double>? {
        let finite = values.lazy.filter(\.isFinite).map { max(-1e300, min(1e300, $0)) }
        guard let lower = finite.min(), let upper = finite.max() else { return nil }
        return lower...upper
    }

    /// Where the value lies between the ends of the axis, 0 being its beginning and 1 its end; NaN where it has no place.
    func fraction(_ value: Double) -> Double {
        switch self {
        case .linear(let range), .counts(let range):
            let span = range.upperBound / 2 - range.lowerBound / 2
            return (value / 2 - range.lowerBound / 2) / span
        case .logarithmic(let range):
            guard value > 0 else { return .nan }
            return (log(value) - log(range.lowerBound)) / (log(range.upperBound) - log(range.lowerBound))
        case .category(let names):
            return (value + 0.5) / Double(max(names.count, 1))
        }
    }

    /// The ticks of a numeric scale, or the names of a category scale.
    func ticks(atMost limit: Int) -> Ticks {
        switch self {
        case .linear(let range): .linear(in: range, atMost: limit)
        case .counts(let range): .linear(in: range, atMost: limit, wholeNumbers: true)
        case .logarithmic(let range): .logarithmic(in: range, atMost: limit)
        case .category(let names): Ticks(names: names)
        }
    }

    /// The names; nil for a numeric scale.
    var names: [String]? {
        if case .category(let names) = self { names } else { nil }
    }
}

extension Ticks {
    /// A tick for each name.
    fileprivate init(names: [String]) {
        values = names.indices.map(Double.init)
        labels = names
    }
}
