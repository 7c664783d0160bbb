import NumPyRandom

/// The order in which an epoch visits the samples.
///
/// Each epoch shuffles the order of the previous one, as in scikit-learn.
package struct SampleOrder: Equatable, Sendable {
    package private(set) var samples: [Int]

    package init(_ samples: [Int]) { self.samples = samples }

    /// The order of the table: 0, 1, 2, ….
    package init(count: Int) { self.init(Array(0..<count)) }

    /// Shuffles the samples in place for the next epoch.
    mutating func shuffle(using generator: inout RandomState) { generator.shuffle(&samples) }

    /// Returns batches of `size` samples; the last one may be smaller.
    package func batches(of size: Int) -> some Sequence<ArraySlice<Int>> {
        stride(from: 0, to: samples.count, by: size).lazy.map { [samples] first in
            samples[first..<Swift.min(first + size, samples.count)]
        }
    }
}
