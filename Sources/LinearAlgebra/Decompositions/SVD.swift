/// Returns the singular value decomposition A = U·diag(s)·Vᵀ, computed by divide and conquer.
///
/// Equivalent to `numpy.linalg.svd`. The columns of U and the rows of Vᵀ are orthonormal.
///
/// - Parameters:
///   - a: an m × n matrix; let k be the smaller of m and n.
///   - fullMatrices: whether U is m × m and Vᵀ is n × n. If false, U is m × k and Vᵀ is k × n, which suffices for the
///     product and needs far less memory for a tall matrix.
/// - Returns: `u`; `s`, the k singular values in descending order; and `vt`, Vᵀ.
/// - Throws: ``LinearAlgebraError`` when `a` is empty or has an element that is NaN or infinite, when the iteration
///   does not converge, or when there is not enough memory.
/// - Complexity: O(m·n·k); with `fullMatrices` O(m²·n + n³) at worst.
public func svd<Scalar: MatrixScalar>(
    _ a: Matrix<Scalar>, fullMatrices: Bool = true
) throws -> (u: Matrix<Scalar>, s: [Scalar], vt: Matrix<Scalar>) {
    try a.requireFiniteElements(as: "a")
    let (m, n, k) = (a.rows, a.columns, min(a.rows, a.columns))
    let (uColumns, vtRows) = fullMatrices ? (m, n) : (k, k)
    try requireMemory(for: Scalar.self, count: 2 * (m * uColumns + vtRows * n), of: "svd")
    var work = a.columnMajorElements()
    var s = [Scalar](repeating: 0, count: k)
    var u = [Scalar](repeating: 0, count: m * uColumns)
    var vt = [Scalar](repeating: 0, count: vtRows * n)
    let info = Scalar.gesdd(full: fullMatrices, m: m, n: n, &work, s: &s, u: &u, vt: &vt)
    try requireSuccess(info, of: "svd", otherwise: .notConverged(method: "svd"))
    return (
        Matrix(rows: m, columns: uColumns, columnMajorElements: u), s,
        Matrix(rows: vtRows, columns: n, columnMajorElements: vt)
    )
}
