import LinearAlgebra

/// Builds a sparse matrix row by row.
struct SparseRows<Scalar: MatrixScalar> {
    private var rowOffsets = [0]
    private var columnIndices: [Int] = []
    private var values: [Scalar] = []

    /// Appends an element to the current row.
    mutating func append(_ value: Scalar, column: Int) {
        columnIndices.append(column)
        values.append(value)
    }

    /// Ends the current row.
    mutating func endRow() { rowOffsets.append(values.count) }

    /// The matrix of the rows so far.
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
