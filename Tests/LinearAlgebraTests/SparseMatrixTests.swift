import Foundation
import Testing

@testable import LinearAlgebra

@Suite struct SparseMatrixTests {
    /// [[0, 2, 0], [0, 0, 0], [1, 0, 3]]
    private func example() throws -> SparseMatrix<Double> {
        try SparseMatrix(rows: 3, columns: 3, rowOffsets: [0, 1, 1, 3], columnIndices: [1, 0, 2], values: [2, 1, 3])
    }

    @Test func denseAndBack() throws {
        let dense: Matrix<Double> = [[0, 2, 0], [0, 0, 0], [1, 0, 3]]
        #expect(try example().dense == dense)
        #expect(try SparseMatrix(dense) == example())
    }

    @Test func addsElementsThatAreStoredTwice() throws {
        let x = try SparseMatrix<Float>(
            rows: 1, columns: 2, rowOffsets: [0, 3], columnIndices: [1, 0, 1], values: [1, 5, 2])
        #expect(x.dense == [[5, 3]])
    }

    @Test func selectingRowsCommutesWithMakingDense() throws {
        let x = try example()
        #expect(x.selectingRows([2, 0, 2, 1]).dense == x.dense.selectingRows([2, 0, 2, 1]))
        #expect(x.selectingRows([]).rows == 0)
    }

    @Test(arguments: [[0, 1, 2], [2], [1, 1, 0, 2]])
    func productsEqualDenseProducts(_ rows: [Int]) throws {
        let x = try example()
        let right: Matrix<Double> = [[1, 2], [3, 4], [5, 6]]
        var product = Matrix<Double>(rows: rows.count, columns: 2, repeating: .nan)
        product.withUnsafeMutableElements { target in
            right.withUnsafeElements {
                x.multiply(rowsAt: rows, count: rows.count, by: $0.baseAddress!, width: 2, into: target.baseAddress!)
            }
        }
        #expect(try product == matmul(x.dense.selectingRows(rows), right))

        let delta = Matrix(rows: rows.count, columns: 2, elements: (0..<(2 * rows.count)).map { Double($0) - 1.5 })
        var gradient = Matrix<Double>(rows: 3, columns: 2, repeating: 0)
        gradient.withUnsafeMutableElements { target in
            delta.withUnsafeElements {
                for unit in 0..<2 {
                    x.addTransposedProduct(
                        rowsAt: rows, count: rows.count, by: $0.baseAddress!, width: 2, units: unit..<unit + 1,
                        scale: 0.5, to: target.baseAddress!)
                }
            }
        }
        var expected = Matrix<Double>(rows: 3, columns: 2, repeating: 0)
        try matmul(x.dense.selectingRows(rows), delta, transposeA: true, alpha: 0.5, into: &expected)
        #expect(gradient == expected)
    }

    @Test(
        arguments: [
            (-1, 3, [0], [], [], "rows"),
            (1, 2, [0], [], [], "rowOffsets"),
            (1, 2, [], [], [], "rowOffsets"),
            (1, 2, [1, 1], [0], [1], "rowOffsets"),
            (2, 2, [0, 2, 1], [0], [1], "rowOffsets"),
            (1, 2, [0, 2], [0], [1], "columnIndices"),
            (1, 2, [0, 1], [0], [1, 2], "columnIndices"),
            (1, 2, [0, 1], [2], [1], "columnIndices[0] is 2"),
            (1, 2, [0, 1], [-1], [1], "columnIndices[0] is -1"),
            (Int.max, 2, [0], [], [], "rowOffsets"),
        ] as [(Int, Int, [Int], [Int], [Double], String)])
    func rejectsInvalidArrays(
        _ rows: Int, _ columns: Int, _ offsets: [Int], _ indices: [Int], _ values: [Double], _ named: String
    ) throws {
        let error = #expect(throws: LinearAlgebraError.self) {
            try SparseMatrix(rows: rows, columns: columns, rowOffsets: offsets, columnIndices: indices, values: values)
        }
        #expect(error.map { "\($0)".contains(named) } == true, "\(String(describing: error))")
    }

    @Test func decodingValidates() throws {
        let x = try example()
        let data = try JSONEncoder().encode(x)
        #expect(try JSONDecoder().decode(SparseMatrix<Double>.self, from: data) == x)
        let altered = String(decoding: data, as: UTF8.self).replacingOccurrences(
            of: "\"columns\":3", with: "\"columns\":2")
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode(SparseMatrix<Double>.self, from: Data(altered.utf8))
        }
    }
}
