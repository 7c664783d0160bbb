public import CKernels
public import LinearAlgebra

/// A precision that a network can be trained in: `Double` or `Float`.
///
/// These are the element-wise steps of training, one kernel each; with the products of `MatrixScalar` they are all the
/// arithmetic that a step does. What each computes is written in `CKernels/declarations.inc`.
public protocol NetworkScalar: MatrixScalar {
    /// z ← f(z + bias) in every row, rows lying `stride` apart. Softmax takes whole rows.
    static func activate(
        _ function: kernel_activation, _ z: UnsafeMutablePointer<Self>, stride: Int, bias: UnsafePointer<Self>,
        rows: Int, columns: Int)

    /// delta ← delta · f′, by f's output; sums ← scale · column sums of the new delta.
    static func differentiate(
        _ function: kernel_activation, _ delta: UnsafeMutablePointer<Self>, stride: Int, output: UnsafePointer<Self>,
        rows: Int, columns: Int, scale: Self, sums: UnsafeMutablePointer<Self>)

    /// The same for delta[i][j] = errors[i] · coefficients[j], what a single unit in the layer above sends back.
    static func differentiateSingle(
        _ function: kernel_activation, _ delta: UnsafeMutablePointer<Self>, stride: Int, errors: UnsafePointer<Self>,
        coefficients: UnsafePointer<Self>, output: UnsafePointer<Self>, rows: Int, columns: Int, scale: Self,
        sums: UnsafeMutablePointer<Self>)

    /// The weighted sum of the samples' losses, probabilities being kept by the margin away from 0 and 1.
    static func loss(
        _ function: kernel_loss, prediction: UnsafePointer<Self>, target: UnsafePointer<Self>,
        weights: UnsafePointer<Self>?, rows: Int, columns: Int, probabilityMargin: Double
    ) -> Double

    /// prediction ← (prediction − target) · weight; sums ← scale · column sums of it.
    static func outputDelta(
        _ prediction: UnsafeMutablePointer<Self>, stride: Int, target: UnsafePointer<Self>,
        weights: UnsafePointer<Self>?, rows: Int, columns: Int, scale: Self, sums: UnsafeMutablePointer<Self>)

    /// Σ parameters², in the bits that the optimizers return.
    static func sumOfSquares(_ parameters: UnsafePointer<Self>, count: Int) -> Double

    /// Adds the penalty's derivative to the gradient, and returns Σ parameters².
    static func penalize(_ slice: ParameterSlice<Self>) -> Double

    /// One step of gradient descent with momentum, and Σ of the new parameters' squares.
    static func sgd(_ slice: ParameterSlice<Self>, rate: Self, momentum: Self, nesterov: Bool) -> Double

    /// One step of Adam, and Σ of the new parameters' squares; `rate` holds the corrections for the moments' bias.
    static func adam(
        _ slice: ParameterSlice<Self>, rate: Double, beta1: Double, beta2: Double, epsilon: Double
    ) -> Double
}
