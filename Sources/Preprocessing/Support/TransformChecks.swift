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

    /// Returns what a transformer made of finite features, unless it has become infinite.
    ///
    /// - Parameter detail: what the error says about a column of the result.
    /// - Throws: `EstimatorError.invalidInput` with the place of the first infinite value; of the first NaN too unless
    ///   `allowsNaN`.
    static func representable<Scalar: MatrixScalar>(
        _ result: Matrix<Scalar>, by transformer: String, allowsNaN: Bool = true, detail: (Int) -> String = { _ in "" }
    ) throws -> Matrix<Scalar> {
        if result.isFinite { return result }
        if let bad = result.elements.firstIndex(where: { $0.isInfinite || !allowsNaN && $0.isNaN }) {
            let (row, column) = (bad / result.columns, bad % result.columns)
            try Check.require(
                false, "x",
                "must have numbers of which \(transformer) makes finite ones, but row \(row) gives "
                    + "\(result.elements[bad]) in column \(column)\(detail(column)), beyond the range of \(Scalar.self)"
            )
        }
        return result
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
