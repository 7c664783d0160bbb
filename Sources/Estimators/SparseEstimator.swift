public import LinearAlgebra

/// An estimator of matrices that also takes sparse features, which it never makes dense.
///
/// A `TablePipeline` passes sparse features to such an estimator as they are; others get a `Matrix`.
public protocol SparseEstimator<Target, Scalar>: MatrixEstimator {
    /// Learns from sparse features `x` and one target per sample, and discards what was learned before.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - validation: features and one target per sample, for an estimator that evaluates its passes; nil for none.
    /// - Throws: ``EstimatorError`` for parameters or data that cannot be used; the estimator is unchanged then.
    mutating func fit(
        _ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]?,
        validation: (x: SparseMatrix<Scalar>, y: [Target])?) throws

    /// One target for every row of sparse features.
    ///
    /// - Throws: what ``Estimator/predict(_:)`` throws.
    func predict(_ x: SparseMatrix<Scalar>) throws -> [Target]

    /// How good the predictions for sparse features are.
    ///
    /// - Throws: what ``Estimator/score(_:_:sampleWeight:)`` throws.
    func score(_ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]?) throws -> Double
}

/// A classifier that predicts the probability of each class from sparse features too.
public protocol SparseProbabilisticClassifier<Target, Scalar>: SparseEstimator, ProbabilisticClassifier {
    /// The probability of every class for every row of sparse features: samples × classes.
    ///
    /// - Throws: what ``Estimator/predict(_:)`` throws.
    func predictProba(_ x: SparseMatrix<Scalar>) throws -> Matrix<Scalar>
}
