extension Matrix {
    /// Throws if a side is longer than BLAS and LAPACK can count.
    func requireCountable(as argument: String) throws(LinearAlgebraError) {
        guard BLASInt(exactly: rows) != nil, BLASInt(exactly: columns) != nil else {
            throw .tooLarge(argument: argument, rows: rows, columns: columns)
        }
    }
}

extension Matrix where Scalar: MatrixScalar {
    /// Throws if the matrix is empty, has an element that is not finite, or has a side that is longer than LAPACK can
    /// count.
    func requireFiniteElements(as argument: String) throws(LinearAlgebraError) {
        guard count > 0 else { throw .empty(argument: argument) }
        try requireCountable(as: argument)
        if let index = firstNonFiniteIndex() {
            throw .notFinite(argument: argument, row: index / columns, column: index % columns)
        }
    }

    /// Throws if the matrix is not square or does not meet ``requireFiniteElements(as:)``.
    func requireSquare(as argument: String) throws(LinearAlgebraError) {
        guard rows == columns else { throw .notSquare(argument: argument, rows: rows, columns: columns) }
        try requireFiniteElements(as: argument)
    }

    /// Throws if the matrix, argument b, has not as many rows as `a` or does not meet ``requireFiniteElements(as:)``.
    func requireRows(of a: Matrix) throws(LinearAlgebraError) {
        guard rows == a.rows else {
            throw .shapeMismatch("b must have one row for each row of a, which are \(a.rows), but has \(rows).")
        }
        try requireFiniteElements(as: "b")
    }
}

/// Throws if LAPACK's `info` is not 0.
///
/// - Parameters:
///   - info: the value that the routine returned.
///   - method: the name of the public function.
///   - reason: what a positive `info` means.
func requireSuccess(_ info: Int, of method: String, otherwise reason: LinearAlgebraError) throws(LinearAlgebraError) {
    switch info {
    case 0: return
    case 1...: throw reason
    // LAPACKE's codes for its two kinds of failed allocation.
    case -1010, -1011: throw .outOfMemory(method: method)
    default: throw .refused(method: method, info: info)
    }
}
