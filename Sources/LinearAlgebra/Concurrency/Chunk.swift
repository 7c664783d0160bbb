/// One of several parts of a computation, for one worker.
package struct Chunk: Sendable, Equatable {
    /// The index of the chunk, from 0.
    package let index: Int
    /// The number of chunks.
    package let count: Int

    /// Creates chunk `index` of `count`.
    package init(index: Int, of count: Int) {
        self.index = index
        self.count = count
    }

    /// The whole computation as one chunk.
    package static let whole = Chunk(index: 0, of: 1)

    /// Returns the chunk's part of `0..<total`. Parts meet at multiples of `unit`, so that each has whole cache lines
    /// or blocks.
    ///
    /// Together the chunks cover `0..<total`, and their sizes differ by at most one unit.
    package func range(of total: Int, unit: Int = 1) -> Range<Int> {
        let units = (total + unit - 1) / unit
        return min(total, units * index / count * unit)..<min(total, units * (index + 1) / count * unit)
    }
}
