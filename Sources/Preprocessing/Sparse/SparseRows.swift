import LinearAlgebra

/// A sparse matrix in the making, row by row.
struct SparseRows<Scalar: MatrixScalar> {
    private var rowOffsets = [0]
    private var columnIndices: [Int] = []
    private var values: [Scalar] = []

    /// Stores an element of the row in the making.
    mutating func append(_ value: Scalar, column: Int) {
        columnIndices.append(column)
        values.append(value)
    }

    /// Begins the next row.
    mutating func endRow() { rowOffsets.append(values.count) }

    /// The matrix of the rows that have ended.
    func matrix(columns: Int) throws -> SparseMatrix<Scalar> {
        try SparseMatrix(
            rows: rowOffsets.count - 1, columns: columns, rowOffsets: rowOffsets, columnIndices: columnIndices,
            values: values)
    }
}

extension SparseMatrix {
    /// The elements of one row, the zeros included.
    func denseRow(_ row: Int) -> [Scalar] {
        var elements = [Scalar](repeating: 0, count: columns)
        for position in rowOffsets[row]..<rowOffsets[row + 1] { elements[columnIndices[position]] += values[position] }
        return elements
    }
}
