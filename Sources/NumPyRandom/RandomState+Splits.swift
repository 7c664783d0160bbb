extension RandomState {
    /// Draws `nTest` of the numbers 0 ..< `count`, and `nTrain` of the others.
    ///
    /// - Throws: what ``permutation(_:)-(Int)`` throws.
    package mutating func split(
        _ count: Int, nTrain: Int, nTest: Int
    ) throws -> (train: [Int], test: [Int]) {
        let permutation = try permutation(count)
        return (Array(permutation[nTest..<(nTest + nTrain)]), Array(permutation[..<nTest]))
    }

    /// Draws `nTest` and `nTrain` samples such that each class has, as nearly as possible, the same proportion on both
    /// sides.
    ///
    /// - Parameter classes: the samples of each class, in ascending order of the classes.
    /// - Throws: what ``permutation(_:)-(Int)`` and ``choice(_:size:replace:)`` throw.
    package mutating func stratifiedSplit(
        _ classes: [[Int]], nTrain: Int, nTest: Int
    ) throws -> (train: [Int], test: [Int]) {
        let counts = classes.map(\.count)
        let trainCounts = try proportionalCounts(of: counts, draws: nTrain)
        let testCounts = try proportionalCounts(of: zip(counts, trainCounts).map { $0 - $1 }, draws: nTest)

        var train: [Int] = []
        var test: [Int] = []
        for (index, samples) in classes.enumerated() {
            let permuted = try permutation(samples.count).map { samples[$0] }
            train += permuted[..<trainCounts[index]]
            test += permuted[trainCounts[index]..<(trainCounts[index] + testCounts[index])]
        }
        return (permutation(train), permutation(test))
    }

    /// Divides `draws` among the classes in proportion to `counts`.
    ///
    /// Each class gets its proportional number, rounded down. The rest goes to the largest remainders; ties are broken
    /// at random. The result is within one of the mode of the multivariate hypergeometric distribution.
    private mutating func proportionalCounts(of counts: [Int], draws: Int) throws -> [Int] {
        let total = Double(counts.reduce(0, +))
        let shares = counts.map { Double($0) / total * Double(draws) }
        var result = shares.map { Int($0.rounded(.down)) }
        let remainders = shares.map { $0 - $0.rounded(.down) }
        var missing = draws - result.reduce(0, +)
        for remainder in Set(remainders).sorted(by: >) where missing > 0 {
            let tied = remainders.indices.filter { remainders[$0] == remainder }
            let chosen = try choice(tied, size: min(tied.count, missing), replace: false)
            for index in chosen { result[index] += 1 }
            missing -= chosen.count
        }
        return result
    }
}
