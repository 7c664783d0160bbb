/// Returns the solution X of A·X = B, by LU factorization with partial pivoting.
///
/// Equivalent to `numpy.linalg.solve`.
///
/// ```swift
/// let a: Matrix<Double> = [[3, 1], [1, 2]]
/// try solve(a, [9, 8])      // [2, 3]
/// ```
///
/// - Parameters:
///   - a: the coefficients, an n × n matrix.
///   - b: the right-hand sides, one in each column, an n × k matrix.
/// - Returns: the n × k matrix X.
/// - Throws: ``LinearAlgebraError`` when `a` is not square, `b` has a different number of rows, one of them is empty or
///   has an element that is NaN or infinite, or a pivot is exactly zero. A matrix that is singular except for rounding
///   errors gives very large numbers, not an error.
/// - Complexity: O(n³ + n²·k).
public func solve<Scalar: MatrixScalar>(_ a: Matrix<Scalar>, _ b: Matrix<Scalar>) throws -> Matrix<Scalar> {
    try a.requireSquare(as: "a")
    try b.requireRows(of: a)
    var factors = a.columnMajorElements()
    var x = b.columnMajorElements()
    let info = Scalar.gesv(n: a.rows, columns: b.columns, &factors, &x)
    try requireSuccess(info, of: "solve", otherwise: .singular(argument: "a"))
    return Matrix(rows: a.columns, columns: b.columns, columnMajorElements: x)
}

/// Returns the solution x of A·x = b for a single right-hand side.
///
/// - Parameters:
///   - a: the coefficients, an n × n matrix.
///   - b: the right-hand side, n numbers.
/// - Returns: the n numbers x.
/// - Throws: ``LinearAlgebraError`` in the same cases as for a matrix of right-hand sides.
/// - Complexity: O(n³).
public func solve<Scalar: MatrixScalar>(_ a: Matrix<Scalar>, _ b: [Scalar]) throws -> [Scalar] {
    try solve(a, Matrix(rows: b.count, columns: 1, elements: b)).elements
}
