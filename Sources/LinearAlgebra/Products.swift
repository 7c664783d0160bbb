/// Returns the matrix product A·B.
///
/// - Parameters:
///   - a: an m × k matrix.
///   - b: a k × n matrix.
/// - Returns: the m × n product.
/// - Throws: ``LinearAlgebraError/shapeMismatch(_:)`` when the columns of `a` do not match the rows of `b`,
///   ``LinearAlgebraError/tooLarge(argument:rows:columns:)`` when a side is longer than BLAS can count, and
///   ``LinearAlgebraError/outOfMemory(method:)`` when the system has no memory for the product.
/// - Complexity: O(m·n·k).
public func matmul<Scalar: MatrixScalar>(_ a: Matrix<Scalar>, _ b: Matrix<Scalar>) throws -> Matrix<Scalar> {
    try requireFactors(m: a.rows, k: a.columns, innerB: b.rows, n: b.columns)
    try requireMemory(for: Scalar.self, rows: a.rows, columns: b.columns, beyond: a.count + b.count, of: "matmul")
    var c = Matrix<Scalar>(rows: a.rows, columns: b.columns, repeating: 0)
    try matmul(a, b, into: &c)
    return c
}

/// C ← α·op(A)·op(B) + β·C, written into an existing matrix.
///
/// op(A) is A, or its transpose if `transposeA` is true; the same holds for op(B). With `beta` 0, the previous content
/// of `c` is ignored, even NaN.
///
/// - Parameters:
///   - a: the left factor; op(A) is m × k.
///   - b: the right factor; op(B) is k × n.
///   - transposeA: whether `a` is given transposed.
///   - transposeB: whether `b` is given transposed.
///   - alpha: the factor of the product.
///   - beta: the factor of the previous content of `c`.
///   - c: the m × n result.
/// - Throws: ``LinearAlgebraError/shapeMismatch(_:)`` when the shapes do not match, and
///   ``LinearAlgebraError/tooLarge(argument:rows:columns:)`` when a side is longer than BLAS can count. `c` is then
///   unchanged.
/// - Complexity: O(m·n·k); allocates no memory if `c` is uniquely referenced.
public func matmul<Scalar: MatrixScalar>(
    _ a: Matrix<Scalar>, _ b: Matrix<Scalar>, transposeA: Bool = false, transposeB: Bool = false,
    alpha: Scalar = 1, beta: Scalar = 0, into c: inout Matrix<Scalar>
) throws {
    let (m, k) = transposeA ? (a.columns, a.rows) : (a.rows, a.columns)
    let (innerB, n) = transposeB ? (b.columns, b.rows) : (b.rows, b.columns)
    try requireFactors(m: m, k: k, innerB: innerB, n: n)
    guard c.rows == m, c.columns == n else {
        throw LinearAlgebraError.shapeMismatch(
            "c must be \(m) × \(n) to hold the product, but is \(c.rows) × \(c.columns).")
    }
    guard m > 0, n > 0 else { return }
    try a.requireCountable(as: "a")
    try b.requireCountable(as: "b")
    a.withUnsafeElements { a in
        b.withUnsafeElements { b in
            c.withUnsafeMutableElements { c in
                guard let target = c.baseAddress else { return }
                guard k > 0, let left = a.baseAddress, let right = b.baseAddress else {
                    for index in c.indices { c[index] = beta == 0 ? 0 : beta * c[index] }
                    return
                }
                Scalar.gemm(
                    transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: alpha,
                    left, strideA: transposeA ? m : k, right, strideB: transposeB ? k : n,
                    beta: beta, target, strideC: n)
            }
        }
    }
}

/// Throws if an m × k and an innerB × n matrix cannot be multiplied.
private func requireFactors(m: Int, k: Int, innerB: Int, n: Int) throws(LinearAlgebraError) {
    guard k == innerB else {
        throw .shapeMismatch(
            "the columns of op(a) must equal the rows of op(b), but op(a) is \(m) × \(k) and op(b) is \(innerB) × \(n)."
        )
    }
}
