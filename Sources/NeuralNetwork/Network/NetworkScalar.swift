public import CKernels
public import LinearAlgebra

/// A precision that a network can be trained in: `Double` or `Float`.
///
/// These are the element-wise steps of training, one kernel each; with the products of `MatrixScalar` they are all the
/// arithmetic that a step does. What each computes is written in `CKernels/declarations.inc`.
public protocol NetworkScalar: MatrixScalar {
    /// z ← f(z + bias) in every row.
    static func activate(
        _ function: kernel_activation, _ z: UnsafeMutablePointer<Self>, bias: UnsafePointer<Self>, rows: Int,
        columns: Int)

    /// delta ← delta · f′, by f's output; sums ← scale · column sums of the new delta.
    static func differentiate(
        _ function: kernel_activation, _ delta: UnsafeMutablePointer<Self>, output: UnsafePointer<Self>, rows: Int,
        columns: Int, scale: Self, sums: UnsafeMutablePointer<Self>)

    /// The weighted sum of the samples' losses, probabilities being kept by the margin away from 0 and 1.
    static func loss(
        _ function: kernel_loss, prediction: UnsafePointer<Self>, target: UnsafePointer<Self>,
        weights: UnsafePointer<Self>?, rows: Int, columns: Int, probabilityMargin: Double
    ) -> Double

    /// prediction ← (prediction − target) · weight; sums ← scale · column sums of it.
    static func outputDelta(
        _ prediction: UnsafeMutablePointer<Self>, target: UnsafePointer<Self>, weights: UnsafePointer<Self>?, rows: Int,
        columns: Int, scale: Self, sums: UnsafeMutablePointer<Self>)

    /// One step of gradient descent with momentum.
    static func sgd(
        _ parameters: UnsafeMutablePointer<Self>, gradient: UnsafePointer<Self>,
        velocity: UnsafeMutablePointer<Self>, count: Int, rate: Self, momentum: Self, nesterov: Bool)

    /// One step of Adam; `rate` holds the corrections for the moments' bias.
    static func adam(
        _ parameters: UnsafeMutablePointer<Self>, gradient: UnsafePointer<Self>,
        firstMoment: UnsafeMutablePointer<Self>, secondMoment: UnsafeMutablePointer<Self>, count: Int, rate: Double,
        beta1: Double, beta2: Double, epsilon: Double)
}
