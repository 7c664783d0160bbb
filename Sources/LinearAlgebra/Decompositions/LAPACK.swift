#if !canImport(Accelerate)
    import COpenBLAS
#endif

// The LAPACK routines that this package uses. Matrices are column-major without gaps, as LAPACK requires, and are
// overwritten. Each routine returns LAPACK's `info`: 0 for success, positive if the matrix has no result, negative for
// an invalid argument. Nothing is checked here; callers such as ``svd(_:fullMatrices:)`` check.

extension MatrixScalar {
    /// Solves A·X = B by LU factorization with partial pivoting.
    ///
    /// - Parameters:
    ///   - n: the order of A.
    ///   - columns: the number of columns of B.
    ///   - a: A, `n` × `n`; becomes its factors.
    ///   - b: B, `n` × `columns`; becomes X.
    /// - Returns: `info`, positive when a pivot is exactly zero.
    static func gesv(n: Int, columns: Int, _ a: UnsafeMutablePointer<Self>, _ b: UnsafeMutablePointer<Self>) -> Int {
        var pivots = [BLASInt](repeating: 0, count: n)
        let (order, columns) = (BLASInt(n), BLASInt(columns))
        return switch _precision {
        case .double:
            Int(
                LAPACKE_dgesv(
                    LAPACK_COL_MAJOR, order, columns, a.of(Double.self), order, &pivots, b.of(Double.self), order))
        case .single:
            Int(
                LAPACKE_sgesv(
                    LAPACK_COL_MAJOR, order, columns, a.of(Float.self), order, &pivots, b.of(Float.self), order))
        }
    }

    /// Decomposes A = U·diag(s)·Vᵀ by divide and conquer.
    ///
    /// - Parameters:
    ///   - full: whether U is `m` × `m` and Vᵀ `n` × `n`; else U is `m` × k and Vᵀ k × `n`, where k is the smaller.
    ///   - m: the number of rows of A.
    ///   - n: the number of columns of A.
    ///   - a: A; destroyed.
    ///   - s: receives the k singular values in descending order.
    ///   - u: receives U.
    ///   - vt: receives Vᵀ.
    /// - Returns: `info`, positive when the iteration did not converge.
    static func gesdd(
        full: Bool, m: Int, n: Int, _ a: UnsafeMutablePointer<Self>, s: UnsafeMutablePointer<Self>,
        u: UnsafeMutablePointer<Self>, vt: UnsafeMutablePointer<Self>
    ) -> Int {
        let job = CChar(UInt8(ascii: full ? "A" : "S"))
        let (rows, columns, ldvt) = (BLASInt(m), BLASInt(n), BLASInt(full ? n : min(m, n)))
        return switch _precision {
        case .double:
            Int(
                LAPACKE_dgesdd(
                    LAPACK_COL_MAJOR, job, rows, columns, a.of(Double.self), rows, s.of(Double.self), u.of(Double.self),
                    rows, vt.of(Double.self), ldvt))
        case .single:
            Int(
                LAPACKE_sgesdd(
                    LAPACK_COL_MAJOR, job, rows, columns, a.of(Float.self), rows, s.of(Float.self), u.of(Float.self),
                    rows, vt.of(Float.self), ldvt))
        }
    }

    /// Decomposes the symmetric A = V·diag(w)·Vᵀ by divide and conquer, reading the lower triangle only.
    ///
    /// - Parameters:
    ///   - n: the order of A.
    ///   - a: A; becomes V.
    ///   - w: receives the eigenvalues in ascending order.
    /// - Returns: `info`, positive when the iteration did not converge.
    static func syevd(n: Int, _ a: UnsafeMutablePointer<Self>, w: UnsafeMutablePointer<Self>) -> Int {
        let (vectors, lower) = (CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "L")))
        return switch _precision {
        case .double:
            Int(
                LAPACKE_dsyevd(
                    LAPACK_COL_MAJOR, vectors, lower, BLASInt(n), a.of(Double.self), BLASInt(n), w.of(Double.self)))
        case .single:
            Int(
                LAPACKE_ssyevd(
                    LAPACK_COL_MAJOR, vectors, lower, BLASInt(n), a.of(Float.self), BLASInt(n), w.of(Float.self)))
        }
    }

    /// Factors the symmetric A = L·Lᵀ, reading and writing the lower triangle only.
    ///
    /// - Parameters:
    ///   - n: the order of A.
    ///   - a: A; its lower triangle becomes L.
    /// - Returns: `info`, positive when A is not positive definite.
    static func potrf(n: Int, _ a: UnsafeMutablePointer<Self>) -> Int {
        let lower = CChar(UInt8(ascii: "L"))
        return switch _precision {
        case .double: Int(LAPACKE_dpotrf(LAPACK_COL_MAJOR, lower, BLASInt(n), a.of(Double.self), BLASInt(n)))
        case .single: Int(LAPACKE_spotrf(LAPACK_COL_MAJOR, lower, BLASInt(n), a.of(Float.self), BLASInt(n)))
        }
    }

    /// Minimizes ‖B − A·X‖, and among the minima ‖X‖, by the singular value decomposition of A.
    ///
    /// - Parameters:
    ///   - m: the number of rows of A.
    ///   - n: the number of columns of A.
    ///   - columns: the number of columns of B.
    ///   - a: A; destroyed.
    ///   - b: B in the first `m` of max(`m`, `n`) rows; its first `n` rows become X.
    ///   - s: receives the singular values in descending order.
    ///   - rcond: singular values of at most `rcond` times the largest count as 0. For `rcond` ≤ 0 and `rcond` ≥ 1,
    ///     LAPACK uses the machine precision.
    /// - Returns: `info`, positive when the iteration did not converge, and the number of singular values kept.
    static func gelsd(
        m: Int, n: Int, columns: Int, _ a: UnsafeMutablePointer<Self>, _ b: UnsafeMutablePointer<Self>,
        s: UnsafeMutablePointer<Self>, rcond: Self
    ) -> (info: Int, rank: Int) {
        var rank = BLASInt(0)
        let (rows, order, columns, ldb) = (BLASInt(m), BLASInt(n), BLASInt(columns), BLASInt(max(m, n)))
        let info =
            switch _precision {
            case .double:
                LAPACKE_dgelsd(
                    LAPACK_COL_MAJOR, rows, order, columns, a.of(Double.self), rows, b.of(Double.self), ldb,
                    s.of(Double.self), Double(rcond), &rank)
            case .single:
                LAPACKE_sgelsd(
                    LAPACK_COL_MAJOR, rows, order, columns, a.of(Float.self), rows, b.of(Float.self), ldb,
                    s.of(Float.self), Float(rcond), &rank)
            }
        return (Int(info), Int(rank))
    }
}
