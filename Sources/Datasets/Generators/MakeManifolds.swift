import Foundation
public import LinearAlgebra
import NumPyRandom

/// Generates points on a rolled-up sheet in space, as scikit-learn's `make_swiss_roll` does.
///
/// The same seed gives the same points as in scikit-learn, up to the rounding of sine and cosine.
///
/// - Parameters:
///   - nSamples: how many points; at least 1.
///   - noise: the standard deviation of what is added to the coordinates; at least 0.
///   - randomState: the seed; nil for other points each time.
///   - hole: whether the sheet has a hole.
/// - Returns: the points, samples × 3, and for each its place along the roll.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for arguments out of range.
public func makeSwissRoll(
    nSamples: Int = 100, noise: Double = 0, randomState: UInt32? = nil, hole: Bool = false
) throws -> (x: Matrix<Double>, t: [Double]) {
    try checkManifold(nSamples, noise: noise)
    var random = RandomState(seed: randomState)
    let (t, y): ([Double], [Double])
    if hole {
        // The eight squares around the hole.
        let squares = [0, 1, 2, 3, 5, 6, 7, 8]
        let (starts, heights) = (squares.map { 1.5 + Double($0 / 3) }, squares.map { Double($0 % 3) * 7 })
        let chosen = try random.randint(low: 0, high: 8, size: nSamples)
        let (along, across) = (try random.randomSample(size: nSamples), try random.randomSample(size: nSamples))
        t = zip(chosen, along).map { square, share in Double.pi * starts[square] + share * Double.pi }
        y = zip(chosen, across).map { square, share in heights[square] + share * 7 }
    } else {
        t = try random.randomSample(size: nSamples).map { 1.5 * .pi * (1 + 2 * $0) }
        y = try random.randomSample(size: nSamples).map { 21 * $0 }
    }
    let x = try points([t.map { $0 * cos($0) }, y, t.map { $0 * sin($0) }], noise: noise, &random)
    return (x, t)
}

/// Generates points on a sheet in the shape of an S, as scikit-learn's `make_s_curve` does.
///
/// The same seed gives the same points as in scikit-learn, up to the rounding of sine and cosine.
///
/// - Parameters:
///   - nSamples: how many points; at least 1.
///   - noise: the standard deviation of what is added to the coordinates; at least 0.
///   - randomState: the seed; nil for other points each time.
/// - Returns: the points, samples × 3, and for each its place along the curve.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for arguments out of range.
public func makeSCurve(
    nSamples: Int = 100, noise: Double = 0, randomState: UInt32? = nil
) throws -> (x: Matrix<Double>, t: [Double]) {
    try checkManifold(nSamples, noise: noise)
    var random = RandomState(seed: randomState)
    let t = try random.randomSample(size: nSamples).map { 3 * .pi * ($0 - 0.5) }
    let y = try random.randomSample(size: nSamples).map { 2 * $0 }
    let z = t.map { ($0 > 0 ? 1 : $0 < 0 ? -1 : 0) * (cos($0) - 1) }
    return (try points([t.map { sin($0) }, y, z], noise: noise, &random), t)
}

private func checkManifold(_ nSamples: Int, noise: Double) throws {
    try TableSize.check(Argument("nSamples", nSamples), by: Argument("coordinates", 3))
    try Argument("noise", noise).requireNotNegative()
}

/// The points with these coordinates, to which noise is added coordinate by coordinate.
private func points(
    _ coordinates: [[Double]], noise: Double, _ random: inout RandomState
) throws -> Matrix<Double> {
    let noisy = try coordinates.map { column in
        zip(column, try random.standardNormal(size: column.count)).map { $0 + noise * $1 }
    }
    return Matrix(
        rows: noisy[0].count, columns: noisy.count,
        elements: noisy[0].indices.flatMap { row in noisy.map { $0[row] } })
}
