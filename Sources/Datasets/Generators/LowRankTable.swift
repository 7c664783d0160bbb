import Foundation
import LinearAlgebra
import NumPyRandom

extension RandomState {
    /// A table most of whose variation lies in `effectiveRank` directions: scikit-learn's `make_low_rank_matrix`.
    ///
    /// It is U·diag(s)·Vᵀ with random orthonormal columns in U and V. The singular values s fall off as a bell curve
    /// does, on top of a slow exponential tail.
    mutating func lowRankTable(
        rows: Int, columns: Int, effectiveRank: Double, tailStrength: Double
    ) throws -> Matrix<Double> {
        let rank = min(rows, columns)
        var u = try standardNormalTable(rows: rows, columns: rank).orthonormalized()
        let v = try standardNormalTable(rows: columns, columns: rank).orthonormalized()
        let singularValues = (0..<rank).map { index in
            let place = Double(index) / effectiveRank
            return (1 - tailStrength) * exp(-place * place) + tailStrength * exp(-0.1 * Double(index) / effectiveRank)
        }
        try u.applyToRows(with: singularValues) { $0 * $1 }
        var product = Matrix<Double>(rows: rows, columns: columns, repeating: 0)
        try matmul(u, v, transposeB: true, into: &product)
        return product
    }
}

extension Matrix<Double> {
    /// The factor Q of the QR decomposition by Householder's reflections, with as many columns as this matrix has.
    ///
    /// A reflection turns a column into ∓‖column‖·e, the sign opposite to that of its first element, as in LAPACK, so
    /// that the signs of Q's columns agree too (Golub and Van Loan, Matrix Computations, 4th edition, 5.1 and 5.2).
    ///
    /// - Precondition: there are at least as many rows as columns.
    /// - Complexity: O(`rows` · `columns`²).
    fileprivate func orthonormalized() -> Matrix {
        // Row j of the transposed matrices is column j, so that every inner loop runs along memory.
        var work = transposed
        var reflections: [Reflection] = []
        for pivot in 0..<columns {
            let reflection = Reflection(eliminating: work.rowSlice(pivot).dropFirst(pivot), offset: pivot)
            for column in pivot..<columns { reflection.apply(toRow: column, of: &work) }
            reflections.append(reflection)
        }
        var q = Matrix(rows: columns, columns: rows, repeating: 0)
        for column in 0..<columns { q[column, column] = 1 }
        for (pivot, reflection) in reflections.enumerated().reversed() {
            for column in pivot..<columns { reflection.apply(toRow: column, of: &q) }
        }
        return q.transposed
    }
}

/// I − τ·v·vᵀ on the coordinates from `offset` on, with v₀ = 1.
private struct Reflection {
    let offset: Int
    let vector: [Double]
    let tau: Double

    /// The reflection that makes all elements of `column` but the first 0; none where they are 0.
    init(eliminating column: ArraySlice<Double>, offset: Int) {
        self.offset = offset
        let head = column.first ?? 0
        let tail = column.dropFirst()
        let tailNorm = tail.reduce(0) { $0 + $1 * $1 }
        guard tailNorm > 0 else {
            vector = []
            tau = 0
            return
        }
        let norm = (head * head + tailNorm).squareRoot()
        let image = head >= 0 ? -norm : norm
        tau = (image - head) / image
        vector = [1] + tail.map { $0 / (head - image) }
    }

    func apply(toRow row: Int, of matrix: inout Matrix<Double>) {
        let start = row * matrix.columns + offset
        matrix.withUnsafeMutableElements { elements in
            var product = 0.0
            for index in vector.indices { product += vector[index] * elements[start + index] }
            for index in vector.indices { elements[start + index] -= tau * product * vector[index] }
        }
    }
}
