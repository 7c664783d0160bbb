import NumPyRandom

/// The order in which an epoch visits the samples.
///
/// The order of an epoch is a shuffle of the one before, as scikit-learn has it: the shuffles add up.
struct SampleOrder {
    private(set) var samples: [Int]
    private var shuffled: [Int]

    init(count: Int) {
        samples = Array(0..<count)
        shuffled = samples
    }

    /// Makes the next epoch's order.
    mutating func shuffle(using generator: inout RandomState) {
        for position in shuffled.indices { shuffled[position] = position }
        generator.shuffle(&shuffled)
        shuffled.withUnsafeMutableBufferPointer { shuffled in
            samples.withUnsafeBufferPointer { samples in
                for position in shuffled.indices { shuffled[position] = samples[shuffled[position]] }
            }
        }
        swap(&samples, &shuffled)
    }

    /// The samples in groups of `size`, the last of which may be smaller.
    func batches(of size: Int) -> some Sequence<ArraySlice<Int>> {
        stride(from: 0, to: samples.count, by: size).lazy.map { [samples] first in
            samples[first..<Swift.min(first + size, samples.count)]
        }
    }
}
