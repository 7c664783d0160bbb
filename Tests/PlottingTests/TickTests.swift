import Foundation
import Testing

@testable import Plotting

/// The properties of ticks, for ranges of all sizes.
@Suite struct TickTests {
    static let ranges: [ClosedRange<Double>] = {
        var ranges: [ClosedRange<Double>] = []
        for exponent in stride(from: -280, through: 280, by: 7) {
            for (lower, width) in [(0.0, 1.0), (-3.7, 5.1), (0.9, 0.011), (-0.04, 1.08), (123.4, 0.7), (-7, 6.3)] {
                let scale = pow(10, Double(exponent))
                ranges.append((lower * scale)...((lower + width) * scale))
            }
        }
        return ranges
    }()

    @Test(arguments: 1...10)
    func ticksAreRoundAndEvenlySpaced(limit: Int) throws {
        for range in TickTests.ranges {
            let ticks = Ticks.linear(in: range, atMost: limit)
            #expect((1...limit).contains(ticks.values.count), "\(range)")
            #expect(Set(ticks.labels).count == ticks.labels.count, "\(range): \(ticks.labels)")
            let span = range.upperBound - range.lowerBound
            guard ticks.values.count > 1 else {
                #expect(
                    ticks.values[0] >= range.lowerBound - 1e-6 * span
                        && ticks.values[0] <= range.upperBound + 1e-6 * span, "\(range): \(ticks.values)")
                continue
            }
            let step = ticks.values[1] - ticks.values[0]
            let mantissa = step / pow(10, (log10(step) + 1e-9).rounded(.down))
            #expect([1, 2, 5].contains { abs(mantissa - $0) < 1e-6 }, "\(range): a step of \(step)")
            for (one, next) in zip(ticks.values, ticks.values.dropFirst()) {
                #expect(abs(next - one - step) < 1e-9 * span, "\(range)")
            }
            let slack = 1e-6 * step
            #expect(ticks.values.allSatisfy { $0 >= range.lowerBound - slack && $0 <= range.upperBound + slack })
            // No additional tick would be in the range.
            #expect(ticks.values[0] - step < range.lowerBound && (ticks.values.last ?? 0) + step > range.upperBound)
        }
    }

    @Test func ticksAreAsFineAsFits() {
        #expect(Ticks.linear(in: 0...1, atMost: 6).values == [0, 0.2, 0.4, 0.6, 0.8, 1])
        #expect(Ticks.linear(in: 0...1, atMost: 6).labels == ["0", "0.2", "0.4", "0.6", "0.8", "1.0"])
        #expect(Ticks.linear(in: -0.01...1.01, atMost: 11).values.count == 11)
        #expect(Ticks.linear(in: -20...130, atMost: 5).labels == ["0", "50", "100"])
        #expect(Ticks.linear(in: -3e7...1e7, atMost: 5).labels == ["−3×10⁷", "−2×10⁷", "−1×10⁷", "0", "1×10⁷"])
    }

    @Test func logarithmicTicksArePowersOfTenWithMultiples() {
        #expect(Ticks.logarithmic(in: 1e-5...1e-1, atMost: 6).labels == ["10⁻⁵", "10⁻⁴", "0.001", "0.01", "0.1"])
        #expect(Ticks.logarithmic(in: 1...100, atMost: 8).values == [1, 2, 5, 10, 20, 50, 100])
        #expect(Ticks.logarithmic(in: 12...120, atMost: 6).labels == ["20", "50", "100"])
        #expect(Ticks.logarithmic(in: 1e-200...1e200, atMost: 5).values.count <= 5)
        #expect(Ticks.logarithmic(in: 2.1...2.9, atMost: 5).values.count >= 2)
    }

    @Test func scalesMapValuesBetweenTheirEnds() {
        for values in [
            [1.0], [0], [-3, 8], [1e300, -1e300], [.leastNonzeroMagnitude, 0], [1, 1 + 1e-15], [.nan, 2], [.infinity],
            [],
        ] {
            for scale in [Scale.linear(covering: values), Scale.logarithmic(covering: values)] {
                for value in values where value.isFinite {
                    #expect((0...1).contains(scale.fraction(value)), "\(values) on \(scale)")
                }
                #expect(!scale.ticks(atMost: 5).values.isEmpty)
            }
        }
    }
}
