/// Which of the samples of a whole group this process has.
struct SampleShare: Sendable {
    /// The number of samples of the whole group.
    let total: Int

    /// The number of samples of this process.
    let count: Int

    private let places: Places

    private enum Places: Sendable {
        /// The samples from this number on, in their order.
        case following(Int)
        /// For each sample of the group, its number in this process, or −1.
        case listed([Int32])
    }

    /// Creates the share of a process whose samples follow those of the processes before it.
    ///
    /// - Parameter counts: the number of samples of each process.
    init(rank: Int, counts: [Int]) {
        total = counts.reduce(0, +)
        count = counts[rank]
        places = .following(counts[..<rank].reduce(0, +))
    }

    /// Creates the share of a process with samples at given places.
    ///
    /// - Parameter numbers: the number of each of its samples among those of the group, all different.
    init(numbers: [Int], total: Int) {
        self.total = total
        count = numbers.count
        var local = [Int32](repeating: -1, count: total)
        for (sample, number) in numbers.enumerated() { local[number] = Int32(sample) }
        places = .listed(local)
    }

    /// Returns those of the given samples that this process has: their numbers in this process, and their positions among
    /// the given ones.
    func own(_ samples: some Collection<Int>) -> (samples: [Int], positions: [Int]) {
        var own: (samples: [Int], positions: [Int]) = ([], [])
        switch places {
        case .following(let first):
            for (position, number) in samples.enumerated() where number >= first && number < first + count {
                own.samples.append(number - first)
                own.positions.append(position)
            }
        case .listed(let local):
            for (position, number) in samples.enumerated() where local[number] >= 0 {
                own.samples.append(Int(local[number]))
                own.positions.append(position)
            }
        }
        return own
    }
}
