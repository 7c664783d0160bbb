// LAPACK stores matrices by column, this package by row. Transposing the input and the result costs O(count), compared
// with O(count·n) for each decomposition. LAPACK then computes exactly as under NumPy, so that even results that
// mathematics does not determine, such as the signs of singular vectors, agree.
//
// Unspecialized generic code would pay for every element, hence the attributes.

extension Matrix where Scalar: MatrixScalar {
    /// The elements, column by column.
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    func columnMajorElements() -> [Scalar] {
        transposed.storage
    }

    /// Creates a matrix from its elements in column-major order.
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
