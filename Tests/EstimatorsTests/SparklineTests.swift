import Estimators
import Terminal
import Testing

/// Properties of a curve in one line of text.
@Suite struct SparklineTests {
    private func text(_ numbers: [Double], width: Int = 20) -> String { Sparkline(numbers, width: width).text }

    @Test func numbersBecomeBars() {
        #expect(text([7, 6, 5, 4, 3, 2, 1, 0]) == "█▇▆▅▄▃▂▁")
        #expect(text([-1, 3, -1]) == "▁█▁")
        #expect(text([]) == "")
        #expect(text([1, 2, 3], width: 0) == "" && text([1, 2, 3], width: -1) == "")
    }

    @Test func manyNumbersShareCells() {
        #expect(text([5, 3, 3, 1, -1, 1], width: 3) == "█▅▁")
        #expect(text((0..<800).map { -Double($0) }, width: 8) == "█▇▆▅▄▃▂▁")
        #expect(text((0..<801).map { -Double($0) }, width: 8) == "█▇▆▅▄▃▂▁")
    }

    /// On a linear scale, all values below 1,000 would be at the bottom.
    @Test func positiveNumbersHaveALogarithmicScale() {
        #expect(text([10_000, 1_000, 100, 10, 1]) == "█▆▅▃▁")
        #expect(text([4, 2, 1]) == "█▅▁")
        #expect(text([10_000, 1_000, 100, 0]) == "█▁▁▁")
        #expect(text([-1, 10_000]) == "▁█")
    }

    @Test func equalNumbersLieInTheMiddle() {
        #expect(text([0.1]) == "▄")
        // The mean of six equal numbers can differ from the number by rounding.
        #expect(text([Double](repeating: 0.1, count: 55), width: 10) == "▄▄▄▄▄▄▄▄▄▄")
        #expect(text([0, 0]) == "▄▄")
    }

    @Test func whatIsNoNumberIsMarked() {
        #expect(text([1, .nan, 0]) == "█×▁")
        #expect(text([.infinity, 1, -.infinity, 0]) == "×█×▁")
        #expect(text([.nan, .nan]) == "××")
        #expect(text([1, .nan, 0, 0], width: 2) == "█▁")
    }

    @Test func extremeNumbersAreDrawn() {
        let greatest = Double.greatestFiniteMagnitude
        #expect(text([greatest, 0, -greatest]) == "█▅▁")
        #expect(text([greatest, greatest], width: 1) == "▄")
        let least = Double.leastNonzeroMagnitude
        #expect(text([least, 0]) == "▄▄")
        #expect(text([greatest, least]) == "█▁")
    }

    @Test func lawsHoldForRandomCurves() {
        var generator = SystemRandomNumberGenerator()
        for round in 0..<2_000 {
            let scale = [1e-300, 1e-3, 1, 1e3, 1e300][round % 5]
            let count = Int.random(in: 1...200, using: &generator)
            let width = Int.random(in: 1...60, using: &generator)
            let numbers = (0..<count).map { _ in Double.random(in: -0.2...1, using: &generator) * scale }

            let line = text(numbers, width: width)
            #expect(line.count == min(count, width))
            #expect(line.allSatisfy { "▁▂▃▄▅▆▇█".contains($0) })

            // The blocks follow each other in Unicode.
            let falling = text(numbers.sorted(by: >), width: width)
            #expect(Array(falling) == falling.sorted(by: >), "\(numbers), \(width)")
            if Set(line).count > 1 { #expect(line.contains("█") && line.contains("▁")) }
        }
    }
}
