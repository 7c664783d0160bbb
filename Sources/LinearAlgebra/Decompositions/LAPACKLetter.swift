/// The letters by which LAPACK's routines are told what to compute.
enum LAPACKLetter {
    /// All left and right singular vectors.
    static let all = CChar(UInt8(ascii: "A"))

    /// As many singular vectors as there are singular values.
    static let some = CChar(UInt8(ascii: "S"))

    /// Eigenvectors beside the eigenvalues.
    static let vectors = CChar(UInt8(ascii: "V"))

    /// The symmetric matrix is given by its lower triangle.
    static let lower = CChar(UInt8(ascii: "L"))
}
