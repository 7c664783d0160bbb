import LinearAlgebra

/// The number of components whose model has the greatest evidence.
///
/// Source: T. P. Minka, "Automatic choice of dimensionality for PCA", NIPS 13 (2000), equation 30.
///
/// - Parameter variances: those of all components, in descending order.
func likeliestDimension(variances: [Double], nSamples: Int) -> Int {
    let evidences = (0..<variances.count).map { rank in
        rank == 0 ? -.infinity : logEvidence(variances: variances, rank: rank, nSamples: Double(nSamples))
    }
    return evidences.firstIndex(of: evidences.max() ?? -.infinity) ?? 0
}

private func logEvidence(variances: [Double], rank: Int, nSamples n: Double) -> Double {
    let least = 1e-15
    guard variances[rank - 1] >= least else { return -.infinity }
    let (d, k) = (Double(variances.count), Double(rank))

    var prior = -k * Double.log(2)
    for i in 1...rank {
        let half = (d - Double(i) + 1) / 2
        prior += Double.logGamma(half) - Double.log(.pi) * half
    }
    let rest = variances[rank...]
    let noise = max(least, rest.reduce(0, +) / (d - k))
    let explained = -variances[..<rank].reduce(0) { $0 + Double.log($1) } * n / 2
    let unexplained = -Double.log(noise) * n * (d - k) / 2
    let parameters = d * k - k * (k + 1) / 2

    var curvature = 0.0
    for i in 0..<rank {
        for j in (i + 1)..<variances.count {
            let other = j < rank ? variances[j] : noise
            curvature += Double.log((variances[i] - variances[j]) * (1 / other - 1 / variances[i])) + Double.log(n)
        }
    }
    return prior + explained + unexplained + Double.log(2 * .pi) * (parameters + k) / 2 - curvature / 2
        - k * Double.log(n) / 2
}
