/// Returns the sum in NumPy's order of additions: up to 128 values in eight parallel sums, more by adding the sums of
/// both halves.
///
/// The error grows only with the logarithm of the count. When scores tie or a minimum is flat, the order of additions
/// decides whether a result equals scikit-learn's.
package func pairwiseSum(_ values: [Double]) -> Double {
    values.withUnsafeBufferPointer { values in
        guard !values.isEmpty, let start = values.baseAddress else { return 0 }
        return pairwiseSum(of: 0..<values.count) { blockSum(start + $0.lowerBound, count: $0.count) }
    }
}

/// Returns the sum of `count` terms in NumPy's order of additions, without an array of them.
///
/// - Parameter fill: writes the terms with the given indices, at most 128, one after the other.
package func pairwiseSum(
    count: Int, filling fill: (_ indices: Range<Int>, _ terms: UnsafeMutablePointer<Double>) -> Void
) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: greatestBlock) { terms in
        guard count > 0, let start = terms.baseAddress else { return 0 }
        return pairwiseSum(of: 0..<count) { indices in
            fill(indices, start)
            return blockSum(start, count: indices.count)
        }
    }
}

private let greatestBlock = 128

private func pairwiseSum(of indices: Range<Int>, byBlocks sum: (Range<Int>) -> Double) -> Double {
    guard indices.count > greatestBlock else { return sum(indices) }
    let middle = indices.lowerBound + (indices.count / 2 - indices.count / 2 % 8)
    return pairwiseSum(of: indices.lowerBound..<middle, byBlocks: sum)
        + pairwiseSum(of: middle..<indices.upperBound, byBlocks: sum)
}

/// The sum of at most 128 values.
private func blockSum(_ values: UnsafePointer<Double>, count: Int) -> Double {
    guard count >= 8 else { return UnsafeBufferPointer(start: values, count: count).reduce(-0.0, +) }
    let vectors = UnsafeRawPointer(values)
    var sums = vectors.loadUnaligned(as: SIMD8<Double>.self)
    let whole = count - count % 8
    for index in stride(from: 8, to: whole, by: 8) {
        sums += vectors.loadUnaligned(fromByteOffset: index * MemoryLayout<Double>.stride, as: SIMD8<Double>.self)
    }
    let sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
    return (whole..<count).reduce(sum) { $0 + values[$1] }
}
