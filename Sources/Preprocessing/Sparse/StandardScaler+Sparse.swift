import Estimators
public import LinearAlgebra

// Sparse features stay sparse: they are scaled, never centered.

extension StandardScaler {
    /// Computes the standard deviation of every column of sparse features, and discards those computed before.
    ///
    /// - Parameters:
    ///   - x: samples × features; zeros that are not stored count as zeros.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: `EstimatorError.invalidParameter` where ``withMean`` is true; else what
    ///   ``fit(_:sampleWeight:)-(Matrix<Scalar>,_)`` throws.
    /// - Complexity: O(samples + features + stored elements).
    public mutating func fit<Scalar: MatrixScalar>(_ x: SparseMatrix<Scalar>, sampleWeight: [Double]? = nil) throws {
        self = try changed(StandardScaler(withMean: withMean, withStd: withStd)) {
            try $0.partialFit(x, sampleWeight: sampleWeight)
        }
    }

    /// Adds the rows of sparse features to those that the standard deviation has been computed from.
    ///
    /// - Throws: what ``fit(_:sampleWeight:)-(SparseMatrix<Scalar>,_)`` throws, and an error if `x` has another number
    ///   of columns than before.
    /// - Complexity: O(samples + features + stored elements).
    public mutating func partialFit<Scalar: MatrixScalar>(
        _ x: SparseMatrix<Scalar>, sampleWeight: [Double]? = nil
    ) throws {
        try refuseCentring()
        try Check.features(x, allowsNaN: true)
        try Check.sampleWeight(sampleWeight, count: x.rows)
        if let nFeaturesIn { try Check.featureCount(x.columns, expected: nFeaturesIn) }
        merge(ColumnStatistics.ofColumns(x, weights: sampleWeight))
    }

    /// The features scaled, in a new sparse matrix.
    ///
    /// - Throws: `EstimatorError.invalidParameter` where ``withMean`` is true; else what
    ///   ``transform(_:)-(Matrix<Scalar>)`` throws.
    /// - Complexity: O(stored elements).
    public func transform<Scalar: MatrixScalar>(_ x: SparseMatrix<Scalar>) throws -> SparseMatrix<Scalar> {
        try scaled(x) { $0 / $1 }
    }

    /// Computes the standard deviations of `x` and returns it scaled.
    ///
    /// - Throws: what ``fit(_:sampleWeight:)-(SparseMatrix<Scalar>,_)`` throws.
    public mutating func fitTransform<Scalar: MatrixScalar>(
        _ x: SparseMatrix<Scalar>, sampleWeight: [Double]? = nil
    ) throws -> SparseMatrix<Scalar> {
        try fit(x, sampleWeight: sampleWeight)
        return try transform(x)
    }

    /// The features of which ``transform(_:)-(SparseMatrix<Scalar>)`` makes `x`, in a new sparse matrix.
    ///
    /// - Throws: what that throws.
    /// - Complexity: O(stored elements).
    public func inverseTransform<Scalar: MatrixScalar>(_ x: SparseMatrix<Scalar>) throws -> SparseMatrix<Scalar> {
        try scaled(x) { $0 * $1 }
    }

    private func scaled<Scalar: MatrixScalar>(
        _ x: SparseMatrix<Scalar>, _ change: (_ value: Double, _ scale: Double) -> Double
    ) throws -> SparseMatrix<Scalar> {
        try refuseCentring()
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "StandardScaler")
        guard withStd else { return x }
        let scale = scale
        return x.mappingStored { change($0, scale[$1]) }
    }

    private func refuseCentring() throws {
        try Check.require(
            !withMean, parameter: "withMean", "true",
            allowed: "false for sparse features, whose zeros would become other numbers")
    }
}
