public import LinearAlgebra
import NumPyRandom

/// Generates normally distributed points whose classes are shells around their center, as scikit-learn's
/// `make_gaussian_quantiles` does.
///
/// The same seed gives the same points as in scikit-learn.
///
/// - Parameters:
///   - mean: the center, one number for each feature; nil for the origin.
///   - cov: the variance of each coordinate; at least 0.
///   - nSamples: how many points; at least as many as classes.
///   - nFeatures: how many coordinates a point has; at least 1.
///   - nClasses: how many classes, with as many points each; at least 1.
///   - shuffle: whether the points are put in random order. Else those near the center come first.
///   - randomState: the seed; nil for other points each time.
/// - Returns: the points, and for each the number of its shell.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for arguments out of range.
public func makeGaussianQuantiles(
    mean: [Double]? = nil, cov: Double = 1, nSamples: Int = 100, nFeatures: Int = 2, nClasses: Int = 3,
    shuffle: Bool = true, randomState: UInt32? = nil
) throws -> (x: Matrix<Double>, y: [Int]) {
    try TableSize.check(Argument("nSamples", nSamples), by: Argument("nFeatures", nFeatures))
    try Argument("nClasses", nClasses).require((1...nSamples).contains(nClasses), "from 1 to nSamples, \(nSamples)")
    try Argument("cov", cov).requireNotNegative()
    let center = mean ?? Array(repeating: 0, count: nFeatures)
    try Argument("mean", center).require(
        center.count == nFeatures && center.allSatisfy(\.isFinite), "\(nFeatures) finite numbers, one for each feature")
    var random = RandomState(seed: randomState)
    let deviation = cov.squareRoot()
    let offsets = try random.standardNormal(size: nSamples * nFeatures).map { $0 * deviation }
    let points = Matrix(
        rows: nSamples, columns: nFeatures,
        elements: offsets.enumerated().map { $1 + center[$0 % nFeatures] })
    let distances = (0..<nSamples).map { row in
        zip(points.rowSlice(row), center).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    var order = distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
    let step = nSamples / nClasses
    var labels = (0..<nSamples).map { min($0 / step, nClasses - 1) }
    if shuffle {
        let shuffled = try random.permutation(nSamples)
        (order, labels) = (shuffled.map { order[$0] }, shuffled.map { labels[$0] })
    }
    return (points.selectingRows(order), labels)
}

/// Generates the two classes of example 10.2 of Hastie, Tibshirani and Friedman, as scikit-learn's `make_hastie_10_2`
/// does: ten normally distributed features, and class 1 where the sum of their squares exceeds 9.34, else −1.
///
/// - Parameters:
///   - nSamples: how many samples; at least 1.
///   - randomState: the seed; nil for other samples each time.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for fewer than one sample, or too many.
public func makeHastie10_2(
    nSamples: Int = 12_000, randomState: UInt32? = nil
) throws -> (x: Matrix<Double>, y: [Int]) {
    try TableSize.check(Argument("nSamples", nSamples), by: Argument("nFeatures", 10))
    var random = RandomState(seed: randomState)
    let x = Matrix(rows: nSamples, columns: 10, elements: try random.standardNormal(size: nSamples * 10))
    return (x, (0..<nSamples).map { pairwiseSum(x.row($0).map { $0 * $0 }) > 9.34 ? 1 : -1 })
}
