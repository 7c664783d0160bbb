/// One of several parts of a computation.
package struct Chunk: Sendable, Equatable {
    /// Which part, from 0.
    package let index: Int
    /// How many parts there are.
    package let count: Int

    /// Part `index` of `count`.
    package init(index: Int, of count: Int) {
        self.index = index
        self.count = count
    }

    /// The whole computation as one part.
    package static let whole = Chunk(index: 0, of: 1)

    /// The part of `0..<total`. Parts meet at multiples of `unit`, so that each consists of whole cache lines or blocks.
    ///
    /// All parts together are `0..<total`, and their sizes differ by at most one unit.
    package func range(of total: Int, unit: Int = 1) -> Range<Int> {
        let units = (total + unit - 1) / unit
        return min(total, units * index / count * unit)..<min(total, units * (index + 1) / count * unit)
    }
}
