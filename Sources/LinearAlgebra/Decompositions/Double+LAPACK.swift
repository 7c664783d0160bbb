#if !canImport(Accelerate)
    internal import COpenBLAS
#endif

extension Double: LAPACKScalar {
    /// The solution as `LAPACKE_dgesv` computes it.
    public static func gesv(
        n: Int, columns: Int, _ a: UnsafeMutablePointer<Double>, _ b: UnsafeMutablePointer<Double>
    ) -> Int {
        var pivots = [BLASInt](repeating: 0, count: n)
        return Int(
            LAPACKE_dgesv(LAPACK_COL_MAJOR, BLASInt(n), BLASInt(columns), a, BLASInt(n), &pivots, b, BLASInt(n)))
    }

    /// The decomposition as `LAPACKE_dgesdd` computes it.
    public static func gesdd(
        full: Bool, m: Int, n: Int, _ a: UnsafeMutablePointer<Double>, s: UnsafeMutablePointer<Double>,
        u: UnsafeMutablePointer<Double>, vt: UnsafeMutablePointer<Double>
    ) -> Int {
        Int(
            LAPACKE_dgesdd(
                LAPACK_COL_MAJOR, full ? LAPACKLetter.all : LAPACKLetter.some, BLASInt(m), BLASInt(n), a, BLASInt(m),
                s, u, BLASInt(m), vt, BLASInt(full ? n : min(m, n))))
    }

    /// The decomposition as `LAPACKE_dsyevd` computes it.
    public static func syevd(n: Int, _ a: UnsafeMutablePointer<Double>, w: UnsafeMutablePointer<Double>) -> Int {
        Int(
            LAPACKE_dsyevd(
                LAPACK_COL_MAJOR, LAPACKLetter.vectors, LAPACKLetter.lower, BLASInt(n), a, BLASInt(n), w))
    }

    /// The factor as `LAPACKE_dpotrf` computes it.
    public static func potrf(n: Int, _ a: UnsafeMutablePointer<Double>) -> Int {
        Int(LAPACKE_dpotrf(LAPACK_COL_MAJOR, LAPACKLetter.lower, BLASInt(n), a, BLASInt(n)))
    }

    /// The solution as `LAPACKE_dgelsd` computes it.
    public static func gelsd(
        m: Int, n: Int, columns: Int, _ a: UnsafeMutablePointer<Double>, _ b: UnsafeMutablePointer<Double>,
        s: UnsafeMutablePointer<Double>, rcond: Double
    ) -> (info: Int, rank: Int) {
        var rank: BLASInt = 0
        let info = LAPACKE_dgelsd(
            LAPACK_COL_MAJOR, BLASInt(m), BLASInt(n), BLASInt(columns), a, BLASInt(m), b, BLASInt(max(m, n)),
            s, rcond, &rank)
        return (Int(info), Int(rank))
    }
}
