/// Returns the matrix X that minimizes ‖B − A·X‖, by singular value decomposition. If there are several, returns the
/// one of smallest norm.
///
/// Equivalent to `numpy.linalg.lstsq`. Each column of B is a separate problem.
///
/// ```swift
/// let a: Matrix<Double> = [[0, 1], [1, 1], [2, 1]]     // a line through three points
/// try leastSquares(a, [1, 3, 5]).solution              // slope 2, intercept 1
/// ```
///
/// - Parameters:
///   - a: the coefficients, an m × n matrix of any shape and rank; let k be the smaller of m and n.
///   - b: the right-hand sides, an m × p matrix.
///   - rcond: singular values of at most `rcond` times the largest count as zero. Default nil: the machine precision of
///     `Scalar` times the larger of m and n. For `rcond` ≤ 0 and `rcond` ≥ 1, LAPACK uses the machine precision.
/// - Returns: the n × p `solution`; the `residuals`, for each column of B the sum of squares of B − A·X, empty unless
///   `a` has more rows than columns and rank n; the `rank` of `a`; and its k `singularValues` in descending order.
/// - Throws: ``LinearAlgebraError`` when `a` and `b` have different numbers of rows, one of them is empty or has an
///   element that is NaN or infinite, `rcond` is NaN or infinite, or the iteration does not converge.
/// - Complexity: O(m·n·k + m·n·p).
public func leastSquares<Scalar: MatrixScalar>(
    _ a: Matrix<Scalar>, _ b: Matrix<Scalar>, rcond: Scalar? = nil
) throws -> (solution: Matrix<Scalar>, residuals: [Scalar], rank: Int, singularValues: [Scalar]) {
    try a.requireFiniteElements(as: "a")
    try b.requireRows(of: a)
    let (m, n, larger) = (a.rows, a.columns, max(a.rows, a.columns))
    let rcond = rcond ?? Scalar.ulpOfOne * Scalar(larger)
    guard rcond.isFinite else {
        throw LinearAlgebraError.outOfRange(argument: "rcond", value: "\(rcond)", allowed: "a finite number")
    }

    // B has m rows and X has n rows: LAPACK needs memory for the larger of both.
    let room = b.elements + repeatElement(0, count: (larger - m) * b.columns)
    var work = a.columnMajorElements()
    var x = Matrix(rows: larger, columns: b.columns, elements: room).columnMajorElements()
    var s = [Scalar](repeating: 0, count: min(m, n))
    let (info, rank) = Scalar.gelsd(m: m, n: n, columns: b.columns, &work, &x, s: &s, rcond: rcond)
    try requireSuccess(info, of: "leastSquares", otherwise: .notConverged(method: "leastSquares"))

    let rows = Matrix(rows: larger, columns: b.columns, columnMajorElements: x)
    // The rows below X contain the part of B that no X can reach, in coordinates that preserve lengths.
    let residuals = m > n && rank == n ? rows.sumsOfSquares(fromRow: n) : []
    return (rows.selectingRows(Array(0..<n)), residuals, rank, s)
}

/// Returns the vector x that minimizes ‖b − A·x‖ for a single right-hand side.
///
/// - Parameters:
///   - a: the coefficients, an m × n matrix of any shape and rank.
///   - b: the right-hand side, m numbers.
///   - rcond: the relative size below which a singular value counts as zero.
/// - Returns: the same values as for a matrix of right-hand sides; the `solution` is an array of n numbers.
/// - Throws: ``LinearAlgebraError`` in the same cases as for a matrix of right-hand sides.
/// - Complexity: O(m·n·k), where k is the smaller of m and n.
public func leastSquares<Scalar: MatrixScalar>(
    _ a: Matrix<Scalar>, _ b: [Scalar], rcond: Scalar? = nil
) throws -> (solution: [Scalar], residuals: [Scalar], rank: Int, singularValues: [Scalar]) {
    let result = try leastSquares(a, Matrix(rows: b.count, columns: 1, elements: b), rcond: rcond)
    return (result.solution.elements, result.residuals, result.rank, result.singularValues)
}

extension Matrix where Scalar: MatrixScalar {
    /// Returns, for each column, the sum of the squared elements in row `first` and below.
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    fileprivate func sumsOfSquares(fromRow first: Int) -> [Scalar] {
        var sums = [Scalar](repeating: 0, count: columns)
        for row in first..<rows {
            for column in 0..<columns { sums[column] += self[row, column] * self[row, column] }
        }
        return sums
    }
}
