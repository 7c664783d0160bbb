internal import CKernels
public import RealModule

#if canImport(Accelerate)
    internal import Accelerate
#else
    internal import COpenBLAS
#endif

// Each requirement is one call of BLAS or of a kernel; their documentation is the protocol's.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Float: MatrixScalar {
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

    public static func product(
        transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float,
        _ a: UnsafePointer<Float>, strideA: Int, _ b: UnsafePointer<Float>, strideB: Int,
        _ c: UnsafeMutablePointer<Float>, strideC: Int, workspace: UnsafeMutablePointer<Float>
    ) {
        guard packsFactors else {
            return gemm(
                transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: alpha, a, strideA: strideA, b,
                strideB: strideB, beta: 0, c, strideC: strideC)
        }
        kernel_gemm_f32(transposeA, transposeB, m, n, k, alpha, a, strideA, b, strideB, nil, c, strideC, workspace)
    }

    public static func product(
        transposeA: Bool, m: Int, n: Int, k: Int, alpha: Float, _ a: UnsafePointer<Float>, strideA: Int,
        packed b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>, strideC: Int,
        workspace: UnsafeMutablePointer<Float>
    ) {
        kernel_gemm_f32(transposeA, false, m, n, k, alpha, a, strideA, nil, 0, b, c, strideC, workspace)
    }

    public static func pack(
        _ b: UnsafePointer<Float>, stride: Int, k: Int, n: Int, columns: Range<Int>,
        to packed: UnsafeMutablePointer<Float>
    ) {
        kernel_gemm_pack_f32(k, n, b, stride, columns.lowerBound, columns.upperBound, packed)
    }

    public static func rowDots(
        _ products: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ x: UnsafePointer<Float>, rows: Int,
        columns: Int
    ) {
        kernel_row_dots_f32(products, a, x, rows, columns)
    }

    public static func weightedRowSum(
        _ sum: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, stride: Int, weights: UnsafePointer<Float>,
        rows: Int, columns: Int, scale: Float
    ) {
        kernel_weighted_row_sum_f32(sum, a, stride, weights, rows, columns, scale)
    }

    public static func fewRows(
        _ c: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, rows: Int, depth: Int,
        columns: Int
    ) {
        kernel_few_rows_f32(c, a, b, rows, depth, columns)
    }

    public static func dot(_ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, count: Int) -> Float {
        cblas_sdot(BLASInt(count), x, 1, y, 1)
    }

    public static func axpy(
        _ alpha: Float, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, count: Int
    ) {
        cblas_saxpy(BLASInt(count), alpha, x, 1, y, 1)
    }

    public static func gatherRows(
        _ target: UnsafeMutablePointer<Float>, from source: UnsafePointer<Float>, _ indices: UnsafePointer<Int>,
        count: Int, columns: Int
    ) {
        kernel_gather_rows_f32(target, source, indices, count, columns)
    }

    public static func sparseTimesDense(
        _ target: UnsafeMutablePointer<Float>, rowOffsets: [Int], columnIndices: [Int], values: [Float],
        _ indices: UnsafePointer<Int>, count: Int, _ dense: UnsafePointer<Float>, width: Int
    ) {
        kernel_sparse_times_dense_f32(target, rowOffsets, columnIndices, values, indices, count, dense, width)
    }

    public static func addSparseTransposedTimesDense(
        _ target: UnsafeMutablePointer<Float>, rowOffsets: [Int], columnIndices: [Int], values: [Float],
        _ indices: UnsafePointer<Int>, count: Int, _ dense: UnsafePointer<Float>, width: Int, scale: Float
    ) {
        kernel_add_sparse_transposed_times_dense_f32(
            target, rowOffsets, columnIndices, values, indices, count, dense, width, scale)
    }

    public static func allFinite(_ values: UnsafeBufferPointer<Float>) -> Bool {
        kernel_all_finite_f32(values.baseAddress, values.count)
    }

    public static func standardize(
        _ x: UnsafeMutablePointer<Float>, offset: [Float]?, divisor: [Float]?, rows: Int, columns: Int
    ) {
        kernel_standardize_f32(x, offset, divisor, rows, columns)
    }

    public static func unstandardize(
        _ x: UnsafeMutablePointer<Float>, factor: [Float]?, offset: [Float]?, rows: Int, columns: Int
    ) {
        kernel_unstandardize_f32(x, factor, offset, rows, columns)
    }

    public static func doubles(_ values: [Float]) -> [Double] { values.map(Double.init) }

    public static func rounding(_ values: [Double]) -> [Float] { values.map { Float($0) } }
}
