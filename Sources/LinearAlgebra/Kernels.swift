import CKernels

// Loops over whole arrays in memory: generic code pays for its generality once per array and not per element. These check
// nothing; their callers do. What each computes is written in `CKernels/include/declarations.inc` too.

extension MatrixScalar {
    /// How many elements the workspace of a product holds.
    package static var productWorkspace: Int { Int(KERNEL_GEMM_WORKSPACE) }

    /// Whether products are this package's own, by factors that may have been packed before: where there is AVX-512.
    package static var packsFactors: Bool { kernel_gemm_is_available() }

    /// The columns of a factor are packed in chunks that meet at multiples of this.
    package static var packingUnit: Int { Int(KERNEL_GEMM_STRIP) }

    /// C ← α·op(A)·op(B), for a thread that is one of several with products of their own. Matrices are as in
    /// ``gemm(transposeA:transposeB:m:n:k:alpha:_:strideA:_:strideB:beta:_:strideC:)``.
    ///
    /// On AVX-512 an element's bits depend neither on the number of threads nor on the place of the element in C.
    ///
    /// The workspace has room for `productWorkspace` elements, and no other thread uses it meanwhile.
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

    /// C ← α·op(A)·B, with B as `pack` leaves it. Only where `packsFactors` is true.
    package static func product(
        transposeA: Bool, m: Int, n: Int, k: Int, alpha: Self, _ a: UnsafePointer<Self>, strideA: Int,
        packed b: UnsafePointer<Self>, _ c: UnsafeMutablePointer<Self>, strideC: Int,
        workspace: UnsafeMutablePointer<Self>
    ) {
        kernel_gemm(precision, transposeA, false, m, n, k, Double(alpha), a, strideA, nil, 0, b, c, strideC, workspace)
    }

    /// Brings some columns of B, which is `k` × `n`, into the order in which products read them: for several products by the
    /// same B, and for threads that each pack some of its columns.
    ///
    /// Chunks of the columns meet at multiples of `packingUnit`. The packed matrix has as many rows as B, each as long as
    /// a row of B rounded up to a cache line. Does nothing where `packsFactors` is false.
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
