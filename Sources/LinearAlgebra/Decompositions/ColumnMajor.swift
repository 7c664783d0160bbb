// LAPACK works column by column, a matrix here lies row by row. Handing LAPACK the transpose of the memory, and
// turning what comes back, costs O(count) beside the O(count·n) of every decomposition, and makes LAPACK take the same
// path as under NumPy, so that even what the mathematics leaves open (the signs of singular vectors) agrees.
//
// Generic code that is not specialised pays for every element, hence the attributes.

extension Matrix where Scalar: MatrixScalar {
    /// The elements column by column.
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    func columnMajorElements() -> [Scalar] {
        transposed.storage
    }

    /// Makes a matrix from its elements in column-major order.
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    init(rows: Int, columns: Int, columnMajorElements: [Scalar]) {
        self = Matrix(rows: columns, columns: rows, elements: columnMajorElements).transposed
    }

    /// The index of the first element that is NaN or infinite.
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    func firstNonFiniteIndex() -> Int? {
        storage.firstIndex { !$0.isFinite }
    }
}
