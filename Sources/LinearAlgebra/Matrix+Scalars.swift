// Arithmetic of a matrix and a number, element by element, as NumPy's. Each returns a new matrix.

extension Matrix where Scalar: Numeric {
    /// Returns the matrix with `number` added to every element.
    @inlinable
    public static func + (matrix: Matrix, number: Scalar) -> Matrix { matrix.applying { $0 + number } }

    /// Returns the matrix with every element added to `number`.
    @inlinable
    public static func + (number: Scalar, matrix: Matrix) -> Matrix { matrix.applying { number + $0 } }

    /// Returns the matrix with `number` subtracted from every element.
    @inlinable
    public static func - (matrix: Matrix, number: Scalar) -> Matrix { matrix.applying { $0 - number } }

    /// Returns the matrix with every element subtracted from `number`.
    @inlinable
    public static func - (number: Scalar, matrix: Matrix) -> Matrix { matrix.applying { number - $0 } }

    /// Returns the matrix with every element multiplied by `number`.
    @inlinable
    public static func * (matrix: Matrix, number: Scalar) -> Matrix { matrix.applying { $0 * number } }

    /// Returns the matrix with every element multiplied by `number`.
    @inlinable
    public static func * (number: Scalar, matrix: Matrix) -> Matrix { matrix.applying { number * $0 } }

    @inlinable
    func applying(_ transform: (Scalar) -> Scalar) -> Matrix {
        var result = self
        result.apply(transform)
        return result
    }
}

extension Matrix where Scalar: FloatingPoint {
    /// Returns the matrix with every element divided by `number`.
    @inlinable
    public static func / (matrix: Matrix, number: Scalar) -> Matrix { matrix.applying { $0 / number } }

    /// Returns the matrix with `number` divided by every element.
    @inlinable
    public static func / (number: Scalar, matrix: Matrix) -> Matrix { matrix.applying { number / $0 } }
}
