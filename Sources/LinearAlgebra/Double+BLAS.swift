internal import CKernels
public import RealModule

#if canImport(Accelerate)
    internal import Accelerate
#else
    internal import COpenBLAS
#endif

// Each requirement is one call of BLAS or of a kernel; their documentation is the protocol's.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Double: MatrixScalar {
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

    public static func product(
        transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Double,
        _ a: UnsafePointer<Double>, strideA: Int, _ b: UnsafePointer<Double>, strideB: Int,
        _ c: UnsafeMutablePointer<Double>, strideC: Int, workspace: UnsafeMutablePointer<Double>
    ) {
        guard packsFactors else {
            return gemm(
                transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: alpha, a, strideA: strideA, b,
                strideB: strideB, beta: 0, c, strideC: strideC)
        }
        kernel_gemm_f64(transposeA, transposeB, m, n, k, alpha, a, strideA, b, strideB, nil, c, strideC, workspace)
    }

    public static func product(
        transposeA: Bool, m: Int, n: Int, k: Int, alpha: Double, _ a: UnsafePointer<Double>, strideA: Int,
        packed b: UnsafePointer<Double>, _ c: UnsafeMutablePointer<Double>, strideC: Int,
        workspace: UnsafeMutablePointer<Double>
    ) {
        kernel_gemm_f64(transposeA, false, m, n, k, alpha, a, strideA, nil, 0, b, c, strideC, workspace)
    }

    public static func pack(
        _ b: UnsafePointer<Double>, stride: Int, k: Int, n: Int, columns: Range<Int>,
        to packed: UnsafeMutablePointer<Double>
    ) {
        kernel_gemm_pack_f64(k, n, b, stride, columns.lowerBound, columns.upperBound, packed)
    }

    public static func rowDots(
        _ products: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>, _ x: UnsafePointer<Double>, rows: Int,
        columns: Int
    ) {
        kernel_row_dots_f64(products, a, x, rows, columns)
    }

    public static func weightedRowSum(
        _ sum: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>, stride: Int, weights: UnsafePointer<Double>,
        rows: Int, columns: Int, scale: Double
    ) {
        kernel_weighted_row_sum_f64(sum, a, stride, weights, rows, columns, scale)
    }

    public static func fewRows(
        _ c: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, rows: Int,
        depth: Int,
        columns: Int
    ) {
        kernel_few_rows_f64(c, a, b, rows, depth, columns)
    }

    public static func dot(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, count: Int) -> Double {
        cblas_ddot(BLASInt(count), x, 1, y, 1)
    }

    public static func axpy(
        _ alpha: Double, _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, count: Int
    ) {
        cblas_daxpy(BLASInt(count), alpha, x, 1, y, 1)
    }

    public static func gatherRows(
        _ target: UnsafeMutablePointer<Double>, from source: UnsafePointer<Double>, _ indices: UnsafePointer<Int>,
        count: Int, columns: Int
    ) {
        kernel_gather_rows_f64(target, source, indices, count, columns)
    }

    public static func sparseTimesDense(
        _ target: UnsafeMutablePointer<Double>, rowOffsets: [Int], columnIndices: [Int], values: [Double],
        _ indices: UnsafePointer<Int>, count: Int, _ dense: UnsafePointer<Double>, width: Int
    ) {
        kernel_sparse_times_dense_f64(target, rowOffsets, columnIndices, values, indices, count, dense, width)
    }

    public static func addSparseTransposedTimesDense(
        _ target: UnsafeMutablePointer<Double>, rowOffsets: [Int], columnIndices: [Int], values: [Double],
        _ indices: UnsafePointer<Int>, count: Int, _ dense: UnsafePointer<Double>, width: Int, scale: Double
    ) {
        kernel_add_sparse_transposed_times_dense_f64(
            target, rowOffsets, columnIndices, values, indices, count, dense, width, scale)
    }

    public static func allFinite(_ values: UnsafeBufferPointer<Double>) -> Bool {
        kernel_all_finite_f64(values.baseAddress, values.count)
    }

    public static func standardize(
        _ x: UnsafeMutablePointer<Double>, offset: [Double]?, divisor: [Double]?, rows: Int, columns: Int
    ) {
        kernel_standardize_f64(x, offset, divisor, rows, columns)
    }

    public static func unstandardize(
        _ x: UnsafeMutablePointer<Double>, factor: [Double]?, offset: [Double]?, rows: Int, columns: Int
    ) {
        kernel_unstandardize_f64(x, factor, offset, rows, columns)
    }

    public static func doubles(_ values: [Double]) -> [Double] { values }

    public static func rounding(_ values: [Double]) -> [Double] { values }
}
