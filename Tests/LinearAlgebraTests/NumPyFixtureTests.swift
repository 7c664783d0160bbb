import Foundation
import LinearAlgebra
import TestSupport
import Testing

/// Compares with the results of numpy.linalg, from Scripts/fixtures/linear_algebra.py.
@Suite struct NumPyFixtureTests {
    struct Fixtures<Scalar: MatrixScalar>: Decodable {
        struct Solve: Decodable { let a, b, x: Matrix<Scalar> }
        struct SVD: Decodable {
            let a, u, vt: Matrix<Scalar>
            let s: [Scalar]
        }
        struct Eigh: Decodable {
            let a, eigenvectors: Matrix<Scalar>
            let eigenvalues: [Scalar]
        }
        struct Cholesky: Decodable { let a, l: Matrix<Scalar> }
        struct LeastSquares: Decodable {
            let a, b, solution: Matrix<Scalar>
            let rcond: Scalar?
            let residuals, singularValues: [Scalar]
            let rank: Int
        }

        let solve: [Solve]
        let svd: [SVD]
        let eigh: [Eigh]
        let cholesky: [Cholesky]
        let leastSquares: [LeastSquares]

        init() throws {
            self = try fixture("linear_algebra", in: .module)
        }
    }

    @Test func doubles() throws { try check(Fixtures<Double>()) }

    @Test func floats() throws { try check(Fixtures<Float>()) }

    /// Whether the signs of singular vectors and eigenvectors, which are arbitrary, are those of NumPy. NumPy always
    /// computes in double precision, and Accelerate's LAPACK may choose other signs.
    private static func signsAgree<Scalar: MatrixScalar>(_: Scalar.Type) -> Bool {
        #if canImport(Accelerate)
            false
        #else
            Scalar.self == Double.self
        #endif
    }

    private func check<Scalar: MatrixScalar>(_ fixtures: Fixtures<Scalar>) throws {
        for fixture in fixtures.solve {
            expectClose(try solve(fixture.a, fixture.b), fixture.x, tolerance: 1000)
        }
        for fixture in fixtures.svd {
            let (u, s, vt) = try svd(fixture.a, fullMatrices: false)
            expectClose(s, fixture.s)
            if Self.signsAgree(Scalar.self) {
                expectClose(u, fixture.u)
                expectClose(vt, fixture.vt)
            }
        }
        for fixture in fixtures.eigh {
            let (values, vectors) = try eigh(fixture.a)
            expectClose(values, fixture.eigenvalues, scale: 100)
            if Self.signsAgree(Scalar.self) { expectClose(vectors, fixture.eigenvectors) }
        }
        for fixture in fixtures.cholesky {
            expectClose(try cholesky(fixture.a), fixture.l)
        }
        for fixture in fixtures.leastSquares {
            let (x, residuals, rank, s) = try leastSquares(fixture.a, fixture.b, rcond: fixture.rcond)
            expectClose(x, fixture.solution, tolerance: 1000)
            expectClose(residuals, fixture.residuals, scale: 100)
            #expect(rank == fixture.rank)
            expectClose(s, fixture.singularValues, scale: 10)
        }
    }
}
