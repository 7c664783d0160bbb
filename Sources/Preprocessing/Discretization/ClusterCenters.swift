import LinearAlgebra

/// The centers of a k-means clustering of numbers, by Lloyd's algorithm.
///
/// Up to 300 rounds, until no number changes its cluster or the centers move by less than 10⁻⁴ of the variance, in
/// total. A cluster that has become empty starts again at the number that is farthest from its center.
///
/// Source: S. P. Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information Theory 28 (1982).
func clusterCenters(of numbers: [Double], weights: [Double]?, startingAt starts: [Double]) -> [Double] {
    let n = Double(numbers.count)
    let mean = pairwiseSum(numbers) / n
    let values = numbers.map { $0 - mean }
    let tolerance = pairwiseSum(values.map { $0 * $0 }) / n * 1e-4
    var centers = starts.map { $0 - mean }
    var clusters = [Int](repeating: -1, count: values.count)
    for _ in 0..<300 {
        let before = (clusters: clusters, centers: centers)
        clusters = values.map { nearest(to: $0, of: before.centers) }
        centers = means(of: values, weights: weights, clusters: clusters, before: before.centers)
        let movement = zip(centers, before.centers).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        if clusters == before.clusters || movement <= tolerance { break }
    }
    return centers.map { $0 + mean }
}

/// The first of the centers that are nearest.
private func nearest(to value: Double, of centers: [Double]) -> Int {
    var (best, least) = (0, Double.infinity)
    for (cluster, center) in centers.enumerated() {
        // The square of the distance but for the value's own.
        let distance = center * center - 2 * value * center
        if distance < least { (best, least) = (cluster, distance) }
    }
    return best
}

private func means(of values: [Double], weights: [Double]?, clusters: [Int], before: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: before.count)
    var totals = sums
    // A cluster whose members have left is empty, although differences of weights may leave a rounding error.
    var members = [Int](repeating: 0, count: before.count)
    for (index, cluster) in clusters.enumerated() {
        let weight = weights?[index] ?? 1
        sums[cluster] += values[index] * weight
        totals[cluster] += weight
        if weight > 0 { members[cluster] += 1 }
    }
    let empty = totals.indices.filter { totals[$0] == 0 }
    if !empty.isEmpty {
        let distances = zip(values, clusters).map { ($0 - before[$1]) * ($0 - before[$1]) }
        // Of equally distant numbers the last, which is what NumPy's partition mostly gives.
        let farthest = values.indices.sorted { (distances[$0], $0) > (distances[$1], $1) }
        if distances.contains(where: { $0 > 0 }) {
            for (cluster, index) in zip(empty, farthest) {
                let weight = weights?[index] ?? 1
                sums[clusters[index]] -= values[index] * weight
                totals[clusters[index]] -= weight
                sums[cluster] = values[index] * weight
                totals[cluster] = weight
                guard weight > 0 else { continue }
                members[clusters[index]] -= 1
                members[cluster] = 1
            }
        }
    }
    let heaviest = totals.indices.max { totals[$0] < totals[$1] || (totals[$0] == totals[$1] && $0 > $1) } ?? 0
    // By reciprocals, as in scikit-learn: which of two centers is nearer to a number in the middle depends on the last
    // bit. A cluster without members gets the center of the heaviest one; scikit-learn gives it the sum of that one's
    // values where it has not yet divided them.
    return sums.indices.map { cluster in
        let source = members[cluster] > 0 ? cluster : heaviest
        return sums[source] * (1 / totals[source])
    }
}
