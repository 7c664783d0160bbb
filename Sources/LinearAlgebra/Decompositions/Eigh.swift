/// Returns the eigenvalues and eigenvectors of a symmetric matrix, A·V = V·diag(λ), by divide and conquer.
///
/// Equivalent to `numpy.linalg.eigh`. Only the lower triangle is used; the upper one is assumed to mirror it.
///
/// - Parameter a: a symmetric n × n matrix.
/// - Returns: the n `eigenvalues` in ascending order, and the orthonormal `eigenvectors` as the columns of an n × n
///   matrix.
/// - Throws: ``LinearAlgebraError`` when `a` is not square, is empty or has an element that is NaN or infinite (in
///   either triangle), or when the iteration does not converge.
/// - Complexity: O(n³).
public func eigh<Scalar: MatrixScalar>(
    _ a: Matrix<Scalar>
) throws -> (eigenvalues: [Scalar], eigenvectors: Matrix<Scalar>) {
    try a.requireSquare(as: "a")
    var vectors = a.columnMajorElements()
    var values = [Scalar](repeating: 0, count: a.rows)
    let info = Scalar.syevd(n: a.rows, &vectors, w: &values)
    try requireSuccess(info, of: "eigh", otherwise: .notConverged(method: "eigh"))
    return (values, Matrix(rows: a.rows, columns: a.columns, columnMajorElements: vectors))
}
