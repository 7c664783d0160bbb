import CKernels

/// Dropout: sets values of a hidden layer to 0 at random and divides the others by 1 − rate, so that their mean remains.
///
/// The draws for a layer are a function of a key and of the index of each value. They do not depend on how workers divide
/// the layer. Each epoch has a key, from which those of its batches and layers follow.
///
/// Source: N. Srivastava and others, "Dropout: a simple way to prevent neural networks from overfitting", 2014.
package struct Dropout: Equatable, Sendable {
    /// The probability of 0, in [0, 1).
    package let rate: Double

    /// Drops values and, in the same places, their derivatives: values ← values · mask, slopes ← slopes · mask.
    ///
    /// - Parameters:
    ///   - values: the first of `rows` × `columns` values, whose rows are `stride` apart.
    ///   - first: the index of the first value in the layer.
    func apply<Scalar: NetworkScalar>(
        to values: UnsafeMutablePointer<Scalar>, slopes: UnsafeMutablePointer<Scalar>, stride: Int, rows: Int,
        columns: Int, first: Int, key: UInt64
    ) {
        kernel_drop(Scalar.kernelPrecision, values, slopes, stride, rows, columns, key, first, rate)
    }

    /// Returns the key that follows from another one and a number: the output of a SplitMix64 generator after as many
    /// steps.
    package static func key(_ key: UInt64, _ number: Int) -> UInt64 {
        var x = key &+ (UInt64(truncatingIfNeeded: number) &+ 1) &* 0x9E37_79B9_7F4A_7C15
        x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
        x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
        return x ^ (x >> 31)
    }
}
