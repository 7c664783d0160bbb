import Foundation

/// A curve in one line of text: `█▅▃▂▁▁`.
///
/// It has at most the given number of cells. If there are more numbers, each cell shows the mean of its numbers, so
/// that the whole curve is always visible.
package struct Sparkline: Sendable {
    private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// The character for a cell without a finite number.
    private static let gap: Character = "×"

    /// The mean of each cell; nil if it has no finite number.
    private let cells: [Double?]

    /// - Parameters:
    ///   - numbers: the values of the curve, from left to right.
    ///   - width: the maximum number of cells.
    /// - Complexity: O(*n*) for *n* numbers.
    package init(_ numbers: [Double], width: Int) {
        let count = min(numbers.count, max(width, 0))
        cells = (0..<count).map { cell in
            Sparkline.mean(of: numbers[cell * numbers.count / count..<(cell + 1) * numbers.count / count])
        }
    }

    /// The curve as text. The lowest bar is its minimum and the highest its maximum.
    ///
    /// The scale is logarithmic if all numbers are positive, because losses fall by factors. A constant curve is in the
    /// middle.
    package var text: String {
        let finite = cells.compactMap { $0 }
        guard let least = finite.min(), let greatest = finite.max() else {
            return String(cells.map { _ in Sparkline.gap })
        }
        return String(cells.map { $0.map { Sparkline.bar($0, in: least...greatest) } ?? Sparkline.gap })
    }

    private static func bar(_ number: Double, in range: ClosedRange<Double>) -> Character {
        let (least, greatest) = (range.lowerBound, range.upperBound)
        // Half of the number, because the difference of two numbers may overflow.
        func place(_ number: Double) -> Double { least > 0 ? log(number) : number / 2 }
        let length = place(greatest) - place(least)
        guard length > 0 else { return bars[bars.count / 2 - 1] }
        let share = (place(number) - place(least)) / length
        return bars[min(Int(share * Double(bars.count)), bars.count - 1)]
    }

    /// Returns the mean of the finite numbers. Rounding never moves it out of their range, so that constant curves stay
    /// constant and falling curves do not rise.
    private static func mean(of numbers: ArraySlice<Double>) -> Double? {
        let finite = numbers.filter(\.isFinite)
        guard let least = finite.min(), let greatest = finite.max() else { return nil }
        let mean = finite.reduce(0) { $0 + $1 / Double(finite.count) }
        return min(max(mean, least), greatest)
    }
}
