import Foundation

/// A curve in one line of text: `█▅▃▂▁▁`.
///
/// It never has more cells than it is given. Where there are more numbers, a cell shows the mean of those that fall into it, so
/// that the whole curve is always in view.
package struct Sparkline: Sendable {
    private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// What stands where no number is finite.
    private static let gap: Character = "×"

    /// The number of each cell; nil where none is finite.
    private let cells: [Double?]

    /// - Parameters:
    ///   - numbers: the curve, from left to right.
    ///   - width: the most cells that it may have.
    /// - Complexity: O(*n*) for *n* numbers.
    package init(_ numbers: [Double], width: Int) {
        let count = min(numbers.count, max(width, 0))
        cells = (0..<count).map { cell in
            Sparkline.mean(of: numbers[cell * numbers.count / count..<(cell + 1) * numbers.count / count])
        }
    }

    /// The curve, the lowest and the highest bar being its least and its greatest number.
    ///
    /// The scale is logarithmic where all are positive: losses fall by factors. A curve of equal numbers lies in the middle.
    package var text: String {
        let finite = cells.compactMap { $0 }
        guard let least = finite.min(), let greatest = finite.max() else {
            return String(cells.map { _ in Sparkline.gap })
        }
        return String(cells.map { $0.map { Sparkline.bar($0, in: least...greatest) } ?? Sparkline.gap })
    }

    private static func bar(_ number: Double, in range: ClosedRange<Double>) -> Character {
        let (least, greatest) = (range.lowerBound, range.upperBound)
        // Half of a number, since the distance of two may be infinite.
        func place(_ number: Double) -> Double { least > 0 ? log(number) : number / 2 }
        let length = place(greatest) - place(least)
        guard length > 0 else { return bars[bars.count / 2 - 1] }
        let share = (place(number) - place(least)) / length
        return bars[min(Int(share * Double(bars.count)), bars.count - 1)]
    }

    /// The mean of those that are finite. Rounding does not take it out of their range, so that equal numbers stay equal and
    /// falling ones do not rise.
    private static func mean(of numbers: ArraySlice<Double>) -> Double? {
        let finite = numbers.filter(\.isFinite)
        guard let least = finite.min(), let greatest = finite.max() else { return nil }
        let mean = finite.reduce(0) { $0 + $1 / Double(finite.count) }
        return min(max(mean, least), greatest)
    }
}
