import LinearAlgebra

/// The least and the greatest value of a column, NaN left out; nil, not NaN, where there is none, because NaN differs
/// from itself.
struct Extremes: Equatable, Sendable {
    var minimum: Double?
    var maximum: Double?

    /// The greatest distance from 0.
    var magnitude: Double? {
        guard let minimum, let maximum else { return nil }
        return max(minimum.magnitude, maximum.magnitude)
    }

    /// The extremes of every column.
    static func ofColumns(_ x: Matrix<Double>) -> [Extremes] {
        var minima = [Double](repeating: .infinity, count: x.columns)
        var maxima = [Double](repeating: -.infinity, count: x.columns)
        x.withUnsafeElements { elements in
            for start in stride(from: 0, to: elements.count, by: max(x.columns, 1)) {
                for column in 0..<x.columns {
                    let value = elements[start &+ column]
                    // NaN is neither less nor greater.
                    if value < minima[column] { minima[column] = value }
                    if value > maxima[column] { maxima[column] = value }
                }
            }
        }
        return zip(minima, maxima).map { $0 > $1 ? Extremes() : Extremes(minimum: $0, maximum: $1) }
    }

    /// The extremes of the rows of both.
    func merged(with other: Extremes) -> Extremes {
        guard let minimum, let maximum else { return other }
        guard let otherMinimum = other.minimum, let otherMaximum = other.maximum else { return self }
        return Extremes(minimum: min(minimum, otherMinimum), maximum: max(maximum, otherMaximum))
    }
}

extension [Extremes] {
    /// Merges the extremes of further rows into those of every column.
    mutating func merge(_ added: [Extremes]) {
        self = isEmpty ? added : zip(self, added).map { $0.merged(with: $1) }
    }
}
