import Estimators
public import LinearAlgebra

// The components with their variances, and the noise in all other directions, are a normal distribution.
//
// Source: M. E. Tipping, C. M. Bishop, "Mixtures of probabilistic principal component analysers", Neural Computation 11
// (1999).

extension PCA {
    /// Features × features: the covariance that the components and the noise make up.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`.
    /// - Complexity: O(features² × components).
    public func getCovariance() throws -> Matrix<Double> {
        guard let nFeaturesIn, let noiseVariance else { throw EstimatorError.notFitted(estimator: "PCA") }
        var scaled = components.transposed
        try scaled.applyToRows(with: explainedVariance) { entry, variance in
            // Whitened components count with their deviation on both sides, as in scikit-learn.
            entry * max(variance - noiseVariance, 0) * (whiten ? variance : 1)
        }
        var covariance = try matmul(scaled, components)
        for feature in 0..<nFeaturesIn { covariance[feature, feature] += noiseVariance }
        return covariance
    }

    /// Features × features: the inverse of the covariance.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `LinearAlgebraError.singular` where there is no noise and a
    ///   direction without variance.
    /// - Complexity: O(features³).
    public func getPrecision() throws -> Matrix<Double> {
        let covariance = try getCovariance()
        var identity = Matrix<Double>(rows: covariance.rows, columns: covariance.rows, repeating: 0)
        for feature in 0..<covariance.rows { identity[feature, feature] = 1 }
        return try solve(covariance, identity)
    }

    /// The logarithm of every sample's probability density.
    ///
    /// - Parameter x: samples × features, as many features as in `fit`.
    /// - Throws: what ``transform(_:)`` and ``getPrecision()`` throw.
    /// - Complexity: O(samples × features² + features³).
    public func scoreSamples<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> [Double] {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "PCA", allowsNaN: false)
        let precision = try getPrecision()
        let logDeterminant = try svd(precision).s.reduce(0) { $0 + Double.log($1) }
        var centered = x.doubles
        try centered.applyToRows(with: mean) { $0 - $1 }
        var products = try matmul(centered, precision)
        try products.multiplyElements(by: centered)
        let constant = Double(x.columns) * Double.log(2 * .pi) - logDeterminant
        return (0..<x.rows).map { -0.5 * (products.rowSlice($0).reduce(0, +) + constant) }
    }

    /// The mean logarithm of the samples' probability densities.
    ///
    /// - Throws: what ``scoreSamples(_:)`` throws.
    public func score<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Double {
        let scores = try scoreSamples(x)
        return scores.reduce(0, +) / Double(scores.count)
    }
}
