/// Returns the sum in NumPy's order of additions: up to 128 values in eight parallel sums, more by adding the sums of
/// both halves.
///
/// The error grows only with the logarithm of the count. When scores tie or a minimum is flat, the order of additions
/// decides whether a result equals scikit-learn's.
package func pairwiseSum(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.withUnsafeBufferPointer { pairwiseSum($0[...]) }
}

private func pairwiseSum(_ values: Slice<UnsafeBufferPointer<Double>>) -> Double {
    let count = values.count
    if count < 8 { return values.reduce(-0.0, +) }
    if count <= 128 {
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
