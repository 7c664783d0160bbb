import NumPyRandom

/// The order in which an epoch visits the samples.
///
/// The order of an epoch is a shuffle of the one before, as scikit-learn has it: the shuffles add up.
struct SampleOrder: Sendable {
    private(set) var samples: [Int]
    /// Room for the next order; empty where none was made yet.
    private var shuffled: [Int] = []

    init(_ samples: [Int]) { self.samples = samples }

    /// The samples as they come.
    init(count: Int) { self.init(Array(0..<count)) }

    /// Makes the next epoch's order.
    mutating func shuffle(using generator: inout RandomState) {
        if shuffled.isEmpty { shuffled = samples }
        for position in shuffled.indices { shuffled[position] = position }
        generator.shuffle(&shuffled)
        shuffled.withUnsafeMutableBufferPointer { shuffled in
            samples.withUnsafeBufferPointer { samples in
                for position in shuffled.indices { shuffled[position] = samples[shuffled[position]] }
            }
        }
        swap(&samples, &shuffled)
    }

    /// Gives the room for the next order back, for an order that is kept.
    mutating func compact() { shuffled = [] }

    /// The samples in groups of `size`, the last of which may be smaller.
    func batches(of size: Int) -> some Sequence<ArraySlice<Int>> {
        stride(from: 0, to: samples.count, by: size).lazy.map { [samples] first in
            samples[first..<Swift.min(first + size, samples.count)]
        }
    }
}

extension SampleOrder: Equatable, Codable {
    static func == (first: SampleOrder, second: SampleOrder) -> Bool { first.samples == second.samples }

    /// Reads the numbers of the samples.
    init(from decoder: any Decoder) throws { self.init(try [Int](from: decoder)) }

    func encode(to encoder: any Encoder) throws { try samples.encode(to: encoder) }
}
