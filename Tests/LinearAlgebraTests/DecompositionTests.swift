import LinearAlgebra
import Testing

/// The defining properties of each decomposition, for random matrices of many shapes in both precisions.
@Suite struct DecompositionTests {
    static let orders = [1, 2, 3, 5, 16, 33, 70]
    static let shapes = [
        Shape(1, 1), Shape(1, 6), Shape(6, 1), Shape(4, 4), Shape(7, 3), Shape(3, 7), Shape(60, 41), Shape(30, 80),
    ]

    // MARK: - solve

    @Test(arguments: orders)
    func solvingSatisfiesTheEquations(_ n: Int) throws {
        try checkSolve(Double.self, n)
        try checkSolve(Float.self, n)
    }

    private func checkSolve<Scalar: MatrixScalar>(_: Scalar.Type, _ n: Int) throws {
        // A dominant diagonal keeps the condition number small, so that the residual is only rounding error.
        var a = Matrix<Scalar>.random(n, n)
        for index in 0..<n { a[index, index] += Scalar(n) }
        let (original, b) = (a, Matrix<Scalar>.random(n, 3, seed: 2))
        expectClose(try matmul(a, solve(a, b)), b, scale: Scalar(n))
        expectClose(try solve(a, b.column(1)), try solve(a, b).column(1))
        #expect(a == original)
    }

    @Test func solvingPivots() throws {
        let a: Matrix<Double> = [[0, 2], [3, 0]]
        #expect(try solve(a, [4, 9]) == [3, 2])
    }

    // MARK: - svd

    @Test(arguments: shapes, [true, false])
    func singularVectorsRebuildTheMatrix(_ shape: Shape, fullMatrices: Bool) throws {
        try checkSVD(Matrix<Double>.random(shape.rows, shape.columns), fullMatrices: fullMatrices)
        try checkSVD(Matrix<Float>.random(shape.rows, shape.columns), fullMatrices: fullMatrices)
    }

    @Test func singularVectorsOfADeficientMatrix() throws {
        let a = try matmul(Matrix<Double>.random(9, 2), .random(2, 6))
        try checkSVD(a, fullMatrices: true)
        let s = try svd(a).s
        #expect(s[1] > 0.1)
        #expect(s[2...].allSatisfy { $0 < 1e-14 })
        try checkSVD(Matrix<Double>(rows: 4, columns: 3, repeating: 0), fullMatrices: true)
    }

    private func checkSVD<Scalar: MatrixScalar>(_ a: Matrix<Scalar>, fullMatrices: Bool) throws {
        let (u, s, vt) = try svd(a, fullMatrices: fullMatrices)
        let k = min(a.rows, a.columns)
        #expect((u.rows, u.columns) == (a.rows, fullMatrices ? a.rows : k))
        #expect((vt.rows, vt.columns) == (fullMatrices ? a.columns : k, a.columns))
        #expect(s.count == k)
        #expect(zip(s, s.dropFirst()).allSatisfy { $0 >= $1 })
        #expect(s.allSatisfy { $0 >= 0 })
        expectOrthonormalColumns(u)
        expectOrthonormalColumns(vt.transposed)
        let scaled = try matmul(u.firstColumns(k), .diagonal(s))
        expectClose(try matmul(scaled, vt.selectingRows(Array(0..<k))), a, scale: Scalar(a.rows + a.columns))
    }

    private func expectOrthonormalColumns<Scalar: MatrixScalar>(_ m: Matrix<Scalar>) {
        expectClose(m.transposed.naiveProduct(m), .identity(m.columns), scale: Scalar(m.rows))
    }

    // MARK: - eigh

    @Test(arguments: orders)
    func eigenvectorsSatisfyTheirEquation(_ n: Int) throws {
        try checkEigh(Double.self, n)
        try checkEigh(Float.self, n)
    }

    private func checkEigh<Scalar: MatrixScalar>(_: Scalar.Type, _ n: Int) throws {
        // The upper triangle differs from the lower one and must be ignored.
        let a = Matrix<Scalar>.random(n, n)
        let (values, vectors) = try eigh(a)
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
        expectOrthonormalColumns(vectors)
        expectClose(
            try matmul(a.mirrored, vectors), try matmul(vectors, .diagonal(values)), scale: Scalar(n))
        expectClose(
            [values.reduce(0, +)], [(0..<n).map { a[$0, $0] }.reduce(0, +)], scale: Scalar(n))
    }

    // MARK: - cholesky

    @Test(arguments: orders)
    func choleskyFactorIsLowerTriangularAndRebuildsTheMatrix(_ n: Int) throws {
        try checkCholesky(Double.self, n)
        try checkCholesky(Float.self, n)
    }

    private func checkCholesky<Scalar: MatrixScalar>(_: Scalar.Type, _ n: Int) throws {
        let factor = Matrix<Scalar>.random(n, n)
        var a = factor.naiveProduct(factor.transposed)
        for index in 0..<n { a[index, index] += 1 }
        var skewed = a
        for row in 0..<n {
            for column in (row + 1)..<max(n, row + 1) { skewed[row, column] = 1000 }
        }
        // On one thread, because another test may change the number of threads between the two calls, and with it the
        // bits.
        let (l, ofSkewed) = try BLASThreads.withAtMost(1) { (try cholesky(a), try cholesky(skewed)) }
        #expect(ofSkewed == l)
        for row in 0..<n {
            #expect(l[row, row] > 0)
            #expect(l.row(row).dropFirst(row + 1).allSatisfy { $0 == 0 })
        }
        expectClose(l.naiveProduct(l.transposed), a, scale: Scalar(n))
    }

    // MARK: - leastSquares

    @Test(arguments: shapes)
    func leastSquaresSatisfyTheNormalEquations(_ shape: Shape) throws {
        try checkLeastSquares(Matrix<Double>.random(shape.rows, shape.columns))
        try checkLeastSquares(Matrix<Float>.random(shape.rows, shape.columns))
    }

    @Test func leastSquaresOfADeficientMatrix() throws {
        for (rows, columns) in [(9, 6), (6, 9), (7, 7)] {
            let a = try matmul(Matrix<Double>.random(rows, 2), .random(2, columns))
            try checkLeastSquares(a, rank: 2)
        }
        try checkLeastSquares(Matrix<Double>(rows: 3, columns: 2, repeating: 0), rank: 0)
    }

    private func checkLeastSquares<Scalar: MatrixScalar>(_ a: Matrix<Scalar>, rank expected: Int? = nil) throws {
        let (m, n, k) = (a.rows, a.columns, min(a.rows, a.columns))
        let b = Matrix<Scalar>.random(m, 2, seed: 9)
        let (x, residuals, rank, s) = try leastSquares(a, b)
        #expect(rank == expected ?? k)
        expectClose(s, try svd(a).s, scale: Scalar(m + n))

        // The normal equations: Aᵀ(B − A·X) = 0.
        var rest = b
        try matmul(a, x, alpha: -1, beta: 1, into: &rest)
        let size = 1 + (x.elements.map(\.magnitude).max() ?? 0)
        expectClose(
            try matmul(a.transposed, rest), Matrix(rows: n, columns: 2, repeating: 0), scale: size * Scalar(m * n))
        rest.apply { $0 * $0 }
        if m > n, rank == n {
            expectClose(residuals, rest.columnSums(), scale: size * Scalar(m * n))
        } else {
            #expect(residuals.isEmpty)
        }

        // The minimum of smallest norm is in the row space of A: X = A⁺·A·X.
        let again = try leastSquares(a, matmul(a, x)).solution
        expectClose(again, x, tolerance: 1000, scale: size * Scalar(m + n))

        let single = try leastSquares(a, b.column(0))
        expectClose(single.solution, x.column(0), scale: size * Scalar(m + n))
        #expect(single.rank == rank)
    }

    @Test func rcondSetsTheThresholdOfZero() throws {
        let a = Matrix<Double>.diagonal([1, 0.5, 0.01])
        #expect(try leastSquares(a, [1, 1, 1]).rank == 3)
        let (x, residuals, rank, _) = try leastSquares(a, [1, 1, 1], rcond: 0.1)
        #expect(rank == 2)
        #expect(residuals.isEmpty)
        expectClose(x, [1, 2, 0])
        for meaningless in [-1.0, 1, 2] { #expect(try leastSquares(a, [1, 1, 1], rcond: meaningless).rank == 3) }
    }
}
