public import LinearAlgebra

// Sparse features. What is said of the methods for dense features holds here too; the matrix is never made dense.
extension MLPRegressor {
    /// Learns from sparse samples × features and one target per sample.
    ///
    /// - Throws: what ``fit(_:_:sampleWeight:)-(Matrix<Scalar>,_,_)`` throws.
    /// - Complexity: O(iterations × (stored elements × first layer's units + samples × other parameters)).
    public mutating func fit(_ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil) throws {
        try fit(TrainingCall(x, y, sampleWeight: sampleWeight))
    }

    /// Goes on with the last call of `fit` with sparse features where it stopped.
    ///
    /// - Throws: what ``resume(_:_:sampleWeight:)-(Matrix<Scalar>,_,_)`` throws.
    public mutating func resume(_ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil) throws {
        try resume(TrainingCall(x, y, sampleWeight: sampleWeight))
    }

    /// Goes once through sparse data, on from the weights and the optimizer's moments of the last call.
    ///
    /// - Throws: what ``partialFit(_:_:sampleWeight:)-(Matrix<Scalar>,_,_)`` throws.
    public mutating func partialFit(_ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil) throws {
        try partialFit(TrainingCall(x, y, sampleWeight: sampleWeight))
    }

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
