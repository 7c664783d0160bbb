import LinearAlgebra
import Testing

/// A small generator (SplitMix64), so that every run uses the same matrices.
struct TestGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

/// The shape of a matrix, as a test argument.
struct Shape: CustomTestStringConvertible {
    let rows: Int
    let columns: Int

    init(_ rows: Int, _ columns: Int) { (self.rows, self.columns) = (rows, columns) }

    var testDescription: String { "\(rows) × \(columns)" }
}

extension Matrix where Scalar: MatrixScalar {
    /// Returns a matrix of uniform numbers in −1 … 1.
    static func random(_ rows: Int, _ columns: Int, seed: UInt64 = 1) -> Matrix {
        var generator = TestGenerator(seed: seed &* 1009 &+ UInt64(rows &* 101 &+ columns))
        let elements = (0..<(rows * columns)).map { _ in Scalar(Double.random(in: -1...1, using: &generator)) }
        return Matrix(rows: rows, columns: columns, elements: elements)
    }

    /// The symmetric matrix with the lower triangle of this one.
    var mirrored: Matrix {
        var result = self
        for row in 0..<rows {
            for column in (row + 1)..<max(columns, row + 1) { result[row, column] = self[column, row] }
        }
        return result
    }

    /// Returns the identity matrix.
    static func identity(_ n: Int) -> Matrix {
        diagonal([Scalar](repeating: 1, count: n))
    }

    /// Returns a diagonal matrix.
    static func diagonal(_ values: [Scalar]) -> Matrix {
        var result = Matrix(rows: values.count, columns: values.count, repeating: 0)
        for (index, value) in values.enumerated() { result[index, index] = value }
        return result
    }

    /// Returns the first `count` columns.
    func firstColumns(_ count: Int) -> Matrix {
        transposed.selectingRows(Array(0..<count)).transposed
    }

    /// Returns the product, computed by its definition.
    func naiveProduct(_ other: Matrix) -> Matrix {
        var result = Matrix(rows: rows, columns: other.columns, repeating: 0)
        for row in 0..<rows {
            for column in 0..<other.columns {
                for inner in 0..<columns { result[row, column] += self[row, inner] * other[inner, column] }
            }
        }
        return result
    }
}

/// Expects equal shapes and elements that differ by at most `tolerance` rounding errors of a number of size `scale`.
func expectClose<Scalar: MatrixScalar>(
    _ actual: Matrix<Scalar>, _ expected: Matrix<Scalar>, tolerance: Scalar = 100, scale: Scalar = 1,
    _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
    guard actual.rows == expected.rows, actual.columns == expected.columns else {
        Issue.record(
            "\(actual.rows) × \(actual.columns) is not \(expected.rows) × \(expected.columns)",
            sourceLocation: sourceLocation)
        return
    }
    expectClose(
        actual.elements, expected.elements, tolerance: tolerance, scale: scale, comment,
        sourceLocation: sourceLocation)
}

/// Expects equal counts and elements that differ by at most `tolerance` rounding errors of a number of size `scale`.
func expectClose<Scalar: MatrixScalar>(
    _ actual: [Scalar], _ expected: [Scalar], tolerance: Scalar = 100, scale: Scalar = 1,
    _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(actual.count == expected.count, comment, sourceLocation: sourceLocation)
    // NaN makes the comparison fail.
    let worst = zip(actual, expected).map { ($0 - $1).magnitude }.max { $1.isNaN || $0 < $1 } ?? 0
    #expect(worst <= tolerance * scale * Scalar.ulpOfOne, comment, sourceLocation: sourceLocation)
}
