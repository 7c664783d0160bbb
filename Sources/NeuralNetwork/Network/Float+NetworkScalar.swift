public import CKernels
public import LinearAlgebra

// Each requirement is one call of a kernel; their documentation is the protocol's.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Float: NetworkScalar {
    public static func activate(
        _ function: kernel_activation, _ z: UnsafeMutablePointer<Float>, bias: UnsafePointer<Float>, rows: Int,
        columns: Int
    ) {
        kernel_activate_f32(function, z, bias, rows, columns)
    }

    public static func differentiate(
        _ function: kernel_activation, _ delta: UnsafeMutablePointer<Float>, output: UnsafePointer<Float>, rows: Int,
        columns: Int, scale: Float, sums: UnsafeMutablePointer<Float>
    ) {
        kernel_differentiate_f32(function, delta, output, rows, columns, scale, sums)
    }

    public static func loss(
        _ function: kernel_loss, prediction: UnsafePointer<Float>, target: UnsafePointer<Float>,
        weights: UnsafePointer<Float>?, rows: Int, columns: Int, probabilityMargin: Double
    ) -> Double {
        kernel_loss_f32(function, prediction, target, weights, rows, columns, probabilityMargin)
    }

    public static func outputDelta(
        _ prediction: UnsafeMutablePointer<Float>, target: UnsafePointer<Float>, weights: UnsafePointer<Float>?,
        rows: Int, columns: Int, scale: Float, sums: UnsafeMutablePointer<Float>
    ) {
        kernel_output_delta_f32(prediction, target, weights, rows, columns, scale, sums)
    }

    public static func sgd(
        _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>,
        velocity: UnsafeMutablePointer<Float>, count: Int, rate: Float, momentum: Float, nesterov: Bool
    ) {
        kernel_sgd_f32(parameters, gradient, velocity, count, rate, momentum, nesterov)
    }

    public static func adam(
        _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>,
        firstMoment: UnsafeMutablePointer<Float>, secondMoment: UnsafeMutablePointer<Float>, count: Int,
        rate: Double, beta1: Double, beta2: Double, epsilon: Double
    ) {
        kernel_adam_f32(parameters, gradient, firstMoment, secondMoment, count, rate, beta1, beta2, epsilon)
    }
}
