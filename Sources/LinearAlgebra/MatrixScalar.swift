public import RealModule

/// A floating-point type that matrices can be computed with: `Double` or `Float`.
///
/// The requirements are one BLAS or element-wise call each over whole arrays in memory, so that generic code pays for
/// its generality once per array and never per element. They check nothing; ``Matrix`` is what checks.
public protocol MatrixScalar: Real, BinaryFloatingPoint, SIMDScalar, Codable, Sendable, LosslessStringConvertible {
    /// C ← α·op(A)·op(B) + β·C for row-major arrays, where op(A) is `m` × `k`, op(B) `k` × `n` and C `m` × `n`.
    ///
    /// The `stride` of an array is the distance from one of its rows to the next.
    static func gemm(
        transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Self,
        _ a: UnsafePointer<Self>, strideA: Int, _ b: UnsafePointer<Self>, strideB: Int,
        beta: Self, _ c: UnsafeMutablePointer<Self>, strideC: Int)
}
