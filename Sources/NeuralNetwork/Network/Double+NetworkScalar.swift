public import CKernels
public import LinearAlgebra

// Each requirement is one call of a kernel; their documentation is the protocol's.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Double: NetworkScalar {
    public static func activate(
        _ function: kernel_activation, _ z: UnsafeMutablePointer<Double>, bias: UnsafePointer<Double>, rows: Int,
        columns: Int
    ) {
        kernel_activate_f64(function, z, bias, rows, columns)
    }

    public static func differentiate(
        _ function: kernel_activation, _ delta: UnsafeMutablePointer<Double>, output: UnsafePointer<Double>, rows: Int,
        columns: Int, scale: Double, sums: UnsafeMutablePointer<Double>
    ) {
        kernel_differentiate_f64(function, delta, output, rows, columns, scale, sums)
    }

    public static func loss(
        _ function: kernel_loss, prediction: UnsafePointer<Double>, target: UnsafePointer<Double>,
        weights: UnsafePointer<Double>?, rows: Int, columns: Int, probabilityMargin: Double
    ) -> Double {
        kernel_loss_f64(function, prediction, target, weights, rows, columns, probabilityMargin)
    }

    public static func outputDelta(
        _ prediction: UnsafeMutablePointer<Double>, target: UnsafePointer<Double>, weights: UnsafePointer<Double>?,
        rows: Int, columns: Int, scale: Double, sums: UnsafeMutablePointer<Double>
    ) {
        kernel_output_delta_f64(prediction, target, weights, rows, columns, scale, sums)
    }

    public static func sgd(
        _ parameters: UnsafeMutablePointer<Double>, gradient: UnsafePointer<Double>,
        velocity: UnsafeMutablePointer<Double>, count: Int, rate: Double, momentum: Double, nesterov: Bool
    ) {
        kernel_sgd_f64(parameters, gradient, velocity, count, rate, momentum, nesterov)
    }

    public static func adam(
        _ parameters: UnsafeMutablePointer<Double>, gradient: UnsafePointer<Double>,
        firstMoment: UnsafeMutablePointer<Double>, secondMoment: UnsafeMutablePointer<Double>, count: Int,
        rate: Double, beta1: Double, beta2: Double, epsilon: Double
    ) {
        kernel_adam_f64(parameters, gradient, firstMoment, secondMoment, count, rate, beta1, beta2, epsilon)
    }
}
