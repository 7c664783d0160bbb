public import LinearAlgebra

// Sparse features. What is said of the methods for dense features holds here too; the matrix is never made dense.
extension MLPClassifier {
    /// The most probable target for every row of `x`.
    ///
    /// - Throws: what ``predict(_:)-(Matrix<Scalar>)`` throws.
    public func predict(_ x: SparseMatrix<Scalar>) throws -> [Target] { try predict(.sparse(x)) }

    /// The probability of every class for every row of `x`: samples × classes, in the order of ``classes``.
    ///
    /// - Throws: what ``predict(_:)-(Matrix<Scalar>)`` throws.
    public func predictProba(_ x: SparseMatrix<Scalar>) throws -> Matrix<Scalar> { try predictProba(.sparse(x)) }

    /// The natural logarithm of ``predictProba(_:)-(SparseMatrix<Scalar>)``.
    ///
    /// - Throws: what ``predict(_:)-(Matrix<Scalar>)`` throws.
    public func predictLogProba(_ x: SparseMatrix<Scalar>) throws -> Matrix<Scalar> {
        try predictProba(x).map { .log($0) }
    }

    /// The share of the rows of `x` for which `predict` gives the target in `y`.
    ///
    /// - Throws: what ``score(_:_:sampleWeight:)-(Matrix<Scalar>,_,_)`` throws.
    public func score(_ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil) throws -> Double {
        try score(.sparse(x), y, sampleWeight: sampleWeight)
    }
}
