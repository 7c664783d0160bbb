import Estimators
package import Tables

/// How a network sees one column of a table.
package enum ColumnEncoding: Equatable, Sendable, Codable {
    /// The column says nothing: all its values are the same.
    case ignored(kind: Table.ColumnKind)
    /// A number, and an indicator of gaps if there are any in the training data.
    case number(ScaledNumber, marksGaps: Indicator?)
    /// The parts of a date that differ, and an indicator of gaps if there are any in the training data.
    case dates([ScaledPart], marksGaps: Indicator?)
    /// One indicator per category.
    case oneHot([String], [Indicator], marksGaps: Bool)
    /// The index of an embedding: 0 for unknown categories; gaps have the last one if they occur in the training data.
    case embedded([String], marksGaps: Bool)

    /// What the column holds.
    package var kind: Table.ColumnKind {
        switch self {
        case .ignored(let kind): kind
        case .number, .dates: .numbers
        case .oneHot, .embedded: .strings
        }
    }
}

extension ColumnEncoding {
    /// The numbers of the column, each with the part of a date that it is; nil for the column's own numbers.
    package var numbers: [(part: CalendarPart?, scale: ScaledNumber)] {
        switch self {
        case .number(let scale, _): [(nil, scale)]
        case .dates(let parts, _): parts.map { ($0.part, $0.scale) }
        case .ignored, .oneHot, .embedded: []
        }
    }

    /// The indicator of gaps of numbers; nil without one.
    package var gapMark: Indicator? {
        switch self {
        case .number(_, let mark), .dates(_, let mark): mark
        case .ignored, .oneHot, .embedded: nil
        }
    }
}

/// A part of a date, scaled.
package struct ScaledPart: Equatable, Sendable, Codable {
    package let part: CalendarPart
    package let scale: ScaledNumber
}

/// A number that is centered, scaled and smoothly clipped.
///
/// The center is the median, the scale the distance between the quartiles, or half the range if the quartiles are equal.
/// Source: D. Holzmüller and others, "Better by default", 2024.
package struct ScaledNumber: Equatable, Sendable, Codable {
    package let center: Double
    package let factor: Double
    package let clip: Double
    /// Ascending scaled numbers between which embeddings are linear; empty for other embeddings.
    package var knots: [Double] = []

    /// Fits numbers without gaps; nil if they are all the same.
    init?(_ values: [Double], clip: Double, bins: Int = 0) {
        let sorted = values.sorted()
        guard let least = sorted.first, let greatest = sorted.last, least < greatest else { return nil }
        func quantile(_ fraction: Double) -> Double {
            let place = fraction * Double(sorted.count - 1)
            let index = Int(place)
            let (low, high) = (sorted[index], sorted[min(index + 1, sorted.count - 1)])
            let (part, distance) = (place - Double(index), high - low)
            // The distance of finite numbers may be infinite.
            return distance.isFinite ? low + distance * part : low * (1 - part) + high * part
        }
        center = quantile(0.5)
        let (low, high) = (quantile(0.25), quantile(0.75))
        let spread = high - low
        let halves = greatest * 0.5 - least * 0.5
        let scale = spread > 0 ? spread : halves
        factor = scale.isFinite ? 1 / max(scale, .leastNormalMagnitude) : 0.5 / (high * 0.5 - low * 0.5)
        self.clip = clip
        if bins > 0 {
            // Few different values are a knot each.
            var distinct: [Double] = []
            for value in sorted where distinct.count <= bins + 1 && distinct.last != value { distinct.append(value) }
            let places =
                distinct.count <= bins + 1 ? distinct : (0...bins).map { quantile(Double($0) / Double(bins)) }
            for place in places {
                let knot = scaled(place)
                if knots.last.map({ knot > $0 + 1e-6 }) ?? true { knots.append(knot) }
            }
            // A column has at least one bin.
            if knots.count == 1 { knots.append(knots[0] + 1) }
        }
    }

    /// The scaled number, in ±clip.
    func scaled(_ value: Double) -> Double {
        let x = (value * factor - center * factor) / clip
        guard x.isFinite, abs(x) < 1e150 else { return x > 0 ? clip : x < 0 ? -clip : 0 }
        return clip * x / (1 + x * x).squareRoot()
    }

    /// The index of the bin of a scaled number plus the part of the bin below it, with as many bins as the other columns.
    func position(_ scaled: Double, bins: Int) -> Double {
        guard knots.count > 1 else { return 0 }
        if scaled <= knots[0] { return 0 }
        var (low, high) = (0, knots.count - 1)
        if scaled >= knots[high] { return Double(high) }
        while high - low > 1 {
            let middle = (low + high) / 2
            if knots[middle] <= scaled { low = middle } else { high = middle }
        }
        return Double(low) + (scaled - knots[low]) / (knots[high] - knots[low])
    }
}

/// The values of a column of zeros and ones, or of ones and minus ones, after scaling.
package struct Indicator: Equatable, Sendable, Codable {
    package let off: Double
    package let on: Double
    /// The value of 0, which stands for an unknown category.
    package let unknown: Double

    /// Fits a column in which a fraction of the values is `on`.
    init(count: Int, of total: Int, off: Double = 0, on: Double = 1, clip: Double) {
        let values = [Double](repeating: on, count: count) + [Double](repeating: off, count: total - count)
        let scale = ScaledNumber(values, clip: clip)
        self.off = scale?.scaled(off) ?? 0
        self.on = scale?.scaled(on) ?? 0
        unknown = scale?.scaled(0) ?? 0
    }
}
