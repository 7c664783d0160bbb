import Foundation

/// Maps the values of one axis to positions.
enum Scale: Sendable, Equatable {
    /// Equal distances for equal differences.
    case linear(ClosedRange<Double>)
    /// A linear scale of counts.
    case counts(ClosedRange<Double>)
    /// Equal distances for equal ratios; the range is positive.
    case logarithmic(ClosedRange<Double>)
    /// One position of equal width for each name. The first name has the value 0. The outer edges are the ends of the
    /// axis.
    case category([String])

    /// Returns a linear scale for the values, with some padding. Values that are not finite are ignored.
    static func linear(covering values: some Sequence<Double>, padding: Double = 0.04) -> Scale {
        guard let range = Scale.extent(values) else { return .linear(0...1) }
        let (lower, upper) = (range.lowerBound, range.upperBound)
        // Differences far below the values themselves are rounding errors, which an axis would magnify.
        let least = max(1e-290, max(abs(lower), abs(upper)) * 1e-9)
        if upper - lower <= least {
            let room = max(abs(lower), abs(upper)) * 0.1
            let half = room > 1e-280 ? room : 0.5
            return .linear((lower - half)...(upper + half))
        }
        let room = (upper - lower) * padding
        return .linear((lower - room)...(upper + room))
    }

    /// Returns a scale for epoch numbers, from the first.
    static func counts(to last: Int) -> Scale {
        let room = max(0.5, Double(last) * 0.03)
        return .counts((1 - room)...(Double(last) + room))
    }

    /// Returns a logarithmic scale for the values, or a linear one if a value is not positive.
    static func logarithmic(covering values: some Sequence<Double>) -> Scale {
        guard let range = Scale.extent(values), range.lowerBound > 1e-290 else { return .linear(covering: values) }
        // With more padding, the ends of such a wide axis would not be finite.
        let ratio = min(range.upperBound / range.lowerBound, 1e200)
        let room = ratio > 1.0001 ? pow(ratio, 0.04) : 2
        return .logarithmic((range.lowerBound / room)...(range.upperBound * room))
    }

    /// Returns the smallest range that contains all finite values; nil if there are none.
    ///
    /// Values are limited to ±10³⁰⁰, beyond which an axis cannot distinguish numbers.
    private static func extent(_ values: some Sequence<Double>) -> ClosedRange<Double>? {
        let finite = values.lazy.filter(\.isFinite).map { max(-1e300, min(1e300, $0)) }
        guard let lower = finite.min(), let upper = finite.max() else { return nil }
        return lower...upper
    }

    /// Returns the position of the value on the axis, from 0 to 1; NaN if it has none.
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

    /// Returns the ticks of a numeric scale, or the names of a category scale.
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
    /// Creates a tick for each name.
    fileprivate init(names: [String]) {
        values = names.indices.map(Double.init)
        labels = names
    }
}
