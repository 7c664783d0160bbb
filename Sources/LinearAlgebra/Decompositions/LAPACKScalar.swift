/// A floating-point type for which LAPACK has routines.
///
/// Each requirement is one LAPACK routine under its own name. Matrices lie column by column without gaps, as LAPACK
/// wants them, and are overwritten. Every routine returns LAPACK's `info`: 0 for success, a positive number when the
/// matrix is to blame, a negative one when the call is. Nothing is checked here; ``svd(_:fullMatrices:)``
/// and its neighbours are what checks.
public protocol LAPACKScalar {
    /// Solves A·X = B by LU factorisation with partial pivoting.
    ///
    /// - Parameters:
    ///   - n: the order of A.
    ///   - columns: the number of columns of B.
    ///   - a: A, `n` × `n`; becomes its factors.
    ///   - b: B, `n` × `columns`; becomes X.
    /// - Returns: `info`, positive when a pivot is exactly zero.
    static func gesv(n: Int, columns: Int, _ a: UnsafeMutablePointer<Self>, _ b: UnsafeMutablePointer<Self>) -> Int

    /// Decomposes A = U·diag(s)·Vᵀ by divide and conquer.
    ///
    /// - Parameters:
    ///   - full: whether U is `m` × `m` and Vᵀ `n` × `n`; else U is `m` × k and Vᵀ k × `n`, where k is the smaller.
    ///   - m: the number of rows of A.
    ///   - n: the number of columns of A.
    ///   - a: A; destroyed.
    ///   - s: receives the k singular values in descending order.
    ///   - u: receives U.
    ///   - vt: receives Vᵀ.
    /// - Returns: `info`, positive when the iteration did not converge.
    static func gesdd(
        full: Bool, m: Int, n: Int, _ a: UnsafeMutablePointer<Self>, s: UnsafeMutablePointer<Self>,
        u: UnsafeMutablePointer<Self>, vt: UnsafeMutablePointer<Self>
    ) -> Int

    /// Decomposes the symmetric A = V·diag(w)·Vᵀ by divide and conquer, reading the lower triangle only.
    ///
    /// - Parameters:
    ///   - n: the order of A.
    ///   - a: A; becomes V.
    ///   - w: receives the eigenvalues in ascending order.
    /// - Returns: `info`, positive when the iteration did not converge.
    static func syevd(n: Int, _ a: UnsafeMutablePointer<Self>, w: UnsafeMutablePointer<Self>) -> Int

    /// Factors the symmetric A = L·Lᵀ, reading and writing the lower triangle only.
    ///
    /// - Parameters:
    ///   - n: the order of A.
    ///   - a: A; its lower triangle becomes L.
    /// - Returns: `info`, positive when A is not positive definite.
    static func potrf(n: Int, _ a: UnsafeMutablePointer<Self>) -> Int

    /// Minimises ‖B − A·X‖, and among the minima ‖X‖, by the singular value decomposition of A.
    ///
    /// - Parameters:
    ///   - m: the number of rows of A.
    ///   - n: the number of columns of A.
    ///   - columns: the number of columns of B.
    ///   - a: A; destroyed.
    ///   - b: B in the first `m` of max(`m`, `n`) rows; its first `n` rows become X.
    ///   - s: receives the singular values in descending order.
    ///   - rcond: singular values of at most `rcond` times the largest count as 0; at 0 or less and
    ///     at 1 or more the machine precision takes its place.
    /// - Returns: `info`, positive when the iteration did not converge, and the number of singular values kept.
    static func gelsd(
        m: Int, n: Int, columns: Int, _ a: UnsafeMutablePointer<Self>, _ b: UnsafeMutablePointer<Self>,
        s: UnsafeMutablePointer<Self>, rcond: Self
    ) -> (info: Int, rank: Int)
}
