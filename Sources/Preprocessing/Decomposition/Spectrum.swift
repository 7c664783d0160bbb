import Estimators
import LinearAlgebra
import NumPyRandom

/// The most numbers of which directions consist: 2³¹, which are 16 GB.
private let mostNumbers = 1 << 31

/// The directions of a table's variance, in descending order of it.
struct Spectrum {
    /// The singular values of the centered table.
    var singularValues: [Double]
    /// The variance in every direction, with rows − 1 as divisor.
    var variances: [Double]
    /// One direction in each row; the entry of greatest absolute value is positive.
    var vectors: Matrix<Double>

    private init(singularValues: [Double], variances: [Double], vectors: Matrix<Double>) {
        self.singularValues = singularValues
        self.variances = variances
        self.vectors = vectors
        for row in 0..<vectors.rows {
            let entries = vectors.row(row)
            guard let greatest = entries.map(\.magnitude).max(),
                let first = entries.first(where: { $0.magnitude == greatest }), first < 0
            else { continue }
            for column in 0..<vectors.columns { self.vectors[row, column] = -entries[column] }
        }
    }

    /// The table without the means of its columns.
    ///
    /// - Throws: `EstimatorError.invalidInput` where the variances overflow.
    private static func centered(_ x: Matrix<Double>, at mean: [Double]) throws -> Matrix<Double> {
        var centered = x
        try centered.applyToRows(with: mean) { $0 - $1 }
        let greatest = x.elements.reduce(0) { max($0, $1.magnitude) }
        if greatest > 0x1p480 {
            try Check.require(
                centered.elements.reduce(0) { $0 + $1 * $1 }.isFinite, "x",
                "must have a finite variance, but has numbers up to \(greatest); scale the features first")
        }
        return centered
    }

    /// By the singular value decomposition.
    static func ofCentered(_ x: Matrix<Double>, mean: [Double]) throws -> Spectrum {
        let centered = try centered(x, at: mean)
        let (_, s, vt) = try svd(centered, fullMatrices: false)
        return Spectrum(singularValues: s, variances: s.map { $0 * $0 / Double(x.rows - 1) }, vectors: vt)
    }

    /// By the eigenvalues of the covariance matrix (X − mean)ᵀ(X − mean)/(n − 1).
    ///
    /// scikit-learn computes (XᵀX − n·mean·meanᵀ)/(n − 1), which loses all digits far from 0.
    static func ofCovariance(of x: Matrix<Double>, mean: [Double]) throws -> Spectrum {
        let centered = try centered(x, at: mean)
        var covariance = Matrix<Double>(rows: x.columns, columns: x.columns, repeating: 0)
        try matmul(centered, centered, transposeA: true, into: &covariance)
        // The deviations sum to 0 but for rounding; what they miss by corrects the products.
        let (n, missed) = (Double(x.rows), centered.columnSums())
        for row in 0..<x.columns {
            for column in 0..<x.columns {
                covariance[row, column] = (covariance[row, column] - missed[row] * missed[column] / n) / (n - 1)
            }
        }
        let (ascending, vectors) = try eigh(covariance)
        // Rounding can make the least ones negative.
        let variances = ascending.reversed().map { max($0, 0) }
        return Spectrum(
            singularValues: variances.map { ($0 * (n - 1)).squareRoot() }, variances: variances,
            vectors: vectors.transposed.selectingRows((0..<x.columns).reversed()))
    }

    /// The greatest singular values, from the range of the table's product with random directions.
    ///
    /// Only the space that the directions span matters, so that any orthonormal basis serves between two products.
    ///
    /// Source: N. Halko, P.-G. Martinsson, J. A. Tropp, "Finding structure with randomness", SIAM Review 53 (2011),
    /// algorithms 4.4 and 5.1.
    ///
    /// - Returns: the directions, and the variance in all.
    static func approximating(
        _ x: Matrix<Double>, mean: [Double], nComponents: Int, nOversamples: Int, iterations: Int?, randomState: UInt32?
    ) throws -> (Spectrum, totalVariance: Double) {
        let centered = try centered(x, at: mean)
        let n = Double(x.rows - 1)
        let total = centered.elements.reduce(0) { $0 + $1 * $1 } / n

        let isWide = x.rows < x.columns
        let table = isWide ? centered.transposed : centered
        let turned = isWide ? centered : centered.transposed
        var random = RandomState(seed: randomState)
        // More directions than columns span no more.
        let width = table.columns
        let most = mostNumbers / width - nComponents
        try Check.require(
            nOversamples <= most, parameter: "nOversamples", nOversamples,
            allowed: "small enough for its directions to fit in memory, at most \(most)")
        let count = nComponents + nOversamples
        var directions = Matrix(
            rows: width, columns: count, elements: try random.normal(size: width * count))
        let few = Double(nComponents) < 0.1 * Double(min(x.rows, x.columns))
        for _ in 0..<(iterations ?? (few ? 7 : 4)) {
            directions = try svd(matmul(table, directions), fullMatrices: false).u
            directions = try svd(matmul(turned, directions), fullMatrices: false).u
        }
        let basis = try svd(matmul(table, directions), fullMatrices: false).u
        let (u, s, vt) = try svd(matmul(basis.transposed, table), fullMatrices: false)
        let kept = Array(0..<nComponents)
        let vectors = isWide ? try matmul(basis, u).transposed : vt
        let singularValues = Array(s.prefix(nComponents))
        let spectrum = Spectrum(
            singularValues: singularValues, variances: singularValues.map { $0 * $0 / n },
            vectors: vectors.selectingRows(kept))
        return (spectrum, total)
    }
}
