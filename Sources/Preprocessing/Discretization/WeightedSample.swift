import LinearAlgebra

/// Numbers with weights, for quantiles in which a weight is a number of repetitions.
struct WeightedSample {
    private let values: [Double]
    private let weights: [Double]
    /// The sums of the weights up to each value.
    private let sums: [Double]

    /// A sample that has an element.
    init(_ values: [Double], weights: [Double]) {
        let order = values.indices.sorted { values[$0] < values[$1] }
        self.values = order.map { values[$0] }
        self.weights = order.map { weights[$0] }
        var sum = 0.0
        sums = self.weights.map { weight in
            sum += weight
            return sum
        }
    }

    /// The least value up to which `percent` of the weight lies; where exactly as much lies, with `averages` the mean
    /// of it and of the next value that has a weight.
    func percentile(_ percent: Double, averages: Bool) -> Double {
        let last = values.count - 1
        var rank = percent / 100 * sums[last]
        // The least value must have a weight.
        if rank == 0 { rank = rank.nextUp }
        let index = min(sums.firstIndex { $0 >= rank } ?? last, last)
        guard averages, sums[index] - rank <= .ulpOfOne else { return values[index] }
        var next = min(index + 1, last)
        if weights[next] == 0 { next = sums.firstIndex { $0 > sums[index] } ?? index }
        return midpoint(values[index], values[next])
    }
}
