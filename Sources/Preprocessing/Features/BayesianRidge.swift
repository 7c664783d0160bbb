import LinearAlgebra

/// A linear regression whose two penalties, of the weights and of the noise, are estimated from the data.
///
/// Source: D. MacKay, "Bayesian Interpolation", Neural Computation 4 (1992). The parameters are scikit-learn's defaults.
struct BayesianRidge: Equatable {
    let weights: [Double]
    let intercept: Double

    private static let (maxIter, tol, prior) = (300, 1e-3, 1e-6)

    init(weights: [Double], intercept: Double) {
        (self.weights, self.intercept) = (weights, intercept)
    }

    /// - Precondition: `x` and `y` are finite, with as many samples, at least one.
    /// - Throws: what the decomposition throws.
    init(_ x: Matrix<Double>, _ y: [Double]) throws {
        let count = Double(x.rows)
        let offsets = (0..<x.columns).map { column in
            (0..<x.rows).reduce(0) { $0 + x[$1, column] } / count
        }
        let mean = y.reduce(0, +) / count
        var centered = x
        for row in 0..<x.rows { for column in 0..<x.columns { centered[row, column] -= offsets[column] } }
        let target = y.map { $0 - mean }
        // Whatever the number of threads, the digits are the same.
        let (_, singular, turned) = try BLASThreads.withAtMost(1) { try svd(centered, fullMatrices: false) }
        let squares = singular.map { $0 * $0 }
        let moments = (0..<x.columns).map { column in
            (0..<x.rows).reduce(0) { $0 + centered[$1, column] * target[$1] }
        }
        let projected = singular.indices.map { direction in
            (0..<x.columns).reduce(0) { $0 + turned[direction, $1] * moments[$1] }
        }
        func solution(_ ratio: Double) -> (weights: [Double], error: Double) {
            let scaled = zip(projected, squares).map { $0 / ($1 + ratio) }
            let weights = (0..<x.columns).map { column in
                scaled.indices.reduce(0) { $0 + turned[$1, column] * scaled[$1] }
            }
            var error = 0.0
            centered.withUnsafeElements { elements in
                for row in target.indices {
                    var residual = target[row]
                    for column in weights.indices {
                        residual -= elements[row &* weights.count &+ column] * weights[column]
                    }
                    error += residual * residual
                }
            }
            return (weights, error)
        }

        let variance = target.reduce(0) { $0 + $1 * $1 } / count
        var (noise, penalty) = (1 / (variance + Double.ulpOfOne), 1.0)
        var previous: [Double]?
        for _ in 0..<BayesianRidge.maxIter {
            let (weights, error) = solution(penalty / noise)
            let effective = squares.reduce(0) { $0 + noise * $1 / (penalty + noise * $1) }
            let length = weights.reduce(0) { $0 + $1 * $1 }
            penalty = (effective + 2 * BayesianRidge.prior) / (length + 2 * BayesianRidge.prior)
            noise = (count - effective + 2 * BayesianRidge.prior) / (error + 2 * BayesianRidge.prior)
            if let previous, zip(previous, weights).reduce(0, { $0 + abs($1.0 - $1.1) }) < BayesianRidge.tol { break }
            previous = weights
        }
        weights = solution(penalty / noise).weights
        intercept = mean - zip(offsets, weights).reduce(0) { $0 + $1.0 * $1.1 }
    }

    func predict(_ row: [Double]) -> Double {
        zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 } + intercept
    }
}
