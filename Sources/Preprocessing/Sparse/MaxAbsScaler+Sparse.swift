import Estimators
public import LinearAlgebra

extension MaxAbsScaler {
    /// Finds the greatest absolute value of every column of sparse features, and discards those found before.
    ///
    /// - Parameter x: samples × features; zeros that are not stored count as zeros.
    /// - Throws: `EstimatorError.invalidInput` if `x` has no rows or columns or contains an infinite value.
    /// - Complexity: O(samples + features + stored elements).
    public mutating func fit<Scalar: MatrixScalar>(_ x: SparseMatrix<Scalar>) throws {
        self = try changed(MaxAbsScaler(clip: clip)) { try $0.partialFit(x) }
    }

    /// Adds the rows of sparse features to those that the greatest absolute values have been found in.
    ///
    /// - Throws: what ``fit(_:)-(SparseMatrix<Scalar>)`` throws, and an error if `x` has another number of columns than
    ///   before.
    /// - Complexity: O(samples + features + stored elements).
    public mutating func partialFit<Scalar: MatrixScalar>(_ x: SparseMatrix<Scalar>) throws {
        try Check.features(x, allowsNaN: true)
        if let nFeaturesIn { try Check.featureCount(x.columns, expected: nFeaturesIn) }
        extremes.merge(Extremes.ofColumns(x))
        nSamplesSeen += x.rows
    }

    /// The features divided by their scale, in a new sparse matrix.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another
    ///   number of columns, or an infinite value.
    /// - Complexity: O(stored elements).
    public func transform<Scalar: MatrixScalar>(_ x: SparseMatrix<Scalar>) throws -> SparseMatrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "MaxAbsScaler")
        let scale = scale
        // What is cut off is the whole element, which may be stored in parts. The comparisons let NaN pass.
        guard clip else { return x.mappingStored { $0 / scale[$1] } }
        return x.canonical.mappingStored { value, column in
            let scaled = value / scale[column]
            return scaled < -1 ? -1 : scaled > 1 ? 1 : scaled
        }
    }

    /// Finds the greatest absolute values of `x` and returns it divided by them.
    ///
    /// - Throws: what ``fit(_:)-(SparseMatrix<Scalar>)`` throws.
    public mutating func fitTransform<Scalar: MatrixScalar>(
        _ x: SparseMatrix<Scalar>
    ) throws -> SparseMatrix<Scalar> {
        try fit(x)
        return try transform(x)
    }

    /// The features of which ``transform(_:)-(SparseMatrix<Scalar>)`` makes `x`, in a new sparse matrix; what it cut
    /// off is lost.
    ///
    /// - Throws: what that throws.
    /// - Complexity: O(stored elements).
    public func inverseTransform<Scalar: MatrixScalar>(_ x: SparseMatrix<Scalar>) throws -> SparseMatrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "MaxAbsScaler")
        let scale = scale
        return x.mappingStored { $0 * scale[$1] }
    }
}
