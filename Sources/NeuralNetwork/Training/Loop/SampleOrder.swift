import NumPyRandom

/// The order in which an epoch visits the samples.
///
/// The order of an epoch is a shuffle of the one before, as scikit-learn has it: the shuffles add up.
struct SampleOrder: Equatable, Sendable {
    private(set) var samples: [Int]

    init(_ samples: [Int]) { self.samples = samples }

    /// The samples as they come.
    init(count: Int) { self.init(Array(0..<count)) }

    /// Makes the next epoch's order, in place.
    mutating func shuffle(using generator: inout RandomState) { generator.shuffle(&samples) }

    /// The samples in groups of `size`, the last of which may be smaller.
    func batches(of size: Int) -> some Sequence<ArraySlice<Int>> {
        stride(from: 0, to: samples.count, by: size).lazy.map { [samples] first in
            samples[first..<Swift.min(first + size, samples.count)]
        }
    }
}
