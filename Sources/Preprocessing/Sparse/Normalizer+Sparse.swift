import Estimators
public import LinearAlgebra

extension Normalizer {
    /// Counts the features of `x`.
    ///
    /// - Throws: `EstimatorError.invalidInput` if `x` has no rows or columns, or contains NaN or an infinite value.
    public mutating func fit<Scalar: MatrixScalar>(_ x: SparseMatrix<Scalar>) throws {
        try Check.features(x)
        nFeaturesIn = x.columns
    }

    /// The samples divided by their norms, in a new sparse matrix; a sample of zeros stays as it is.
    ///
    /// - Throws: `EstimatorError.invalidInput` if `x` has no rows or columns, another number of columns than `fit` has
    ///   seen, or contains NaN or an infinite value.
    /// - Complexity: O(samples + stored elements).
    public func transform<Scalar: MatrixScalar>(_ x: SparseMatrix<Scalar>) throws -> SparseMatrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn ?? x.columns, of: "Normalizer", allowsNaN: false)
        let x = x.canonical
        return x.converted { values in
            var doubles = Scalar.doubles(values)
            doubles.withUnsafeMutableBufferPointer { doubles in
                for row in 0..<x.rows {
                    let stored = UnsafeMutableBufferPointer(
                        rebasing: doubles[x.rowOffsets[row]..<x.rowOffsets[row + 1]])
                    normalize(stored, leastNorm: .leastNonzeroMagnitude)
                }
            }
            return Scalar.rounding(doubles)
        }
    }
}
