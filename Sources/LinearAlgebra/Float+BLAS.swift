public import RealModule

#if canImport(Accelerate)
    internal import Accelerate
#else
    internal import COpenBLAS
#endif

extension Float: MatrixScalar {
    /// The product as `cblas_sgemm` computes it.
    public static func gemm(
        transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float,
        _ a: UnsafePointer<Float>, strideA: Int, _ b: UnsafePointer<Float>, strideB: Int,
        beta: Float, _ c: UnsafeMutablePointer<Float>, strideC: Int
    ) {
        cblas_sgemm(
            CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
            BLASInt(m), BLASInt(n), BLASInt(k), alpha, a, BLASInt(strideA), b, BLASInt(strideB),
            beta, c, BLASInt(strideC))
    }
}
