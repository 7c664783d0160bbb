internal import CKernels
public import RealModule

/// A floating-point type that matrices can be computed with: `Double` or `Float`.
///
/// The requirements are one BLAS or kernel call each over whole arrays in memory, so that generic code pays for its
/// generality once per array and never per element. They check nothing; their callers do.
public protocol MatrixScalar: Real, BinaryFloatingPoint, SIMDScalar, Codable, Sendable, LosslessStringConvertible,
    LAPACKScalar
{
    /// C ← α·op(A)·op(B) + β·C for row-major arrays, where op(A) is `m` × `k`, op(B) `k` × `n` and C `m` × `n`.
    ///
    /// The stride of an array is the distance from one of its rows to the next.
    static func gemm(
        transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Self,
        _ a: UnsafePointer<Self>, strideA: Int, _ b: UnsafePointer<Self>, strideB: Int,
        beta: Self, _ c: UnsafeMutablePointer<Self>, strideC: Int)

    /// C ← α·op(A)·op(B), as ``gemm(transposeA:transposeB:m:n:k:alpha:_:strideA:_:strideB:beta:_:strideC:)``, for a thread that
    /// is one of several with products of their own.
    ///
    /// Where the machine has AVX-512 an element's bits depend on neither the threads nor the place of the element in C.
    ///
    /// The workspace has room for `productWorkspace` elements, and no other thread uses it meanwhile.
    static func product(
        transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Self,
        _ a: UnsafePointer<Self>, strideA: Int, _ b: UnsafePointer<Self>, strideB: Int,
        _ c: UnsafeMutablePointer<Self>, strideC: Int, workspace: UnsafeMutablePointer<Self>)

    /// C ← α·op(A)·B, with B as `pack` leaves it. Only where `packsFactors` is true.
    static func product(
        transposeA: Bool, m: Int, n: Int, k: Int, alpha: Self, _ a: UnsafePointer<Self>, strideA: Int,
        packed b: UnsafePointer<Self>, _ c: UnsafeMutablePointer<Self>, strideC: Int,
        workspace: UnsafeMutablePointer<Self>)

    /// Brings some columns of B, which is `k` × `n`, into the order in which products read them: for several products by the
    /// same B, and for threads that share out its columns.
    ///
    /// Shares of the columns meet at multiples of `packingUnit`. The packed matrix has as many rows as B, each as long as
    /// a row of B rounded up to a cache line. Does nothing where `packsFactors` is false.
    static func pack(
        _ b: UnsafePointer<Self>, stride: Int, k: Int, n: Int, columns: Range<Int>,
        to packed: UnsafeMutablePointer<Self>)

    /// products[i] ← (row i of A) · x, for a dense A.
    static func rowDots(
        _ products: UnsafeMutablePointer<Self>, _ a: UnsafePointer<Self>, _ x: UnsafePointer<Self>, rows: Int,
        columns: Int)

    /// sum ← scale · Σ weights[i] · (row i of A).
    static func weightedRowSum(
        _ sum: UnsafeMutablePointer<Self>, _ a: UnsafePointer<Self>, stride: Int, weights: UnsafePointer<Self>,
        rows: Int, columns: Int, scale: Self)

    /// C ← A·B for a handful of rows of A.
    static func fewRows(
        _ c: UnsafeMutablePointer<Self>, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, rows: Int, depth: Int,
        columns: Int)

    /// xᵀ·y.
    static func dot(_ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>, count: Int) -> Self

    /// y ← α·x + y.
    static func axpy(_ alpha: Self, _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>, count: Int)

    /// Row i of `target` ← row `indices[i]` of `source`, both with `columns` columns.
    static func gatherRows(
        _ target: UnsafeMutablePointer<Self>, from source: UnsafePointer<Self>, _ indices: UnsafePointer<Int>,
        count: Int, columns: Int)

    /// target ← S · dense, S being the rows with the given `indices` of a matrix in compressed sparse rows.
    static func sparseTimesDense(
        _ target: UnsafeMutablePointer<Self>, rowOffsets: [Int], columnIndices: [Int], values: [Self],
        _ indices: UnsafePointer<Int>, count: Int, _ dense: UnsafePointer<Self>, width: Int)

    /// target ← target + scale · Sᵀ · dense, S as in ``sparseTimesDense(_:rowOffsets:columnIndices:values:_:count:_:width:)``.
    static func addSparseTransposedTimesDense(
        _ target: UnsafeMutablePointer<Self>, rowOffsets: [Int], columnIndices: [Int], values: [Self],
        _ indices: UnsafePointer<Int>, count: Int, _ dense: UnsafePointer<Self>, width: Int, scale: Self)

    /// Whether no value is NaN or infinite.
    static func allFinite(_ values: UnsafeBufferPointer<Self>) -> Bool

    /// x ← (x − `offset`) / `divisor` in every row; either may be nil.
    static func standardize(
        _ x: UnsafeMutablePointer<Self>, offset: [Self]?, divisor: [Self]?, rows: Int, columns: Int)

    /// x ← x · `factor` + `offset` in every row; either may be nil.
    static func unstandardize(
        _ x: UnsafeMutablePointer<Self>, factor: [Self]?, offset: [Self]?, rows: Int, columns: Int)

    /// The values as doubles.
    static func doubles(_ values: [Self]) -> [Double]

    /// The values rounded from doubles.
    static func rounding(_ values: [Double]) -> [Self]
}

extension MatrixScalar {
    /// How many elements the workspace of a product holds.
    public static var productWorkspace: Int { Int(KERNEL_GEMM_WORKSPACE) }

    /// Whether products are this package's own, by factors that may have been packed before: where there is AVX-512.
    public static var packsFactors: Bool { kernel_gemm_is_available() }

    /// Where shares of the columns of a factor may meet.
    public static var packingUnit: Int { Int(KERNEL_GEMM_STRIP) }
}
