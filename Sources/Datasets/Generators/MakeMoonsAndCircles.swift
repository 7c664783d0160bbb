import Foundation
public import LinearAlgebra
import NumPyRandom

/// Generates two half circles that interlock, as scikit-learn's `make_moons` does.
///
/// The same seed gives the same points as in scikit-learn, up to the rounding of sine and cosine.
///
/// - Parameters:
///   - nSamples: how many points in all, half of them on each moon, the odd one on the second; at least 1.
///   - shuffle: whether the points are put in random order. Else the first moon comes first.
///   - noise: the standard deviation of what is added to the coordinates; at least 0. nil, the default, for none.
///   - randomState: the seed; nil for other points each time.
/// - Returns: the points, and for each its moon, 0 or 1.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for arguments out of range.
public func makeMoons(
    nSamples: Int = 100, shuffle: Bool = true, noise: Double? = nil, randomState: UInt32? = nil
) throws -> (x: Matrix<Double>, y: [Int]) {
    try Argument("nSamples", nSamples).require(from: 1)
    return try makeMoons(
        nSamples: (nSamples / 2, nSamples - nSamples / 2), shuffle: shuffle, noise: noise, randomState: randomState)
}

/// Generates two half circles with a given number of points each.
///
/// - Parameters:
///   - nSamples: how many points on the first and on the second moon; at least 0.
///   - shuffle: whether the points are put in random order. Else the first moon comes first.
///   - noise: the standard deviation of what is added to the coordinates; at least 0. nil, the default, for none.
///   - randomState: the seed; nil for other points each time.
/// - Returns: the points, and for each its moon, 0 or 1.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for arguments out of range.
public func makeMoons(
    nSamples: (Int, Int), shuffle: Bool = true, noise: Double? = nil, randomState: UInt32? = nil
) throws -> (x: Matrix<Double>, y: [Int]) {
    let (first, second) = try checkedPair(nSamples)
    let outer = evenlySpaced(first, upTo: .pi, includingEnd: true).map { (cos($0), sin($0)) }
    let inner = evenlySpaced(second, upTo: .pi, includingEnd: true).map { (1 - cos($0), 1 - sin($0) - 0.5) }
    return try points(outer, inner, shuffle: shuffle, noise: noise, randomState: randomState)
}

/// Generates a circle inside another, as scikit-learn's `make_circles` does.
///
/// The same seed gives the same points as in scikit-learn, up to the rounding of sine and cosine.
///
/// - Parameters:
///   - nSamples: how many points in all, half of them on each circle, the odd one on the inner; at least 0.
///   - shuffle: whether the points are put in random order. Else the outer circle comes first.
///   - noise: the standard deviation of what is added to the coordinates; at least 0. nil, the default, for none.
///   - randomState: the seed; nil for other points each time.
///   - factor: the radius of the inner circle, the outer one's being 1; at least 0 and below 1.
/// - Returns: the points, and for each its circle: 0 the outer, 1 the inner.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for arguments out of range.
public func makeCircles(
    nSamples: Int = 100, shuffle: Bool = true, noise: Double? = nil, randomState: UInt32? = nil, factor: Double = 0.8
) throws -> (x: Matrix<Double>, y: [Int]) {
    try Argument("nSamples", nSamples).require(from: 0)
    return try makeCircles(
        nSamples: (nSamples / 2, nSamples - nSamples / 2), shuffle: shuffle, noise: noise, randomState: randomState,
        factor: factor)
}

/// Generates a circle inside another with a given number of points each.
///
/// - Parameters:
///   - nSamples: how many points on the outer and on the inner circle; at least 0.
///   - shuffle: whether the points are put in random order. Else the outer circle comes first.
///   - noise: the standard deviation of what is added to the coordinates; at least 0. nil, the default, for none.
///   - randomState: the seed; nil for other points each time.
///   - factor: the radius of the inner circle, the outer one's being 1; at least 0 and below 1.
/// - Returns: the points, and for each its circle: 0 the outer, 1 the inner.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for arguments out of range.
public func makeCircles(
    nSamples: (Int, Int), shuffle: Bool = true, noise: Double? = nil, randomState: UInt32? = nil, factor: Double = 0.8
) throws -> (x: Matrix<Double>, y: [Int]) {
    let (first, second) = try checkedPair(nSamples)
    try Argument("factor", factor).require((0..<1).contains(factor), "at least 0 and below 1")
    let outer = evenlySpaced(first, upTo: 2 * .pi, includingEnd: false).map { (cos($0), sin($0)) }
    let inner = evenlySpaced(second, upTo: 2 * .pi, includingEnd: false).map { (cos($0) * factor, sin($0) * factor) }
    return try points(outer, inner, shuffle: shuffle, noise: noise, randomState: randomState)
}

private func checkedPair(_ nSamples: (Int, Int)) throws -> (Int, Int) {
    let most = TableSize.limit / 4
    for count in [nSamples.0, nSamples.1] {
        try Argument("nSamples", nSamples).require((0...most).contains(count), "from 0 to \(most) on each curve")
    }
    return nSamples
}

/// NumPy's `linspace(0, end, count)`.
private func evenlySpaced(_ count: Int, upTo end: Double, includingEnd: Bool) -> [Double] {
    let steps = includingEnd ? count - 1 : count
    guard steps > 0 else { return Array(repeating: 0, count: count) }
    let step = end / Double(steps)
    return (0..<count).map { includingEnd && $0 == steps ? end : Double($0) * step }
}

/// The points of both curves: shuffled first, then shaken, as in scikit-learn.
private func points(
    _ outer: [(Double, Double)], _ inner: [(Double, Double)], shuffle: Bool, noise: Double?, randomState: UInt32?
) throws -> (x: Matrix<Double>, y: [Int]) {
    if let noise { try Argument("noise", noise).requireNotNegative() }
    var random = RandomState(seed: randomState)
    let all = outer + inner
    var x = Matrix(rows: all.count, columns: 2, elements: all.flatMap { [$0.0, $0.1] })
    var y = Array(repeating: 0, count: outer.count) + Array(repeating: 1, count: inner.count)
    if shuffle {
        let order = try random.permutation(all.count)
        x = x.selectingRows(order)
        y = order.map { y[$0] }
    }
    if let noise { x.apply { $0 + noise * random.standardNormal() } }
    return (x, y)
}
