import CKernels
import LinearAlgebra
import Testing

/// Compares the products that each thread of a pool computes with their definition.
@Suite struct ThreadProductsTests {
    /// (m, n, k), around the sizes of tiles (8 × 24 and 8 × 48), of blocks (256 rows, depth 256), and of narrow factors
    /// (4, 8 and 16 columns).
    static let sizes = [
        (1, 1, 1), (8, 24, 5), (8, 48, 5), (7, 23, 3), (9, 25, 4), (9, 49, 4), (16, 100, 8), (3, 8, 257), (97, 10, 30),
        (100, 490, 12), (5, 70, 600), (1, 130, 20), (33, 1, 40), (260, 50, 300), (9, 100, 257), (2, 3, 100), (3, 4, 17),
        (2, 5, 9), (1, 15, 30), (2, 2, 5), (13, 2, 70), (9, 3, 515), (60, 3, 40), (103, 4, 33), (4, 97, 12),
        (8, 60, 300), (7, 3, 1), (7, 2, 3),
    ]

    @Test(arguments: sizes) func productsEqualTheirDefinition(_ size: (m: Int, n: Int, k: Int)) {
        check(Double.self, m: size.m, n: size.n, k: size.k)
        check(Float.self, m: size.m, n: size.n, k: size.k)
    }

    private func check<Scalar: MatrixScalar>(_: Scalar.Type, m: Int, n: Int, k: Int) {
        let (a, b) = (Matrix<Scalar>.random(m, k, seed: 1), Matrix<Scalar>.random(k, n, seed: 2))
        let expected = a.naiveProduct(b).map { $0 * -0.5 }
        for (transposeA, transposeB) in [(false, false), (true, false), (false, true), (true, true)] {
            let found = product(
                transposeA ? a.transposed : a, transposeB ? b.transposed : b, transposeA, transposeB, alpha: -0.5,
                columns: 0..<n)
            expectClose(found, expected, scale: Scalar(k), "\(transposeA) \(transposeB)")
        }
        if n <= Int(KERNEL_NARROW) {
            var narrow = [Scalar](repeating: .nan, count: m * n)
            kernel_narrow_product(Scalar.precision, &narrow, a.elements, b.elements, m, k, n)
            expectClose(narrow, expected.elements.map { $0 * -2 }, scale: Scalar(k))
            narrow = [Scalar](repeating: .nan, count: m * n)
            kernel_narrow_transposed_product(
                Scalar.precision, &narrow, a.transposed.elements, m, b.elements, k, m, n, -0.5)
            expectClose(narrow, expected.elements, scale: Scalar(k))
        }
        if m < 10 {
            var few = [Scalar](repeating: .nan, count: m * n)
            kernel_few_rows(Scalar.precision, &few, a.elements, b.elements, m, k, n)
            expectClose(few, expected.elements.map { $0 * -2 }, scale: Scalar(k))
        }
    }

    /// The results are equal bit for bit. Without AVX-512, no factor is packed.
    @Test(.enabled(if: Double.packsFactors), arguments: sizes)
    func packedFactorsGiveTheSameProduct(_ size: (m: Int, n: Int, k: Int)) {
        checkPacked(Double.self, m: size.m, n: size.n, k: size.k)
        checkPacked(Float.self, m: size.m, n: size.n, k: size.k)
    }

    private func checkPacked<Scalar: MatrixScalar>(_: Scalar.Type, m: Int, n: Int, k: Int) {
        let (a, b) = (Matrix<Scalar>.random(m, k, seed: 1), Matrix<Scalar>.random(k, n, seed: 2))
        let line = 64 / MemoryLayout<Scalar>.stride
        for transposeA in [false, true] {
            let left = transposeA ? a.transposed : a
            var packed = [Scalar](repeating: .nan, count: k * ((n + line - 1) / line * line))
            for index in 0..<3 {
                let columns = Chunk(index: index, of: 3).range(of: n, unit: Scalar.packingUnit)
                Scalar.pack(b.elements, stride: n, k: k, n: n, columns: columns, to: &packed)
            }
            var found = [Scalar](repeating: .nan, count: m * n)
            var workspace = [Scalar](repeating: .nan, count: Scalar.productWorkspace)
            Scalar.product(
                transposeA: transposeA, m: m, n: n, k: k, alpha: -0.5, left.elements, strideA: transposeA ? m : k,
                packed: packed, &found, strideC: n, workspace: &workspace)
            #expect(found == product(left, b, transposeA, false, alpha: -0.5, columns: 0..<n).elements)
        }
    }

    /// Returns some columns of the product, written to a matrix of NaN.
    private func product<Scalar: MatrixScalar>(
        _ a: Matrix<Scalar>, _ b: Matrix<Scalar>, _ transposeA: Bool, _ transposeB: Bool, alpha: Scalar,
        columns: Range<Int>
    ) -> Matrix<Scalar> {
        let (m, k) = transposeA ? (a.columns, a.rows) : (a.rows, a.columns)
        let n = transposeB ? b.rows : b.columns
        var c = Matrix<Scalar>(rows: m, columns: n, repeating: .nan)
        var workspace = [Scalar](repeating: .nan, count: Scalar.productWorkspace)
        c.withUnsafeMutableElements { c in
            a.withUnsafeElements { a in
                b.withUnsafeElements { b in
                    guard let c = c.baseAddress, let a = a.baseAddress, let b = b.baseAddress else { return }
                    Scalar.product(
                        transposeA: transposeA, transposeB: transposeB, m: m, n: columns.count, k: k, alpha: alpha, a,
                        strideA: transposeA ? m : k, b + columns.lowerBound * (transposeB ? k : 1),
                        strideB: transposeB ? k : n, c + columns.lowerBound, strideC: n, workspace: &workspace)
                }
            }
        }
        return c
    }

    @Test func productsWriteOnlyTheirColumns() {
        let (a, b) = (Matrix<Double>.random(20, 30), Matrix<Double>.random(30, 70))
        let whole = product(a, b, false, false, alpha: 1, columns: 0..<70)
        let part = product(a, b, false, false, alpha: 1, columns: 16..<59)
        for row in 0..<20 {
            for column in 0..<70 {
                if (16..<59).contains(column) {
                    #expect(abs(part[row, column] - whole[row, column]) < 1e-14)
                } else {
                    #expect(part[row, column].isNaN)
                }
            }
        }
    }
}
