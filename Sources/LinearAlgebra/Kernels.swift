import CKernels

// Loops over whole arrays in memory. Generic code pays for being generic once per array instead of once per element.
// These functions check nothing; their callers do. `CKernels/include/declarations.inc` also documents what each
// computes.

extension MatrixScalar {
    /// The number of elements in the workspace of a product.
    package static var productWorkspace: Int { Int(KERNEL_GEMM_WORKSPACE) }

    /// Whether this package computes products itself, with factors that can be packed in advance: true on
    /// Linux with AVX-512, AVX2 or NEON.
    package static var packsFactors: Bool { kernel_gemm_is_available() }

    /// The unit of packing: chunks of a factor's columns meet at multiples of this number.
    package static var packingUnit: Int { Int(KERNEL_GEMM_STRIP) }

    /// C ← α·op(A)·op(B), for one of several threads with products of their own. Matrices are as in
    /// ``gemm(transposeA:transposeB:m:n:k:alpha:_:strideA:_:strideB:beta:_:strideC:)``.
    ///
    /// If `packsFactors` is true, the bits of an element depend neither on the number of threads nor on its position in C.
    ///
    /// The workspace has `productWorkspace` elements. No other thread may use it at the same time.
    package static func product(
        transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Self,
        _ a: UnsafePointer<Self>, strideA: Int, _ b: UnsafePointer<Self>, strideB: Int,
        _ c: UnsafeMutablePointer<Self>, strideC: Int, workspace: UnsafeMutablePointer<Self>
    ) {
        guard packsFactors else {
            return gemm(
                transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: alpha, a, strideA: strideA, b,
                strideB: strideB, beta: 0, c, strideC: strideC)
        }
        kernel_gemm(
            precision, transposeA, transposeB, m, n, k, Double(alpha), a, strideA, b, strideB, nil, c, strideC,
            workspace)
    }

    /// C ← α·op(A)·B, where `pack` has packed B. Requires `packsFactors`.
    package static func product(
        transposeA: Bool, m: Int, n: Int, k: Int, alpha: Self, _ a: UnsafePointer<Self>, strideA: Int,
        packed b: UnsafePointer<Self>, _ c: UnsafeMutablePointer<Self>, strideC: Int,
        workspace: UnsafeMutablePointer<Self>
    ) {
        kernel_gemm(precision, transposeA, false, m, n, k, Double(alpha), a, strideA, nil, 0, b, c, strideC, workspace)
    }

    /// Packs some columns of B, a `k` × `n` matrix, in the order in which products read them. The packed columns can be
    /// used by several products and several threads.
    ///
    /// Ranges of columns meet at multiples of `packingUnit`. The packed matrix has as many rows as B. Each row is as
    /// long as a row of B, rounded up to a cache line. Does nothing if `packsFactors` is false.
    package static func pack(
        _ b: UnsafePointer<Self>, stride: Int, k: Int, n: Int, columns: Range<Int>,
        to packed: UnsafeMutablePointer<Self>
    ) {
        kernel_gemm_pack(precision, k, n, b, stride, columns.lowerBound, columns.upperBound, packed)
    }

    /// Whether no value is NaN or infinite.
    package static func allFinite(_ values: UnsafeBufferPointer<Self>) -> Bool {
        kernel_all_finite(precision, values.baseAddress, values.count)
    }

    /// x ← (x − `offset`) / `divisor` in every row; either may be nil.
    package static func standardize(
        _ x: UnsafeMutablePointer<Self>, offset: [Self]?, divisor: [Self]?, rows: Int, columns: Int
    ) {
        kernel_standardize(precision, x, offset, divisor, rows, columns)
    }

    /// x ← x · `factor` + `offset` in every row; either may be nil.
    package static func unstandardize(
        _ x: UnsafeMutablePointer<Self>, factor: [Self]?, offset: [Self]?, rows: Int, columns: Int
    ) {
        kernel_unstandardize(precision, x, factor, offset, rows, columns)
    }
}
