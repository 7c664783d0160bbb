import Testing

@testable import LinearAlgebra

@Suite struct DecompositionErrorTests {
    let square: Matrix<Double> = [[2, 1], [1, 3]]

    /// All decompositions of one matrix, by name.
    static let decompositions: [(name: String, call: @Sendable (Matrix<Double>) throws -> Void)] = [
        ("solve", { _ = try solve($0, Matrix(rows: $0.rows, columns: 1, repeating: 1)) }),
        ("svd", { _ = try svd($0) }),
        ("eigh", { _ = try eigh($0) }),
        ("cholesky", { _ = try cholesky($0) }),
        ("leastSquares", { _ = try leastSquares($0, Matrix(rows: $0.rows, columns: 1, repeating: 1)) }),
    ]

    @Test func emptyMatrices() {
        for (name, call) in Self.decompositions {
            #expect(throws: LinearAlgebraError.empty(argument: "a"), "\(name)") { try call([]) }
        }
        let (flat, bare) = (
            Matrix<Double>(rows: 0, columns: 3, elements: []), Matrix<Double>(rows: 3, columns: 0, elements: [])
        )
        #expect(throws: LinearAlgebraError.empty(argument: "a")) { try svd(flat) }
        #expect(throws: LinearAlgebraError.empty(argument: "a")) { try svd(bare) }
        #expect(throws: LinearAlgebraError.empty(argument: "a")) { try leastSquares(bare, [1, 2, 3]) }
        let noColumns = Matrix<Double>(rows: 2, columns: 0, elements: [])
        #expect(throws: LinearAlgebraError.empty(argument: "b")) { try solve(square, noColumns) }
        #expect(throws: LinearAlgebraError.empty(argument: "b")) { try leastSquares(square, noColumns) }
    }

    @Test func matricesThatAreNotSquare() {
        let wide = Matrix<Double>.random(2, 3)
        for (name, call) in Self.decompositions where name != "svd" && name != "leastSquares" {
            #expect(throws: LinearAlgebraError.notSquare(argument: "a", rows: 2, columns: 3), "\(name)") {
                try call(wide)
            }
        }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func nonFiniteElements(_ value: Double) {
        // Both triangles are checked, although two of the methods use only one.
        for (row, column) in [(0, 1), (1, 0)] {
            var a = square
            a[row, column] = value
            let error = LinearAlgebraError.notFinite(argument: "a", row: row, column: column)
            for (name, call) in Self.decompositions { #expect(throws: error, "\(name)") { try call(a) } }
        }
        let error = LinearAlgebraError.notFinite(argument: "b", row: 1, column: 0)
        #expect(throws: error) { try solve(square, [1, value]) }
        #expect(throws: error) { try leastSquares(square, [1, value]) }
    }

    @Test func rightHandSidesOfTheWrongLength() {
        let error = LinearAlgebraError.shapeMismatch("b must have one row for each row of a, which are 2, but has 3.")
        #expect(throws: error) { try solve(square, [1, 2, 3]) }
        #expect(throws: error) { try leastSquares(square, [1, 2, 3]) }
        #expect(throws: LinearAlgebraError.self) { try solve(square, [Double]()) }
    }

    @Test func singularAndIndefiniteMatrices() {
        let singular: Matrix<Double> = [[1, 2], [2, 4]]
        #expect(throws: LinearAlgebraError.singular(argument: "a")) { try solve(singular, [1, 2]) }
        #expect(throws: LinearAlgebraError.singular(argument: "a")) {
            try solve(Matrix<Float>(rows: 1, columns: 1, repeating: 0), [1])
        }
        for indefinite: Matrix<Double> in [[[1, 0], [0, -1]], [[1, 2], [2, 1]], [[0]]] {
            #expect(throws: LinearAlgebraError.notPositiveDefinite(argument: "a")) { try cholesky(indefinite) }
        }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func nonFiniteRcond(_ rcond: Double) {
        #expect(
            throws: LinearAlgebraError.outOfRange(argument: "rcond", value: "\(rcond)", allowed: "a finite number")
        ) { try leastSquares(square, [1, 2], rcond: rcond) }
    }

    @Test func sidesTooLongForLAPACK() throws {
        // Without elements, so that a long side needs no memory.
        let side = Int(Int32.max) + 1
        let long = Matrix<Double>(rows: side, columns: 0, elements: [])
        #expect(throws: LinearAlgebraError.tooLarge(argument: "a", rows: side, columns: 0)) {
            try long.requireCountable(as: "a")
        }
        #expect(throws: LinearAlgebraError.tooLarge(argument: "b", rows: 0, columns: side)) {
            try long.transposed.requireCountable(as: "b")
        }
        try Matrix<Double>(rows: side - 1, columns: 0, elements: []).requireCountable(as: "a")
    }

    @Test func resultsTooLargeForMemory() throws {
        // The full U of this tall matrix would take 8 TB; the reduced one takes 8 MB.
        let long = Matrix<Double>(rows: 1_000_000, columns: 1, repeating: 1)
        #expect(throws: LinearAlgebraError.outOfMemory(method: "svd")) { try svd(long) }
        expectClose(try svd(long, fullMatrices: false).s, [1000], scale: 1000)
    }

    @Test func errorCodesOfLAPACK() throws {
        let reason = LinearAlgebraError.notConverged(method: "svd")
        try requireSuccess(0, of: "svd", otherwise: reason)
        #expect(throws: reason) { try requireSuccess(3, of: "svd", otherwise: reason) }
        #expect(throws: LinearAlgebraError.outOfMemory(method: "svd")) {
            try requireSuccess(-1010, of: "svd", otherwise: reason)
        }
        #expect(throws: LinearAlgebraError.refused(method: "svd", info: -4)) {
            try requireSuccess(-4, of: "svd", otherwise: reason)
        }
    }

    @Test(arguments: [
        (LinearAlgebraError.raggedRows(row: 2, count: 1, expected: 3), "row 2"),
        (.notSquare(argument: "a", rows: 2, columns: 3), "a must be a square matrix, but is 2 × 3."),
        (.empty(argument: "b"), "b must have at least one row and one column"),
        (.tooLarge(argument: "a", rows: 1, columns: 3_000_000_000), "at most 2147483647 rows and columns"),
        (.notFinite(argument: "a", row: 1, column: 0), "element [1, 0] is NaN or infinite"),
        (.outOfRange(argument: "rcond", value: "nan", allowed: "a finite number"), "rcond must be a finite number"),
        (.singular(argument: "a"), "a must be invertible"),
        (.notPositiveDefinite(argument: "a"), "a must be positive definite"),
        (.notConverged(method: "eigh"), "eigh did not converge"),
        (.outOfMemory(method: "svd"), "svd needs more memory"),
        (.refused(method: "svd", info: -4), "info = -4"),
    ])
    func descriptionsNameTheProblem(_ error: LinearAlgebraError, text: String) {
        #expect("\(error)".contains(text))
    }
}
