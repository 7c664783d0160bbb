#if !canImport(Accelerate)
    internal import COpenBLAS
#endif

extension Float: LAPACKScalar {
    /// The solution as `LAPACKE_sgesv` computes it.
    public static func gesv(
        n: Int, columns: Int, _ a: UnsafeMutablePointer<Float>, _ b: UnsafeMutablePointer<Float>
    ) -> Int {
        var pivots = [BLASInt](repeating: 0, count: n)
        return Int(
            LAPACKE_sgesv(LAPACK_COL_MAJOR, BLASInt(n), BLASInt(columns), a, BLASInt(n), &pivots, b, BLASInt(n)))
    }

    /// The decomposition as `LAPACKE_sgesdd` computes it.
    public static func gesdd(
        full: Bool, m: Int, n: Int, _ a: UnsafeMutablePointer<Float>, s: UnsafeMutablePointer<Float>,
        u: UnsafeMutablePointer<Float>, vt: UnsafeMutablePointer<Float>
    ) -> Int {
        Int(
            LAPACKE_sgesdd(
                LAPACK_COL_MAJOR, full ? LAPACKLetter.all : LAPACKLetter.some, BLASInt(m), BLASInt(n), a, BLASInt(m),
                s, u, BLASInt(m), vt, BLASInt(full ? n : min(m, n))))
    }

    /// The decomposition as `LAPACKE_ssyevd` computes it.
    public static func syevd(n: Int, _ a: UnsafeMutablePointer<Float>, w: UnsafeMutablePointer<Float>) -> Int {
        Int(
            LAPACKE_ssyevd(
                LAPACK_COL_MAJOR, LAPACKLetter.vectors, LAPACKLetter.lower, BLASInt(n), a, BLASInt(n), w))
    }

    /// The factor as `LAPACKE_spotrf` computes it.
    public static func potrf(n: Int, _ a: UnsafeMutablePointer<Float>) -> Int {
        Int(LAPACKE_spotrf(LAPACK_COL_MAJOR, LAPACKLetter.lower, BLASInt(n), a, BLASInt(n)))
    }

    /// The solution as `LAPACKE_sgelsd` computes it.
    public static func gelsd(
        m: Int, n: Int, columns: Int, _ a: UnsafeMutablePointer<Float>, _ b: UnsafeMutablePointer<Float>,
        s: UnsafeMutablePointer<Float>, rcond: Float
    ) -> (info: Int, rank: Int) {
        var rank: BLASInt = 0
        let info = LAPACKE_sgelsd(
            LAPACK_COL_MAJOR, BLASInt(m), BLASInt(n), BLASInt(columns), a, BLASInt(m), b, BLASInt(max(m, n)),
            s, rcond, &rank)
        return (Int(info), Int(rank))
    }
}
