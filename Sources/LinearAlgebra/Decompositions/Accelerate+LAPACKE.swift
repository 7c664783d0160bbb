// Accelerate has LAPACK's Fortran routines but not LAPACKE. These functions provide the needed routines with LAPACKE's
// names and arguments, so that the rest of this folder is the same on all platforms. The first argument, the layout, is
// always column-major.
//
// swift-format-ignore-file: AlwaysUseLowerCamelCase

#if canImport(Accelerate)
    import Accelerate

    let LAPACK_COL_MAJOR: BLASInt = 102
    private let LAPACK_WORK_MEMORY_ERROR: BLASInt = -1010

    /// Calls `routine` twice: first with sizes of −1 to query the workspace sizes, then to compute.
    private func withWorkspace<Scalar: BinaryFloatingPoint>(
        of type: Scalar.Type, integers: Int, info: UnsafeMutablePointer<BLASInt>,
        _ routine: (
            _ work: UnsafeMutablePointer<Scalar>, _ lwork: UnsafeMutablePointer<BLASInt>,
            _ iwork: UnsafeMutablePointer<BLASInt>, _ liwork: UnsafeMutablePointer<BLASInt>,
            _ info: UnsafeMutablePointer<BLASInt>
        ) -> Void
    ) {
        var (wanted, lwork, liwork) = (Scalar(0), BLASInt(-1), BLASInt(-1))
        var iwork = [BLASInt](repeating: 0, count: integers)
        routine(&wanted, &lwork, &iwork, &liwork, info)
        // A Float rounds counts above 2²⁴, so use the next larger value.
        guard info.pointee == 0, let size = BLASInt(exactly: wanted.nextUp.rounded(.up)) else {
            if info.pointee == 0 { info.pointee = LAPACK_WORK_MEMORY_ERROR }
            return
        }
        let integerSize = max(integers, Int(iwork.first ?? 0))
        var work = [Scalar](repeating: 0, count: Int(size))
        iwork = [BLASInt](repeating: 0, count: integerSize)
        (lwork, liwork) = (size, BLASInt(integerSize))
        routine(&work, &lwork, &iwork, &liwork, info)
    }

    /// Returns an upper bound for the integer workspace of xGELSD, which Accelerate's version does not report: min(m,
    /// n) times 3·levels + 11, where the levels of recursion are at most the number of bits of min(m, n).
    private func gelsdIntegers(_ m: BLASInt, _ n: BLASInt) -> Int {
        let smaller = Int(min(m, n))
        return smaller * (3 * (Int.bitWidth - smaller.leadingZeroBitCount) + 11)
    }

    // MARK: - Double

    func LAPACKE_dgesv(
        _: BLASInt, _ n: BLASInt, _ columns: BLASInt, _ a: UnsafeMutablePointer<Double>, _ lda: BLASInt,
        _ pivots: UnsafeMutablePointer<BLASInt>, _ b: UnsafeMutablePointer<Double>, _ ldb: BLASInt
    ) -> BLASInt {
        var (n, columns, lda, ldb, info) = (n, columns, lda, ldb, BLASInt(0))
        _ = dgesv_(&n, &columns, a, &lda, pivots, b, &ldb, &info)
        return info
    }

    func LAPACKE_dgesdd(
        _: BLASInt, _ job: CChar, _ m: BLASInt, _ n: BLASInt, _ a: UnsafeMutablePointer<Double>, _ lda: BLASInt,
        _ s: UnsafeMutablePointer<Double>, _ u: UnsafeMutablePointer<Double>, _ ldu: BLASInt,
        _ vt: UnsafeMutablePointer<Double>, _ ldvt: BLASInt
    ) -> BLASInt {
        var (job, m, n, lda, ldu, ldvt, info) = (job, m, n, lda, ldu, ldvt, BLASInt(0))
        withWorkspace(of: Double.self, integers: 8 * Int(min(m, n)), info: &info) { work, lwork, iwork, _, info in
            _ = dgesdd_(&job, &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, work, lwork, iwork, info)
        }
        return info
    }

    func LAPACKE_dsyevd(
        _: BLASInt, _ job: CChar, _ triangle: CChar, _ n: BLASInt, _ a: UnsafeMutablePointer<Double>, _ lda: BLASInt,
        _ w: UnsafeMutablePointer<Double>
    ) -> BLASInt {
        var (job, triangle, n, lda, info) = (job, triangle, n, lda, BLASInt(0))
        withWorkspace(of: Double.self, integers: 1, info: &info) { work, lwork, iwork, liwork, info in
            _ = dsyevd_(&job, &triangle, &n, a, &lda, w, work, lwork, iwork, liwork, info)
        }
        return info
    }

    func LAPACKE_dpotrf(
        _: BLASInt, _ triangle: CChar, _ n: BLASInt, _ a: UnsafeMutablePointer<Double>, _ lda: BLASInt
    ) -> BLASInt {
        var (triangle, n, lda, info) = (triangle, n, lda, BLASInt(0))
        _ = dpotrf_(&triangle, &n, a, &lda, &info)
        return info
    }

    func LAPACKE_dgelsd(
        _: BLASInt, _ m: BLASInt, _ n: BLASInt, _ columns: BLASInt, _ a: UnsafeMutablePointer<Double>, _ lda: BLASInt,
        _ b: UnsafeMutablePointer<Double>, _ ldb: BLASInt, _ s: UnsafeMutablePointer<Double>, _ rcond: Double,
        _ rank: UnsafeMutablePointer<BLASInt>
    ) -> BLASInt {
        var (m, n, columns, lda, ldb, rcond, info) = (m, n, columns, lda, ldb, rcond, BLASInt(0))
        withWorkspace(of: Double.self, integers: gelsdIntegers(m, n), info: &info) { work, lwork, iwork, _, info in
            _ = dgelsd_(&m, &n, &columns, a, &lda, b, &ldb, s, &rcond, rank, work, lwork, iwork, info)
        }
        return info
    }

    // MARK: - Float

    func LAPACKE_sgesv(
        _: BLASInt, _ n: BLASInt, _ columns: BLASInt, _ a: UnsafeMutablePointer<Float>, _ lda: BLASInt,
        _ pivots: UnsafeMutablePointer<BLASInt>, _ b: UnsafeMutablePointer<Float>, _ ldb: BLASInt
    ) -> BLASInt {
        var (n, columns, lda, ldb, info) = (n, columns, lda, ldb, BLASInt(0))
        _ = sgesv_(&n, &columns, a, &lda, pivots, b, &ldb, &info)
        return info
    }

    func LAPACKE_sgesdd(
        _: BLASInt, _ job: CChar, _ m: BLASInt, _ n: BLASInt, _ a: UnsafeMutablePointer<Float>, _ lda: BLASInt,
        _ s: UnsafeMutablePointer<Float>, _ u: UnsafeMutablePointer<Float>, _ ldu: BLASInt,
        _ vt: UnsafeMutablePointer<Float>, _ ldvt: BLASInt
    ) -> BLASInt {
        var (job, m, n, lda, ldu, ldvt, info) = (job, m, n, lda, ldu, ldvt, BLASInt(0))
        withWorkspace(of: Float.self, integers: 8 * Int(min(m, n)), info: &info) { work, lwork, iwork, _, info in
            _ = sgesdd_(&job, &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, work, lwork, iwork, info)
        }
        return info
    }

    func LAPACKE_ssyevd(
        _: BLASInt, _ job: CChar, _ triangle: CChar, _ n: BLASInt, _ a: UnsafeMutablePointer<Float>, _ lda: BLASInt,
        _ w: UnsafeMutablePointer<Float>
    ) -> BLASInt {
        var (job, triangle, n, lda, info) = (job, triangle, n, lda, BLASInt(0))
        withWorkspace(of: Float.self, integers: 1, info: &info) { work, lwork, iwork, liwork, info in
            _ = ssyevd_(&job, &triangle, &n, a, &lda, w, work, lwork, iwork, liwork, info)
        }
        return info
    }

    func LAPACKE_spotrf(
        _: BLASInt, _ triangle: CChar, _ n: BLASInt, _ a: UnsafeMutablePointer<Float>, _ lda: BLASInt
    ) -> BLASInt {
        var (triangle, n, lda, info) = (triangle, n, lda, BLASInt(0))
        _ = spotrf_(&triangle, &n, a, &lda, &info)
        return info
    }

    func LAPACKE_sgelsd(
        _: BLASInt, _ m: BLASInt, _ n: BLASInt, _ columns: BLASInt, _ a: UnsafeMutablePointer<Float>, _ lda: BLASInt,
        _ b: UnsafeMutablePointer<Float>, _ ldb: BLASInt, _ s: UnsafeMutablePointer<Float>, _ rcond: Float,
        _ rank: UnsafeMutablePointer<BLASInt>
    ) -> BLASInt {
        var (m, n, columns, lda, ldb, rcond, info) = (m, n, columns, lda, ldb, rcond, BLASInt(0))
        withWorkspace(of: Float.self, integers: gelsdIntegers(m, n), info: &info) { work, lwork, iwork, _, info in
            _ = sgelsd_(&m, &n, &columns, a, &lda, b, &ldb, s, &rcond, rank, work, lwork, iwork, info)
        }
        return info
    }
#endif
