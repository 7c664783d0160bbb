import LinearAlgebra
import NumPyRandom
import Testing

@Suite("Sums in NumPy's order")
struct PairwiseSumTests {
    /// The order as NumPy's source has it, with plain loops.
    private func expected(_ values: ArraySlice<Double>) -> Double {
        if values.count < 8 { return values.reduce(-0.0, +) }
        guard values.count > 128 else {
            var sums = Array(values.prefix(8))
            let whole = values.count / 8 * 8
            for index in stride(from: 8, to: whole, by: 1) { sums[index % 8] += values[values.startIndex + index] }
            let sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
            return values.dropFirst(whole).reduce(sum, +)
        }
        let half = values.count / 2 / 8 * 8
        return expected(values.prefix(half)) + expected(values.dropFirst(half))
    }

    @Test(arguments: [1, 7, 8, 9, 15, 16, 127, 128, 129, 136, 1000, 4099]) func orderIsNumPys(count: Int) {
        var random = RandomState(seed: 3)
        let values = (0..<count).map { _ in random.standardNormal() }
        #expect(pairwiseSum(values) == expected(values[...]))
        let ofTerms = pairwiseSum(count: count) { indices, terms in
            for index in indices { terms[index - indices.lowerBound] = values[index] }
        }
        #expect(ofTerms == expected(values[...]))
    }

    @Test func nothingIsZero() {
        #expect(pairwiseSum([]) == 0 && pairwiseSum(count: 0) { _, _ in } == 0)
    }
}
