#if canImport(Accelerate)
    import Accelerate
#else
    import COpenBLAS
#endif

// The BLAS routines that this package uses, for each precision.

extension MatrixScalar {
    /// C ← α·op(A)·op(B) + β·C for row-major arrays, where op(A) is `m` × `k`, op(B) `k` × `n` and C `m` × `n`.
    ///
    /// A stride is the distance from one row of an array to the next.
    package static func gemm(
        transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Self,
        _ a: UnsafePointer<Self>, strideA: Int, _ b: UnsafePointer<Self>, strideB: Int,
        beta: Self, _ c: UnsafeMutablePointer<Self>, strideC: Int
    ) {
        let (opA, opB) = (transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans)
        let (rows, columns, depth) = (BLASInt(m), BLASInt(n), BLASInt(k))
        let (lda, ldb, ldc) = (BLASInt(strideA), BLASInt(strideB), BLASInt(strideC))
        switch _precision {
        case .double:
            cblas_dgemm(
                CblasRowMajor, opA, opB, rows, columns, depth, Double(alpha), a.of(Double.self), lda,
                b.of(Double.self), ldb, Double(beta), c.of(Double.self), ldc)
        case .single:
            cblas_sgemm(
                CblasRowMajor, opA, opB, rows, columns, depth, Float(alpha), a.of(Float.self), lda,
                b.of(Float.self), ldb, Float(beta), c.of(Float.self), ldc)
        }
    }
}

extension Double {
    /// xᵀ·y.
    package static func dot(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, count: Int) -> Double {
        cblas_ddot(BLASInt(count), x, 1, y, 1)
    }

    /// y ← α·x + y.
    package static func axpy(
        _ alpha: Double, _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
    ) {
        cblas_daxpy(BLASInt(count), alpha, x, 1, y, 1)
    }
}

extension UnsafePointer {
    /// Returns the pointer with the element type that a routine for a concrete type needs.
    func of<Element>(_: Element.Type) -> UnsafePointer<Element> {
        UnsafeRawPointer(self).assumingMemoryBound(to: Element.self)
    }
}

extension UnsafeMutablePointer {
    /// Returns the pointer with the element type that a routine for a concrete type needs.
    func of<Element>(_: Element.Type) -> UnsafeMutablePointer<Element> {
        UnsafeMutableRawPointer(self).assumingMemoryBound(to: Element.self)
    }
}
