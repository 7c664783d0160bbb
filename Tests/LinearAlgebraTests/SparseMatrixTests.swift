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
                for columns in [0..<2, 2..<3] {
                    x.addTransposedProduct(
                        rowsAt: rows, count: rows.count, by: $0.baseAddress!, width: 2, columns: columns,
                        scale: 0.5, to: target.baseAddress!)
                }
            }
        }
        var expected = Matrix<Double>(rows: 3, columns: 2, repeating: 0)
        try matmul(x.dense.selectingRows(rows), delta, transposeA: true, alpha: 0.5, into: &expected)
        #expect(gradient == expected)
    }

    /// Rows are multiplied four at a time as far as they begin with the same columns. The bits are those of one element
    /// after the other.
    @Test(arguments: [1, 3, 4, 7, 8, 13, 24, 31, 60, 100, 131])
    func productsOfSeveralRowsHaveTheBitsOfOneAfterTheOther(width: Int) throws {
        try checkProducts(Double.self, width: width)
        try checkProducts(Float.self, width: width)
    }

    private func checkProducts<Scalar: MatrixScalar>(_: Scalar.Type, width: Int) throws {
        var state = UInt64(width)
        func random(below bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        func numbers(_ count: Int) -> [Scalar] { (0..<count).map { _ in Scalar(random(below: 2_001) - 1_000) / 1_024 } }
        let (rows, columns) = (30, 40)
        var (offsets, columnIndices) = ([0], [Int]())
        for row in 0..<rows {
            // Most rows begin with columns 0 ..< 6; some are empty.
            let common = row % 7 == 0 ? random(below: 6) : 6
            if row % 11 != 10 {
                columnIndices += Array(0..<common) + (7..<columns).filter { _ in random(below: 9) == 0 }
            }
            offsets.append(columnIndices.count)
        }
        let x = try SparseMatrix<Scalar>(
            rows: rows, columns: columns, rowOffsets: offsets, columnIndices: columnIndices,
            values: numbers(columnIndices.count))
        let (dense, before) = (numbers(columns * width), numbers(columns * width))
        for count in 0...11 {
            let samples = (0..<count).map { _ in random(below: rows) }
            let delta = numbers(count * width)
            let range = random(below: 8)..<columns - random(below: columns - 8)
            var (product, gradient) = ([Scalar](repeating: .nan, count: count * width), before)
            x.multiply(rowsAt: samples, count: count, by: dense, width: width, into: &product)
            x.addTransposedProduct(
                rowsAt: samples, count: count, by: delta, width: width, columns: range, scale: 0.3, to: &gradient)

            var (expected, expectedGradient) = ([Scalar](repeating: 0, count: count * width), before)
            for (i, sample) in samples.enumerated() {
                for k in offsets[sample]..<offsets[sample + 1] {
                    for unit in 0..<width {
                        expected[i * width + unit] += x.values[k] * dense[columnIndices[k] * width + unit]
                    }
                    guard range.contains(columnIndices[k]) else { continue }
                    for unit in 0..<width {
                        expectedGradient[columnIndices[k] * width + unit] +=
                            0.3 * x.values[k] * delta[i * width + unit]
                    }
                }
            }
            #expect(product == expected)
            #expect(gradient == expectedGradient)
        }
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
