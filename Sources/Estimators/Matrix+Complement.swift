package import LinearAlgebra

extension Matrix where Scalar: MatrixScalar {
    /// Returns the probabilities of two classes, given a column with those of the second.
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    package func withComplement() -> Matrix {
        let pairs = withUnsafeElements { elements in
            [Scalar](unsafeUninitializedCapacity: 2 * elements.count) { pairs, count in
                count = 2 * elements.count
                for (row, probability) in elements.enumerated() {
                    pairs[2 &* row] = 1 - probability
                    pairs[2 &* row &+ 1] = probability
                }
            }
        }
        return Matrix(rows: count, columns: 2, elements: pairs)
    }
}
