import Estimators
import LinearAlgebra

extension Check {
    /// Rejects features if the estimator is not fitted, or was fitted with another number of columns, and infinite
    /// values; NaN too unless it counts as missing.
    static func transformable<Scalar: MatrixScalar>(
        _ x: Matrix<Scalar>, nFeaturesIn: Int?, of estimator: String, allowsNaN: Bool = true
    ) throws {
        guard let nFeaturesIn else { throw EstimatorError.notFitted(estimator: estimator) }
        try features(x, allowsNaN: allowsNaN)
        try featureCount(x.columns, expected: nFeaturesIn)
    }

    /// Rejects a matrix that `transform` cannot have made.
    static func invertible<Scalar: MatrixScalar>(
        _ x: Matrix<Scalar>, nFeaturesOut: Int, allowsNaN: Bool = false
    ) throws {
        try Check.require(
            x.rows > 0 && x.columns == nFeaturesOut, "x",
            "must have at least one row and \(nFeaturesOut) columns, as transform gives, but is \(x.rows) × \(x.columns)"
        )
        try finite(x, argument: "x", allowsNaN: allowsNaN)
    }

    /// Rejects an array whose length is not the number of features.
    static func perFeature(_ count: Int, argument: String, features: Int) throws {
        try Check.require(
            count == features, argument, "must have one element for each of the \(features) features, but has \(count)")
    }
}
