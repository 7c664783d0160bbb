public import LinearAlgebra

// Sparse features. What is said of the methods for dense features holds here too; the matrix is never made dense.
extension MLPRegressor {
    /// The prediction for every row of `x`.
    ///
    /// - Throws: what ``predict(_:)-(Matrix<Scalar>)`` throws.
    public func predict(_ x: SparseMatrix<Scalar>) throws -> [Target] { try predict(.sparse(x)) }

    /// The coefficient of determination R² of the predictions for `x`: 1 at best, 0 for a constant.
    ///
    /// - Throws: what ``score(_:_:sampleWeight:)-(Matrix<Scalar>,_,_)`` throws.
    public func score(_ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil) throws -> Double {
        try score(.sparse(x), y, sampleWeight: sampleWeight)
    }
}
