public import Estimators
public import LinearAlgebra

// Sparse features. What is said of the methods for dense features holds here too; the matrix is never made dense.
extension MLPClassifier {
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
    /// - Throws: what ``partialFit(_:_:sampleWeight:classes:)-(Matrix<Scalar>,_,_,_)`` throws.
    public mutating func partialFit(
        _ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil, classes: [Target.Label]? = nil
    ) throws {
        try partialFit(TrainingCall(x, y, sampleWeight: sampleWeight), classes: classes)
    }

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
