public import LinearAlgebra
import NumPyRandom

/// Generates a table for classification, as scikit-learn's `make_classification` does.
///
/// Each class is a few clusters of normally distributed points around corners of a cube. `nInformative` columns hold
/// their coordinates, stretched and turned differently in each cluster; further columns are linear combinations and
/// copies of these, and the rest is noise. The same seed gives the same labels as in scikit-learn, and the same numbers
/// up to the rounding of matrix products.
///
/// ```swift
/// let (x, y) = try makeClassification(nSamples: 200, nFeatures: 8, randomState: 0)
/// ```
///
/// - Parameters:
///   - nSamples: how many rows; at least 1.
///   - nFeatures: how many columns; at least as many as are informative, redundant and repeated.
///   - nInformative: how many columns have coordinates of the clusters; at least 1, and enough that the cube has a
///     corner for every cluster: `nClasses * nClustersPerClass` is at most 2 to the power of it.
///   - nRedundant: how many columns are random combinations of the informative ones.
///   - nRepeated: how many columns are copies of informative and redundant ones, drawn with replacement.
///   - nClasses: how many classes; at least 1.
///   - nClustersPerClass: how many clusters each class has; at least 1.
///   - weights: the share of each class, in order; the last may be left out, and is what lacks to 1. Where they sum to
///     less than 1 the remaining samples are dealt out to all clusters, and samples above `nSamples` are left out. By
///     default the classes are of equal size.
///   - flipY: the share of samples, from 0 to 1, whose label is drawn anew from all classes.
///   - classSep: half the side of the cube; above 0. The larger, the easier.
///   - hypercube: whether the clusters lie at corners of a cube, else of a random box for each.
///   - shift: what is added to every column; nil for a random number in [−classSep, classSep) for each.
///   - scale: what every column is then multiplied by, above 0; nil for a random number in [1, 101) for each.
///   - shuffle: whether rows and columns are put in random order. Else the clusters follow each other, and the columns
///     are the informative, the redundant, the repeated ones and noise.
///   - randomState: the seed; nil for another table each time.
/// - Returns: the features, and for each row its class, 0 to `nClasses - 1`.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for anything else.
public func makeClassification(
    nSamples: Int = 100, nFeatures: Int = 20, nInformative: Int = 2, nRedundant: Int = 2, nRepeated: Int = 0,
    nClasses: Int = 2, nClustersPerClass: Int = 2, weights: [Double]? = nil, flipY: Double = 0.01,
    classSep: Double = 1, hypercube: Bool = true, shift: Double? = 0, scale: Double? = 1, shuffle: Bool = true,
    randomState: UInt32? = nil
) throws -> (x: Matrix<Double>, y: [Int]) {
    try makeClassification(
        nSamples: nSamples, nFeatures: nFeatures, nInformative: nInformative, nRedundant: nRedundant,
        nRepeated: nRepeated, nClasses: nClasses, nClustersPerClass: nClustersPerClass, weights: weights, flipY: flipY,
        classSep: classSep, hypercube: hypercube, shift: shift.map(OneOrEach.one), scale: scale.map(OneOrEach.one),
        shuffle: shuffle, randomState: randomState)
}

/// Generates a table for classification, with a shift or a scale for each column.
///
/// - Parameters:
///   - nSamples: how many rows; at least 1.
///   - nFeatures: how many columns; at least as many as are informative, redundant and repeated.
///   - nInformative: how many columns have coordinates of the clusters; at least 1, and enough that the cube has a
///     corner for every cluster: `nClasses * nClustersPerClass` is at most 2 to the power of it.
///   - nRedundant: how many columns are random combinations of the informative ones.
///   - nRepeated: how many columns are copies of informative and redundant ones, drawn with replacement.
///   - nClasses: how many classes; at least 1.
///   - nClustersPerClass: how many clusters each class has; at least 1.
///   - weights: the share of each class, in order; the last may be left out, and is what lacks to 1. Where they sum to
///     less than 1 the remaining samples are dealt out to all clusters, and samples above `nSamples` are left out. By
///     default the classes are of equal size.
///   - flipY: the share of samples, from 0 to 1, whose label is drawn anew from all classes.
///   - classSep: half the side of the cube; above 0. The larger, the easier.
///   - hypercube: whether the clusters lie at corners of a cube, else of a random box for each.
///   - shift: what is added: one number for all columns or one for each; nil for a random number in [−classSep, classSep)
///     for each.
///   - scale: what is then multiplied by: one number above 0 for all columns, or one for each; nil for a random number in
///     [1, 101) for each.
///   - shuffle: whether rows and columns are put in random order. Else the clusters follow each other, and the columns
///     are the informative, the redundant, the repeated ones and noise.
///   - randomState: the seed; nil for another table each time.
/// - Returns: the features, and for each row its class, 0 to `nClasses - 1`.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for arguments out of range.
@_disfavoredOverload
public func makeClassification(
    nSamples: Int = 100, nFeatures: Int = 20, nInformative: Int = 2, nRedundant: Int = 2, nRepeated: Int = 0,
    nClasses: Int = 2, nClustersPerClass: Int = 2, weights: [Double]? = nil, flipY: Double = 0.01,
    classSep: Double = 1, hypercube: Bool = true, shift: OneOrEach<Double>? = 0, scale: OneOrEach<Double>? = 1,
    shuffle: Bool = true, randomState: UInt32? = nil
) throws -> (x: Matrix<Double>, y: [Int]) {
    var design = ClassificationDesign(
        nSamples: nSamples, nFeatures: nFeatures, nInformative: nInformative, nRedundant: nRedundant,
        nRepeated: nRepeated, nClasses: nClasses, nClustersPerClass: nClustersPerClass, weights: weights, flipY: flipY,
        classSep: classSep, hypercube: hypercube, shift: shift, scale: scale, random: RandomState(seed: randomState))
    try design.check()
    // BLAS rounds by the number of threads, and a seed must mean one table.
    let (x, y) = try BLASThreads.withAtMost(1) { try design.samples() }
    return shuffle ? try design.shuffled(x, y) : (x, y)
}

/// The arguments of `makeClassification`, and the generator, whose numbers are drawn in scikit-learn's order.
private struct ClassificationDesign {
    let nSamples: Int
    let nFeatures: Int
    let nInformative: Int
    let nRedundant: Int
    let nRepeated: Int
    let nClasses: Int
    let nClustersPerClass: Int
    let weights: [Double]?
    let flipY: Double
    let classSep: Double
    let hypercube: Bool
    let shift: OneOrEach<Double>?
    let scale: OneOrEach<Double>?
    var random: RandomState

    var nClusters: Int { nClasses * nClustersPerClass }
    var nUseful: Int { nInformative + nRedundant + nRepeated }
}

// MARK: - Checks

extension ClassificationDesign {
    func check() throws {
        try TableSize.check(Argument("nSamples", nSamples), by: Argument("nFeatures", nFeatures))
        try Argument("nInformative", nInformative).require(from: 1)
        try Argument("nRedundant", nRedundant).require(from: 0)
        try Argument("nRepeated", nRepeated).require(from: 0)
        try Argument("nClasses", nClasses).require(from: 1)
        try Argument("nClustersPerClass", nClustersPerClass).require(from: 1)
        for (name, value) in [("nInformative", nInformative), ("nRedundant", nRedundant), ("nRepeated", nRepeated)] {
            try Argument(name, value).require(value <= nFeatures, "at most nFeatures, which is \(nFeatures)")
        }
        try Argument("nInformative + nRedundant + nRepeated", nUseful).require(
            nUseful <= nFeatures, "at most nFeatures, which is \(nFeatures)")
        try checkClusters()
        try checkWeights()
        try Argument("flipY", flipY).requireShare()
        try Argument("classSep", classSep).requirePositive()
        try checkColumns(shift, "shift") { try $0.requireFinite() }
        try checkColumns(scale, "scale") { try $0.requirePositive() }
    }

    private func checkClusters() throws {
        let (clusters, overflow) = nClasses.multipliedReportingOverflow(by: nClustersPerClass)
        try Argument("nClasses × nClustersPerClass", "\(nClasses) × \(nClustersPerClass)").require(
            !overflow && (nInformative >= Int.bitWidth - 1 || clusters <= 1 << nInformative),
            "at most 2 to the power of nInformative, which is \(nInformative)")
        try TableSize.check(
            Argument("nClasses × nClustersPerClass", clusters), by: Argument("nInformative", nInformative))
        try TableSize.check(Argument("nInformative", nInformative), by: Argument("nInformative", nInformative))
    }

    private func checkWeights() throws {
        guard let weights else { return }
        try Argument("weights", weights.count).require(
            weights.count == nClasses || weights.count == nClasses - 1,
            "one number for each of the \(nClasses) classes, or for all but the last", unit: "numbers")
        for (index, weight) in weights.enumerated() {
            try Argument("weights[\(index)]", weight).requireNotNegative()
        }
        let sum = weights.reduce(0, +)
        // Shares such as 0.1 are rounded, and their sum may pass 1 by that.
        try Argument("weights", weights).require(
            weights.count == nClasses || sum <= 1 + 1e-9, "of a sum of at most 1 where the last is left out")
    }

    private func checkColumns(
        _ values: OneOrEach<Double>?, _ name: String, each check: (Argument<Double>) throws -> Void
    ) throws {
        guard let values else { return }
        _ = try values.values(nFeatures, each: "features", argument: name)
        for value in values.given { try check(Argument(name, value)) }
    }
}

// MARK: - Samples

extension ClassificationDesign {
    mutating func samples() throws -> (Matrix<Double>, [Int]) {
        let sizes = clusterSizes()
        let centroids = try centroids()
        var x = Matrix<Double>(rows: nSamples, columns: nFeatures, repeating: 0)
        let informative = try informativeColumns(sizes: sizes, centroids: centroids)
        x.replace(fromRow: 0, column: 0, by: informative)
        if nRedundant > 0 { x.replace(fromRow: 0, column: nInformative, by: try redundantColumns(of: informative)) }
        if nRepeated > 0 { try repeatColumns(of: &x) }
        if nFeatures > nUseful {
            let noise = try random.standardNormalTable(rows: nSamples, columns: nFeatures - nUseful)
            x.replace(fromRow: 0, column: nUseful, by: noise)
        }
        let y = try labels(sizes: sizes)
        try moveAndScale(&x)
        return (x, y)
    }

    /// The number of samples in each cluster; cluster k belongs to class k modulo the number of classes.
    private func clusterSizes() -> [Int] {
        var shares = weights ?? Array(repeating: 1 / Double(nClasses), count: nClasses)
        if shares.count < nClasses { shares.append(1 - shares.reduce(0, +)) }
        var sizes = (0..<nClusters).map { cluster in
            let size = Double(nSamples) * shares[cluster % nClasses] / Double(nClustersPerClass)
            return Int(min(size, Double(nSamples)))
        }
        let missing = nSamples - sizes.reduce(0, +)
        if missing > 0 {
            for index in 0..<missing { sizes[index % nClusters] += 1 }
        }
        return sizes
    }

    /// The center of each cluster, one in a row.
    private mutating func centroids() throws -> Matrix<Double> {
        let corners = try random.hypercubeCorners(nClusters, dimensions: nInformative)
        var centroids = corners.map { Double($0) * (2 * classSep) - classSep }
        guard !hypercube else { return centroids }
        let sizes = try random.randomSample(size: nClusters)
        let sides = try random.randomSample(size: nInformative)
        for cluster in 0..<nClusters {
            for column in 0..<nInformative {
                centroids[cluster, column] = centroids[cluster, column] * sizes[cluster] * sides[column]
            }
        }
        return centroids
    }

    /// Normally distributed points, cluster by cluster, each cluster with a correlation of its own.
    private mutating func informativeColumns(sizes: [Int], centroids: Matrix<Double>) throws -> Matrix<Double> {
        var points = try random.standardNormalTable(rows: nSamples, columns: nInformative)
        var start = 0
        for (cluster, size) in sizes.enumerated() {
            let covariance = try random.uniformTable(rows: nInformative, columns: nInformative).map { 2 * $0 - 1 }
            let end = min(start + size, nSamples)
            guard start < end else { continue }
            var moved = try matmul(points.selectingRows(Array(start..<end)), covariance)
            try moved.addToRows(centroids.row(cluster))
            points.replace(fromRow: start, column: 0, by: moved)
            start = end
        }
        return points
    }

    private mutating func redundantColumns(of informative: Matrix<Double>) throws -> Matrix<Double> {
        let mixture = try random.uniformTable(rows: nInformative, columns: nRedundant).map { 2 * $0 - 1 }
        return try matmul(informative, mixture)
    }

    private mutating func repeatColumns(of x: inout Matrix<Double>) throws {
        let last = Double(nInformative + nRedundant - 1)
        let sources = try random.randomSample(size: nRepeated).map { Int(last * $0 + 0.5) }
        x.replace(fromRow: 0, column: nInformative + nRedundant, by: x.selectingColumns(sources))
    }

    private mutating func labels(sizes: [Int]) throws -> [Int] {
        var y = Array(sizes.enumerated().flatMap { Array(repeating: $0 % nClasses, count: $1) }.prefix(nSamples))
        let flipped = try random.randomSample(size: nSamples).enumerated().filter { $0.element < flipY }.map(\.offset)
        for (index, label) in zip(flipped, try random.randint(low: 0, high: nClasses, size: flipped.count)) {
            y[index] = label
        }
        return y
    }

    private mutating func moveAndScale(_ x: inout Matrix<Double>) throws {
        let shifts =
            try shift?.values(nFeatures, each: "features", argument: "shift")
            ?? random.randomSample(size: nFeatures).map { (2 * $0 - 1) * classSep }
        try x.addToRows(shifts)
        let scales =
            try scale?.values(nFeatures, each: "features", argument: "scale")
            ?? random.randomSample(size: nFeatures).map { 1 + 100 * $0 }
        try x.applyToRows(with: scales) { $0 * $1 }
    }

    /// The samples in random order, and their columns too.
    mutating func shuffled(_ x: Matrix<Double>, _ y: [Int]) throws -> (Matrix<Double>, [Int]) {
        let rows = try random.permutation(nSamples)
        let columns = try random.permutation(nFeatures)
        return (x.selectingRows(rows).selectingColumns(columns), rows.map { y[$0] })
    }
}

extension RandomState {
    /// Different corners of the unit cube, one in a row of zeros and ones.
    ///
    /// The last 30 coordinates are the bits of different integers; coordinates before these are drawn freely.
    fileprivate mutating func hypercubeCorners(_ count: Int, dimensions: Int) throws -> Matrix<Int> {
        let bits = min(dimensions, 30)
        let free = dimensions - bits
        let leading = try randint(low: 0, high: 2, size: count * free)
        let corners = try sampleWithoutReplacement(1 << bits, size: count)
        let elements = corners.enumerated().flatMap { index, corner in
            leading[(index * free)..<((index + 1) * free)] + (0..<bits).reversed().map { corner >> $0 & 1 }
        }
        return Matrix(rows: count, columns: dimensions, elements: elements)
    }
}
