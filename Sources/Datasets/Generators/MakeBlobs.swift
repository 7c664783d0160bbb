import Estimators
public import LinearAlgebra
import NumPyRandom

/// The centers of `makeBlobs`. A literal is enough: `4`, or `[[0, 0], [3, 1]]`.
public enum BlobCenters: Sendable, Equatable {
    /// So many, at random places.
    case count(Int)

    /// One in each row.
    case at(Matrix<Double>)
}

extension BlobCenters: ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
    /// So many, at random places.
    public init(integerLiteral count: Int) { self = .count(count) }

    /// One in each row.
    ///
    /// - Precondition: all rows have the same length.
    public init(arrayLiteral rows: [Double]...) {
        let columns = rows.first?.count ?? 0
        precondition(rows.allSatisfy { $0.count == columns }, "BlobCenters: the rows of the literal differ in length")
        self = .at(Matrix(rows: rows.count, columns: columns, elements: Array(rows.joined())))
    }
}

/// Generates round clusters of normally distributed points, as scikit-learn's `make_blobs` does.
///
/// The same seed gives the same numbers as in scikit-learn.
///
/// - Parameters:
///   - nSamples: how many points in all, as many in each cluster, or one more in the first; at least 1.
///   - nFeatures: how many coordinates a point has; at least 1.
///   - centers: how many clusters; at least 1. Their centers lie at random places in `centerBox`.
///   - clusterStd: the standard deviation of each cluster; at least 0.
///   - centerBox: the least and the greatest coordinate of a center.
///   - shuffle: whether the points are put in random order. Else the clusters follow each other.
///   - randomState: the seed; nil for other points each time.
/// - Returns: the points, and for each the number of its cluster.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for arguments out of range.
public func makeBlobs(
    nSamples: Int = 100, nFeatures: Int = 2, centers: Int = 3, clusterStd: Double = 1,
    centerBox: (Double, Double) = (-10, 10), shuffle: Bool = true, randomState: UInt32? = nil
) throws -> (x: Matrix<Double>, y: [Int]) {
    try makeBlobs(
        nSamples: .one(nSamples), nFeatures: nFeatures, centers: .count(centers), clusterStd: .one(clusterStd),
        centerBox: centerBox, shuffle: shuffle, randomState: randomState)
}

/// Generates round clusters with given sizes, centers or standard deviations.
///
/// ```swift
/// let (x, y) = try makeBlobs(nSamples: [30, 10], centers: [[0, 0], [4, 4]], clusterStd: [1, 0.3], randomState: 0)
/// ```
///
/// - Parameters:
///   - nSamples: how many points in all, or in each cluster.
///   - nFeatures: how many coordinates a point has; where centers are given, as many as these have.
///   - centers: the centers or their number; nil for 3, or for as many as `nSamples` has numbers.
///   - clusterStd: the standard deviation of all clusters or of each; at least 0.
///   - centerBox: the least and the greatest coordinate of a center that is not given.
///   - shuffle: whether the points are put in random order. Else the clusters follow each other.
///   - randomState: the seed; nil for other points each time.
/// - Returns: the points, and for each the number of its cluster.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for arguments out of range.
@_disfavoredOverload
public func makeBlobs(
    nSamples: OneOrEach<Int> = 100, nFeatures: Int = 2, centers: BlobCenters? = nil,
    clusterStd: OneOrEach<Double> = 1, centerBox: (Double, Double) = (-10, 10), shuffle: Bool = true,
    randomState: UInt32? = nil
) throws -> (x: Matrix<Double>, y: [Int]) {
    let (x, y, _) = try makeBlobsWithCenters(
        nSamples: nSamples, nFeatures: nFeatures, centers: centers, clusterStd: clusterStd, centerBox: centerBox,
        shuffle: shuffle, randomState: randomState)
    return (x, y)
}

/// Generates round clusters, and returns their centers: scikit-learn's `make_blobs(return_centers=True)`.
///
/// - Parameters:
///   - nSamples: how many points in all, or in each cluster.
///   - nFeatures: how many coordinates a point has; where centers are given, as many as these have.
///   - centers: the centers or their number; nil for 3, or for as many as `nSamples` has numbers.
///   - clusterStd: the standard deviation of all clusters or of each; at least 0.
///   - centerBox: the least and the greatest coordinate of a center that is not given.
///   - shuffle: whether the points are put in random order. Else the clusters follow each other.
///   - randomState: the seed; nil for other points each time.
/// - Returns: the points, for each the number of its cluster, and the centers, one in a row.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for arguments out of range.
public func makeBlobsWithCenters(
    nSamples: OneOrEach<Int> = 100, nFeatures: Int = 2, centers: BlobCenters? = nil,
    clusterStd: OneOrEach<Double> = 1, centerBox: (Double, Double) = (-10, 10), shuffle: Bool = true,
    randomState: UInt32? = nil
) throws -> (x: Matrix<Double>, y: [Int], centers: Matrix<Double>) {
    var random = RandomState(seed: randomState)
    let places = try blobCenters(
        centers, sizes: nSamples, nFeatures: nFeatures, box: centerBox, using: &random)
    let sizes = try blobSizes(nSamples, clusters: places.rows)
    let deviations = try clusterStd.values(places.rows, each: "centers", argument: "clusterStd")
    for deviation in clusterStd.given { try Argument("clusterStd", deviation).requireNotNegative() }
    let total = sizes.reduce(0, +)
    if total > 0 { try TableSize.check(Argument("nSamples", total), by: Argument("nFeatures", places.columns)) }

    var elements: [Double] = []
    elements.reserveCapacity(total * places.columns)
    for (cluster, size) in sizes.enumerated() {
        let (center, deviation) = (places.rowSlice(cluster), deviations[cluster])
        for _ in 0..<size {
            for coordinate in center { elements.append(coordinate + deviation * random.standardNormal()) }
        }
    }
    let x = Matrix(rows: total, columns: places.columns, elements: elements)
    let y = sizes.enumerated().flatMap { Array(repeating: $0, count: $1) }
    guard shuffle else { return (x, y, places) }
    let order = try random.permutation(total)
    return (x.selectingRows(order), order.map { y[$0] }, places)
}

private func blobCenters(
    _ centers: BlobCenters?, sizes: OneOrEach<Int>, nFeatures: Int, box: (Double, Double),
    using random: inout RandomState
) throws -> Matrix<Double> {
    var count = 3
    if case .each(let sizes) = sizes { count = sizes.count }
    switch centers {
    case .at(let places):
        try Argument("centers", "\(places.rows) × \(places.columns)").require(
            places.count > 0, "a table with at least one row and one column")
        if let bad = places.elements.first(where: { !$0.isFinite }) {
            try Argument("centers", bad).require(false, "a table of finite numbers")
        }
        return places
    case .count(let given):
        if case .each(let sizes) = sizes {
            try Argument("centers", given).require(
                given == sizes.count, "\(sizes.count), as many as nSamples has numbers")
        }
        count = given
    case nil:
        break
    }
    try TableSize.check(Argument("centers", count), by: Argument("nFeatures", nFeatures))
    try Argument("centerBox", box).require(
        box.0.isFinite && box.1.isFinite && (box.1 - box.0).isFinite, "two finite numbers with a finite difference")
    return Matrix(
        rows: count, columns: nFeatures, elements: try random.uniform(low: box.0, high: box.1, size: count * nFeatures))
}

/// The number of points in each cluster.
private func blobSizes(_ nSamples: OneOrEach<Int>, clusters: Int) throws -> [Int] {
    switch nSamples {
    case .one(let total):
        try Argument("nSamples", total).require(from: 1)
        try Argument("nSamples", total).require(total <= TableSize.limit, "at most \(TableSize.limit)")
        return (0..<clusters).map { total / clusters + ($0 < total % clusters ? 1 : 0) }
    case .each(let sizes):
        try Argument("nSamples", sizes.count).require(
            sizes.count == clusters, "one number or one for each of the \(clusters) centers", unit: "numbers")
        var total = 0
        for (index, size) in sizes.enumerated() {
            try Argument("nSamples[\(index)]", size).require(
                (0...TableSize.limit - total).contains(size), "at least 0, with a sum of at most \(TableSize.limit)")
            total += size
        }
        return sizes
    }
}
