import LinearAlgebra
import NumPyRandom

extension RandomState {
    /// A table of numbers from the standard normal distribution, drawn row by row.
    mutating func standardNormalTable(rows: Int, columns: Int) throws -> Matrix<Double> {
        Matrix(rows: rows, columns: columns, elements: try standardNormal(size: rows * columns))
    }

    /// A table of numbers in [0, 1), drawn row by row.
    mutating func uniformTable(rows: Int, columns: Int) throws -> Matrix<Double> {
        Matrix(rows: rows, columns: columns, elements: try randomSample(size: rows * columns))
    }
}

extension Matrix where Scalar: Sendable {
    /// Puts `block` in the place of the elements from row `row` and column `column` on.
    mutating func replace(fromRow row: Int, column: Int, by block: Matrix) {
        let columns = columns
        withUnsafeMutableElements { target in
            block.withUnsafeElements { source in
                for index in source.indices {
                    let place = (row + index / block.columns) * columns + column + index % block.columns
                    target[place] = source[index]
                }
            }
        }
    }
}
