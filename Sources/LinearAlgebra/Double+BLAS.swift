public import RealModule

#if canImport(Accelerate)
    internal import Accelerate
#else
    internal import COpenBLAS
#endif

extension Double: MatrixScalar {
    /// The product as `cblas_dgemm` computes it.
    public static func gemm(
        transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Double,
        _ a: UnsafePointer<Double>, strideA: Int, _ b: UnsafePointer<Double>, strideB: Int,
        beta: Double, _ c: UnsafeMutablePointer<Double>, strideC: Int
    ) {
        cblas_dgemm(
            CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
            BLASInt(m), BLASInt(n), BLASInt(k), alpha, a, BLASInt(strideA), b, BLASInt(strideB),
            beta, c, BLASInt(strideC))
    }
}
