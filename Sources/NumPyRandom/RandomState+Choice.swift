extension RandomState {
    /// Returns one of the integers `0 ..< population`. NumPy's `choice(population, None, replace, p)`.
    ///
    /// - Parameters:
    ///   - population: How many integers to choose from; at least 1.
    ///   - replace: Only affects how many numbers are drawn: without replacement, the whole population is shuffled.
    ///     Default true.
    ///   - p: The probability of each integer; default nil, all equal.
    /// - Throws: ``RandomStateError`` as `choice(_:size:replace:p:)` of an integer.
    public mutating func choice(
        _ population: Int, replace: Bool = true, p: [Double]? = nil
    ) throws(RandomStateError) -> Int {
        try choice(population, size: 1, replace: replace, p: p)[0]
    }

    /// Returns one of the elements. NumPy's `choice(elements, None, replace, p)`.
    ///
    /// - Parameters:
    ///   - elements: What to choose from; at least one.
    ///   - replace: As in `choice(_:replace:p:)` of an integer. Default true.
    ///   - p: The probability of each element; default nil, all equal.
    /// - Throws: ``RandomStateError`` as `choice(_:size:replace:p:)` of an integer.
    public mutating func choice<Element>(
        _ elements: [Element], replace: Bool = true, p: [Double]? = nil
    ) throws(RandomStateError) -> Element {
        elements[try choice(elements.count, replace: replace, p: p)]
    }

    /// Returns some of the elements. NumPy's `choice(elements, size, replace, p)`.
    ///
    /// - Parameters:
    ///   - elements: What to choose from; at least one, unless `size` is 0.
    ///   - size: How many to choose; at least 0.
    ///   - replace: Whether an element may be chosen more than once. Default true.
    ///   - p: The probability of each element; default nil, all equal.
    /// - Throws: ``RandomStateError`` as `choice(_:size:replace:p:)` of an integer.
    public mutating func choice<Element>(
        _ elements: [Element], size: Int, replace: Bool = true, p: [Double]? = nil
    ) throws(RandomStateError) -> [Element] {
        try Self.checkSize(size, of: Element.self)
        return try choice(elements.count, size: size, replace: replace, p: p).map { elements[$0] }
    }

    /// Returns some of the integers `0 ..< population`. NumPy's `choice(population, size, replace, p)`.
    ///
    /// - Parameters:
    ///   - population: How many integers to choose from; at least 1, unless `size` is 0.
    ///   - size: How many to choose; at least 0.
    ///   - replace: Whether an integer may be chosen more than once. Default true.
    ///   - p: The probability of each integer: `population` finite, non-negative numbers whose sum is 1 within 1.5e-8.
    ///     Default nil, all equal.
    /// - Throws: ``RandomStateError`` if an argument is invalid, or if without replacement `size` exceeds `population`
    ///   or the number of positive probabilities.
    /// - Complexity: O(`size`) with replacement, O(`population`) without. With `p`, O(`population + size` log
    ///   `population`), and without replacement this much for each round of draws.
    public mutating func choice(
        _ population: Int, size: Int, replace: Bool = true, p: [Double]? = nil
    ) throws(RandomStateError) -> [Int] {
        try Self.checkSize(size, of: Int.self)
        guard population > 0 || size == 0 else { throw .emptyPopulation(population) }
        if let p { try Self.checkProbabilities(p, population: population) }

        if replace {
            guard let p else { return size == 0 ? [] : try randint(low: 0, high: population, size: size) }
            let distribution = CumulativeDistribution(p)
            return try array(size) { distribution.index(at: $0.randomSample()) }
        }

        guard size <= population else { throw .sampleTooLarge(size: size, population: population) }
        guard let p else {
            try Self.checkSize(population, of: Int.self, argument: "population")
            return Array(try permutation(population).prefix(size))
        }
        let candidates = p.count { $0 > 0 }
        guard size <= candidates else { throw .tooFewCandidates(size: size, candidates: candidates) }
        return distinctIndices(size, probabilities: p)
    }

    /// Chooses `size` different indices, with NumPy's draws in NumPy's order. Each round draws as many indices as are
    /// still missing, keeps those that are new and gives them probability 0 in the next round.
    private mutating func distinctIndices(_ size: Int, probabilities: [Double]) -> [Int] {
        var remaining = probabilities
        var chosen: [Int] = []
        chosen.reserveCapacity(size)
        while chosen.count < size {
            let distribution = CumulativeDistribution(remaining)
            for _ in chosen.count..<size {
                let index = distribution.index(at: randomSample())
                guard remaining[index] > 0 else { continue }
                remaining[index] = 0
                chosen.append(index)
            }
        }
        return chosen
    }

    private static func checkProbabilities(_ p: [Double], population: Int) throws(RandomStateError) {
        guard p.count == population else {
            throw .probabilityCount(p.count, population: population)
        }
        // Not `< 0`, so that NaN is rejected.
        if let index = p.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
            throw .invalidProbability(index: index, value: p[index])
        }
        let sum = compensatedSum(p)
        // The square root of the machine epsilon, as in NumPy. Also rejects NaN, which infinite sums produce.
        guard abs(sum - 1) <= Double.ulpOfOne.squareRoot() else { throw .probabilitySum(sum) }
    }

    /// Returns Kahan's sum (CACM 8, 1965, doi:10.1145/363707.363723), so that many small probabilities still sum to 1.
    private static func compensatedSum(_ values: [Double]) -> Double {
        var sum = 0.0
        var compensation = 0.0
        for value in values {
            let corrected = value - compensation
            let next = sum + corrected
            compensation = (next - sum) - corrected
            sum = next
        }
        return sum
    }
}

/// The cumulative sums of weights, scaled to end at 1.
private struct CumulativeDistribution {
    private var bounds: [Double]

    /// - Precondition: No weight is negative, NaN or infinite, and at least one is positive.
    init(_ weights: [Double]) {
        var total = 0.0
        bounds = weights.map { weight in
            total += weight
            return total
        }
        for index in bounds.indices { bounds[index] /= total }
    }

    /// Returns the index of the first bound above `place`, which is in [0, 1). Its weight is positive.
    func index(at place: Double) -> Int {
        var lower = 0
        var upper = bounds.count
        while lower < upper {
            let middle = lower + (upper - lower) / 2
            if bounds[middle] > place { upper = middle } else { lower = middle + 1 }
        }
        return lower
    }
}
