import NumPyRandom
import RealModule

/// How the widths of the layers that ``Distribution/layers(count:units:shape:)`` draws depend on each other.
public enum LayerShape: String, CaseIterable, Sendable {
    /// Every layer is drawn separately.
    case independent

    /// Every layer is drawn separately, and then the layers are sorted: the widest comes first.
    case decreasing

    /// One width is drawn for all layers.
    case sameWidth
}

extension Distribution where Value == [Int] {
    /// Draws random hidden layers for `\.hiddenLayerSizes`.
    ///
    /// ```swift
    /// .init(\.hiddenLayerSizes, .layers(count: 1...3, units: 16...512))
    /// ```
    ///
    /// Each number of layers has the same probability. The logarithm of a layer's width is uniform, as in
    /// ``Distribution/logUniform(_:)``: 16 ... 90 units are about as probable as 90 ... 512 units.
    ///
    /// - Parameters:
    ///   - count: the number of layers, 0 to 1,000. A network without hidden layers is a linear model.
    ///   - units: the number of units in a layer, 1 to 2³¹ − 1.
    ///   - shape: how the widths of the layers depend on each other.
    public static func layers(
        count: ClosedRange<Int>, units: ClosedRange<Int>, shape: LayerShape = .independent
    ) -> Distribution {
        let isAllowed = count.lowerBound >= 0 && count.upperBound <= 1_000 && isDrawable(units)
        return Distribution(
            choices: nil,
            draw: { generator in
                let layers = try generator.randint(low: count.lowerBound, high: count.upperBound + 1)
                if shape == .sameWidth {
                    return [Int](repeating: try generator.logUniformInteger(in: units), count: layers)
                }
                let widths = try (0..<layers).map { _ in try generator.logUniformInteger(in: units) }
                return shape == .decreasing ? widths.sorted(by: >) : widths
            },
            problem: isAllowed ? nil : "layers(count: \(count), units: \(units))",
            allowed: "0 to 1,000 layers of 1 to 2³¹ − 1 units")
    }
}

extension Distribution where Value == Int {
    /// Draws an integer in `range` whose logarithm is uniform. Use it if ratios of values matter, as for a number of
    /// units.
    ///
    /// The integer k has a probability in proportion to ln((k + ½)/(k − ½)).
    ///
    /// - Parameter range: positive integers up to 2³¹ − 1.
    public static func logUniform(_ range: ClosedRange<Int>) -> Distribution {
        Distribution(
            choices: nil, draw: { try $0.logUniformInteger(in: range) },
            problem: isDrawable(range) ? nil : "logUniform(\(range))", allowed: "integers from 1 to 2³¹ − 1")
    }
}

/// Whether integers of this range can be drawn by their logarithms.
private func isDrawable(_ range: ClosedRange<Int>) -> Bool {
    range.lowerBound >= 1 && range.upperBound <= Int(Int32.max)
}

extension RandomState {
    /// An integer whose logarithm is uniform: every integer stands for the numbers that round to it.
    fileprivate mutating func logUniformInteger(in range: ClosedRange<Int>) throws -> Int {
        let (low, high) = (Double.log(Double(range.lowerBound) - 0.5), Double.log(Double(range.upperBound) + 0.5))
        let drawn = Int(Double.exp(try low + uniform() * (high - low)).rounded())
        // Logarithm and exponential round, so the result may lie just outside of the range.
        return min(max(drawn, range.lowerBound), range.upperBound)
    }
}
