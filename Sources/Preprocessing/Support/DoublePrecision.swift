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

    /// A copy that is changed in double precision.
    func inDoublePrecision(_ change: (inout Matrix<Double>) throws -> Void) rethrows -> Matrix {
        var copy = doubles
        try change(&copy)
        return Matrix(rounding: copy)
    }
}
