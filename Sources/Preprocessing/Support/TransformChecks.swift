import Estimators
import LinearAlgebra

extension Check {
    /// Refuses features for an estimator that is not fitted, or that was fitted with another number of columns, and
    /// infinite values; NaN too where it does not count as missing.
    static func transformable<Scalar: MatrixScalar>(
        _ x: Matrix<Scalar>, nFeaturesIn: Int?, of estimator: String, allowsNaN: Bool = true
    ) throws {
        guard let nFeaturesIn else { throw EstimatorError.notFitted(estimator: estimator) }
        try features(x, allowsNaN: allowsNaN)
        try featureCount(x.columns, expected: nFeaturesIn)
    }

    /// Refuses a matrix that `transform` cannot have made.
    static func invertible<Scalar: MatrixScalar>(
        _ x: Matrix<Scalar>, nFeaturesOut: Int, allowsNaN: Bool = false
    ) throws {
        guard x.rows > 0, x.columns == nFeaturesOut else {
            throw EstimatorError.invalidInput(
                argument: "x",
                problem: "must have at least one row and \(nFeaturesOut) columns, as transform gives, but is "
                    + "\(x.rows) × \(x.columns)")
        }
        try finite(x, argument: "x", allowsNaN: allowsNaN)
    }

    /// Refuses an array of per-feature values of another length.
    static func perFeature(_ count: Int, argument: String, features: Int) throws {
        guard count == features else {
            throw EstimatorError.invalidInput(
                argument: argument,
                problem: "must have one element for each of the \(features) features, but has \(count)")
        }
    }
}
