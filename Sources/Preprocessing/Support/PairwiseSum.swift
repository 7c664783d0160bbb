/// The sum in NumPy's order of additions, whose error grows with the logarithm of the count only.
///
/// The likelihoods that are minimised differ by less than their rounding errors near the minimum, so that the place of the
/// minimum agrees with scikit-learn's only as far as the rounding errors do.
func pairwiseSum(_ values: [Double]) -> Double {
    values.withUnsafeBufferPointer { pairwiseSum($0[...]) }
}

private func pairwiseSum(_ values: Slice<UnsafeBufferPointer<Double>>) -> Double {
    let count = values.count
    if count < 8 { return values.reduce(-0.0, +) }
    if count <= 128 {
        // Eight sums side by side.
        var sums = SIMD8<Double>(values.prefix(8))
        var index = values.startIndex + 8
        let end = values.startIndex + count - count % 8
        while index < end {
            for lane in 0..<8 { sums[lane] += values[index + lane] }
            index += 8
        }
        let sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
        return values[end...].reduce(sum, +)
    }
    let half = count / 2 - count / 2 % 8
    return pairwiseSum(values.prefix(half)) + pairwiseSum(values.dropFirst(half))
}
