import Foundation

/// The labeled numbers of an axis: round numbers, as many as fit.
struct Ticks: Sendable, Equatable {
    let values: [Double]
    let labels: [String]

    /// Returns the multiples of 1, 2 or 5 times a power of ten in the range: as many as possible, up to `limit`.
    ///
    /// There is at least one tick, or two if the limit allows it.
    ///
    /// - Parameter wholeNumbers: whether ticks must be whole numbers, as for counts.
    static func linear(in range: ClosedRange<Double>, atMost limit: Int, wholeNumbers: Bool = false) -> Ticks {
        let limit = max(limit, 1)
        let span = range.upperBound / 2 - range.lowerBound / 2
        guard span > 0, span.isFinite else { return Ticks(values: [range.lowerBound], in: 0) }
        // Start with the finest possible step, then try coarser ones.
        let finest = Int(log10(span / Double(limit)).rounded(.down)) - 1
        var step = Step(exponent: wholeNumbers ? max(0, finest) : finest)
        var multiples = step.multiples(in: range)
        while multiples.count > limit {
            let fewer = step.coarser.multiples(in: range)
            // With a step of 5 instead of 2, both ticks of a pair may vanish. Keep one of them.
            guard !fewer.isEmpty else {
                multiples = multiples.prefix(limit)
                break
            }
            step = step.coarser
            multiples = fewer
        }
        guard !multiples.isEmpty else { return Ticks(values: [range.lowerBound], in: 0) }
        return Ticks(values: multiples.map { step.value(of: Double($0)) }, in: step.exponent)
    }

    /// Returns the powers of ten in the range, with 2 and 5 between them if there are few.
    ///
    /// A range with fewer than two of these gets the ticks of a linear axis.
    static func logarithmic(in range: ClosedRange<Double>, atMost limit: Int) -> Ticks {
        let first = Int(log10(range.lowerBound).rounded(.down))
        let last = Int(log10(range.upperBound).rounded(.up))
        func ticks(_ mantissas: [Int], every stride: Int) -> [(mantissa: Int, exponent: Int)] {
            (first...last).filter { $0 % stride == 0 }
                .flatMap { exponent in mantissas.map { ($0, exponent) } }
                .filter { range.contains(power($0.0, $0.1)) }
        }
        let candidates = [ticks([1, 2, 5], every: 1)] + (1...max(1, last - first)).map { ticks([1], every: $0) }
        guard let chosen = candidates.first(where: { $0.count <= max(limit, 2) && $0.count >= 2 }) else {
            return linear(in: range, atMost: limit)
        }
        return Ticks(
            values: chosen.map { power($0.mantissa, $0.exponent) },
            labels: chosen.map { label(mantissa: $0.mantissa, exponent: $0.exponent) })
    }

    private init(values: [Double], labels: [String]) {
        self.values = values
        self.labels = labels
    }

    /// Creates ticks whose labels all have the digits that a step of 10 to the `exponent` needs.
    private init(values: [Double], in exponent: Int) {
        let greatest = values.map(abs).max() ?? 0
        let magnitude = greatest > 0 ? Int(log10(greatest).rounded(.down)) : 0
        let isPlain = magnitude < 6 && exponent > -6
        self.values = values
        self.labels = values.map { value in
            if value == 0 { return "0" }
            if isPlain { return decimal(value, decimals: max(0, -exponent)) }
            let mantissa = value / power(1, magnitude)
            return "\(decimal(mantissa, decimals: max(0, magnitude - exponent)))×10\(superscript(magnitude))"
        }
    }
}

/// The distance between ticks: 1, 2 or 5 times a power of ten.
private struct Step {
    var mantissa = 1
    var exponent: Int

    init(exponent: Int) { self.exponent = exponent }

    /// Returns `multiple` steps. For a step below 1, divides by a power of ten, because its inverse is not exact in
    /// binary.
    func value(of multiple: Double) -> Double {
        exponent < 0 && exponent >= -300
            ? multiple * Double(mantissa) / pow(10, Double(-exponent))
            : multiple * Double(mantissa) * pow(10, Double(exponent))
    }

    /// Returns the factors of the multiples of the step that are in the range.
    func multiples(in range: ClosedRange<Double>) -> Range<Int> {
        let size = value(of: 1)
        let lower = (range.lowerBound / size - 1e-9).rounded(.up)
        let upper = (range.upperBound / size + 1e-9).rounded(.down)
        guard size > 0, abs(lower) < 1e15, abs(upper) < 1e15, lower <= upper else { return 0..<0 }
        return Int(lower)..<(Int(upper) + 1)
    }

    var coarser: Step {
        var next = self
        switch mantissa {
        case 1: next.mantissa = 2
        case 2: next.mantissa = 5
        default:
            next.mantissa = 1
            next.exponent += 1
        }
        return next
    }
}

private func power(_ mantissa: Int, _ exponent: Int) -> Double {
    exponent < 0 ? Double(mantissa) / pow(10, Double(-exponent)) : Double(mantissa) * pow(10, Double(exponent))
}

private func label(mantissa: Int, exponent: Int) -> String {
    if (-3...4).contains(exponent) { return decimal(power(mantissa, exponent), decimals: max(0, -exponent)) }
    return "\(mantissa == 1 ? "" : "\(mantissa)×")10\(superscript(exponent))"
}

/// Returns the number with this many decimals, and with a minus sign as wide as a digit.
func decimal(_ value: Double, decimals: Int) -> String {
    let text = String(format: "%.\(min(max(decimals, 0), 17))f", value)
    return text.hasPrefix("-") ? "−" + text.dropFirst() : text
}

/// Returns the number with this many significant digits, in the shorter of two formats.
func general(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "−∞" : "∞" }
    let text = String(format: "%.\(digits)g", value)
    return text.hasPrefix("-") ? "−" + text.dropFirst() : text
}

private func superscript(_ exponent: Int) -> String {
    let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    let text = String(abs(exponent)).compactMap(\.wholeNumberValue).map { digits[$0] }
    return (exponent < 0 ? "⁻" : "") + String(text)
}
