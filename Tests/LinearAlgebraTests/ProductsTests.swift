import LinearAlgebra
import Testing

@Suite struct ProductsTests {
    /// (m, k, n)
    static let sizes = [(1, 1, 1), (2, 3, 4), (1, 7, 5), (5, 7, 1), (1, 9, 1), (6, 1, 6), (17, 33, 9), (40, 64, 50)]

    @Test(arguments: sizes)
    func productsEqualTheirDefinition(_ size: (m: Int, k: Int, n: Int)) throws {
        try checkProducts(Double.self, m: size.m, k: size.k, n: size.n)
        try checkProducts(Float.self, m: size.m, k: size.k, n: size.n)
    }

    private func checkProducts<Scalar: MatrixScalar>(_: Scalar.Type, m: Int, k: Int, n: Int) throws {
        let a = Matrix<Scalar>.random(m, k, seed: 1)
        let b = Matrix<Scalar>.random(k, n, seed: 2)
        let before = Matrix<Scalar>.random(m, n, seed: 3)
        let product = a.naiveProduct(b)
        expectClose(try matmul(a, b), product, scale: Scalar(k))
        for (alpha, beta): (Scalar, Scalar) in [(1, 0), (1, 1), (-2, 0.5), (0, 3), (0.25, -1)] {
            var expected = product
            try expected.apply(with: before) { alpha * $0 + beta * $1 }
            for (transposeA, transposeB) in [(false, false), (true, false), (false, true), (true, true)] {
                var c = before
                try matmul(
                    transposeA ? a.transposed : a, transposeB ? b.transposed : b, transposeA: transposeA,
                    transposeB: transposeB, alpha: alpha, beta: beta, into: &c)
                expectClose(c, expected, scale: Scalar(k), "\(transposeA) \(transposeB) \(alpha) \(beta)")
            }
        }
    }

    @Test(arguments: sizes)
    func betaZeroIgnoresTheOldContent(_ size: (m: Int, k: Int, n: Int)) throws {
        let (a, b) = (Matrix<Double>.random(size.m, size.k), Matrix<Double>.random(size.k, size.n))
        for old in [Double.nan, .infinity] {
            var c = Matrix(rows: size.m, columns: size.n, repeating: old)
            try matmul(a, b, into: &c)
            expectClose(c, a.naiveProduct(b), scale: Double(size.k))
            var single = Matrix(rows: size.m, columns: size.n, repeating: Float(old))
            try matmul(a.map { Float($0) }, b.map { Float($0) }, into: &single)
            #expect(single.elements.allSatisfy { $0.isFinite })
        }
    }

    @Test func emptyFactors() throws {
        let tall = Matrix<Double>(rows: 2, columns: 0, elements: [])
        let wide = Matrix<Double>(rows: 0, columns: 3, elements: [])
        #expect(try matmul(tall, wide) == Matrix(rows: 2, columns: 3, repeating: 0))
        #expect(try matmul(wide, Matrix.random(3, 2)) == Matrix(rows: 0, columns: 2, elements: []))
        var c = Matrix<Double>(rows: 2, columns: 3, repeating: 4)
        try matmul(tall, wide, beta: 0.5, into: &c)
        #expect(c == Matrix(rows: 2, columns: 3, repeating: 2))
        c.apply { _ in .nan }
        try matmul(tall, wide, into: &c)
        #expect(c == Matrix(rows: 2, columns: 3, repeating: 0))
    }

    @Test func aFactorCanBeTheResult() throws {
        let a = Matrix<Double>.random(4, 4)
        var c = a
        try matmul(c, c, beta: 1, into: &c)
        var expected = a.naiveProduct(a)
        try expected.add(a)
        expectClose(c, expected, scale: 4)
    }

    @Test func mismatchedShapesThrow() {
        let (a, b) = (Matrix<Double>.random(2, 3), Matrix<Double>.random(2, 4))
        #expect(
            throws: LinearAlgebraError.shapeMismatch(
                "the columns of op(a) must equal the rows of op(b), but op(a) is 2 × 3 and op(b) is 2 × 4.")
        ) { try matmul(a, b) }
        var c = Matrix<Double>(rows: 4, columns: 3, repeating: 5)
        #expect(throws: LinearAlgebraError.shapeMismatch("c must be 3 × 4 to hold the product, but is 4 × 3.")) {
            try matmul(a, b, transposeA: true, into: &c)
        }
        #expect(c == Matrix(rows: 4, columns: 3, repeating: 5))
    }

    /// Small factors can have a product that exceeds the memory. Allocating it would end the process.
    @Test(arguments: [1 << 24, 1 << 40, .max])
    func productsTooLargeForMemory(side: Int) {
        let inner = side > 1 << 24 ? 0 : 1
        let column = Matrix<Double>(rows: side, columns: inner, repeating: 1)
        let row = Matrix<Double>(rows: inner, columns: side, repeating: 1)
        #expect(throws: LinearAlgebraError.outOfMemory(method: "matmul")) { try matmul(column, row) }
    }

    @Test func mismatchedShapesAllocateNothing() {
        let (a, b) = (Matrix<Double>(rows: .max, columns: 0, repeating: 1), Matrix<Double>.random(2, 4))
        #expect(
            throws: LinearAlgebraError.shapeMismatch(
                "the columns of op(a) must equal the rows of op(b), but op(a) is \(Int.max) × 0 and op(b) is 2 × 4.")
        ) { try matmul(a, b) }
    }
}
