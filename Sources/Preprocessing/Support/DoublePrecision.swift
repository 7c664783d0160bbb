import Estimators
import LinearAlgebra

// Statistics are computed in double precision whatever the precision of the features: only what a transformer returns
// is rounded to it.

extension Matrix where Scalar: MatrixScalar {
    /// The elements as doubles.
    var doubles: Matrix<Double> { Matrix<Double>(rows: rows, columns: columns, elements: Scalar.doubles(elements)) }

    /// The elements of `matrix`, rounded.
    init(rounding matrix: Matrix<Double>) {
        self.init(rows: matrix.rows, columns: matrix.columns, elements: Scalar.rounding(matrix.elements))
    }

    /// A copy that a transformer changes in double precision.
    ///
    /// - Throws: what `change` throws, and, if `transformer` is given, `EstimatorError.invalidInput` where the copy
    ///   becomes infinite.
    func inDoublePrecision(
        by transformer: String? = nil, detail: (Int) -> String = { _ in "" },
        _ change: (inout Matrix<Double>) throws -> Void
    ) throws -> Matrix {
        var copy = doubles
        try change(&copy)
        let result = Matrix(rounding: copy)
        return try transformer.map { try Check.representable(result, by: $0, detail: detail) } ?? result
    }
}
