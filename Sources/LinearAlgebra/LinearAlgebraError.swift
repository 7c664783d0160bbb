/// An error of a matrix operation or decomposition.
public enum LinearAlgebraError: Error, Equatable, Sendable {
    /// Row `row` of an array of rows has a different length than the first.
    case raggedRows(row: Int, count: Int, expected: Int)

    /// The shapes of the arguments do not match. The text describes the problem.
    case shapeMismatch(String)

    /// The matrix is not square.
    case notSquare(argument: String, rows: Int, columns: Int)

    /// The matrix has no elements.
    case empty(argument: String)

    /// The matrix has more rows or columns than BLAS and LAPACK can count.
    case tooLarge(argument: String, rows: Int, columns: Int)

    /// Element (`row`, `column`) is NaN or infinite.
    case notFinite(argument: String, row: Int, column: Int)

    /// A number is outside the range that `allowed` describes.
    case outOfRange(argument: String, value: String, allowed: String)

    /// The matrix has no inverse.
    case singular(argument: String)

    /// The matrix is not positive definite.
    case notPositiveDefinite(argument: String)

    /// An iterative method did not converge.
    case notConverged(method: String)

    /// The result or the workspace needs more memory than the system grants.
    case outOfMemory(method: String)

    /// LAPACK returned the error code `info`.
    case refused(method: String, info: Int)
}

extension LinearAlgebraError: CustomStringConvertible {
    /// A sentence that names the argument, its value and what is allowed.
    public var description: String {
        switch self {
        case .raggedRows(let row, let count, let expected):
            "rows must all have the same length, but row \(row) has \(count) elements and row 0 has \(expected)."
        case .shapeMismatch(let text):
            text
        case .notSquare(let argument, let rows, let columns):
            "\(argument) must be a square matrix, but is \(rows) × \(columns)."
        case .empty(let argument):
            "\(argument) must have at least one row and one column, but is empty."
        case .tooLarge(let argument, let rows, let columns):
            "\(argument) must have at most \(BLASInt.max) rows and columns, but is \(rows) × \(columns)."
        case .notFinite(let argument, let row, let column):
            "\(argument) must be finite, but element [\(row), \(column)] is NaN or infinite."
        case .outOfRange(let argument, let value, let allowed):
            "\(argument) must be \(allowed), but is \(value)."
        case .singular(let argument):
            "\(argument) must be invertible, but is singular."
        case .notPositiveDefinite(let argument):
            "\(argument) must be positive definite, but is not."
        case .notConverged(let method):
            "\(method) did not converge."
        case .outOfMemory(let method):
            "\(method) needs more memory for matrices of this size than the system grants."
        case .refused(let method, let info):
            "\(method) failed in LAPACK with info = \(info)."
        }
    }
}
