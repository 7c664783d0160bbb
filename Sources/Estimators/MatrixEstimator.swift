public import LinearAlgebra

/// An estimator whose features are numbers: samples × features.
public protocol MatrixEstimator<Target, Scalar>: Estimator where Features == Matrix<Scalar> {
    /// The precision of the features.
    associatedtype Scalar: MatrixScalar
}
