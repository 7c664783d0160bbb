/// Returns the Cholesky factor of a symmetric positive definite matrix: the lower triangular L with A = L·Lᵀ.
///
/// Equivalent to `numpy.linalg.cholesky`. Only the lower triangle is used; the upper one is assumed to mirror it.
///
/// - Parameter a: a symmetric positive definite n × n matrix.
/// - Returns: L, n × n, with a positive diagonal and zeros above it.
/// - Throws: ``LinearAlgebraError`` when `a` is not square, is empty, has an element that is NaN or infinite (in either
///   triangle), or is not positive definite.
/// - Complexity: O(n³).
public func cholesky<Scalar: MatrixScalar>(_ a: Matrix<Scalar>) throws -> Matrix<Scalar> {
    try a.requireSquare(as: "a")
    let n = a.rows
    var factor = a.columnMajorElements()
    try requireSuccess(
        Scalar.potrf(n: n, &factor), of: "cholesky", otherwise: .notPositiveDefinite(argument: "a"))
    for column in 1..<max(n, 1) {
        // The elements above the diagonal are still those of A.
        factor.replaceSubrange((column * n)..<(column * n + column), with: repeatElement(0, count: column))
    }
    return Matrix(rows: n, columns: n, columnMajorElements: factor)
}
