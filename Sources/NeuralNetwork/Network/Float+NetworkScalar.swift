public import CKernels
public import LinearAlgebra

// Each requirement is one call of a kernel; their documentation is the protocol's.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Float: NetworkScalar {
    public static func activate(
        _ function: kernel_activation, _ z: UnsafeMutablePointer<Float>, stride: Int, bias: UnsafePointer<Float>,
        rows: Int, columns: Int
    ) {
        kernel_activate_f32(function, z, stride, bias, rows, columns)
    }

    public static func differentiate(
        _ function: kernel_activation, _ delta: UnsafeMutablePointer<Float>, stride: Int,
        output: UnsafePointer<Float>, rows: Int, columns: Int, scale: Float, sums: UnsafeMutablePointer<Float>
    ) {
        kernel_differentiate_f32(function, delta, stride, output, rows, columns, scale, sums)
    }

    public static func differentiateSingle(
        _ function: kernel_activation, _ delta: UnsafeMutablePointer<Float>, stride: Int,
        errors: UnsafePointer<Float>, coefficients: UnsafePointer<Float>, output: UnsafePointer<Float>, rows: Int,
        columns: Int, scale: Float, sums: UnsafeMutablePointer<Float>
    ) {
        kernel_differentiate_single_f32(
            function, delta, stride, errors, coefficients, output, rows, columns, scale, sums)
    }

    public static func loss(
        _ function: kernel_loss, prediction: UnsafePointer<Float>, target: UnsafePointer<Float>,
        weights: UnsafePointer<Float>?, rows: Int, columns: Int, probabilityMargin: Double
    ) -> Double {
        kernel_loss_f32(function, prediction, target, weights, rows, columns, probabilityMargin)
    }

    public static func outputDelta(
        _ prediction: UnsafeMutablePointer<Float>, stride: Int, target: UnsafePointer<Float>,
        weights: UnsafePointer<Float>?, rows: Int, columns: Int, scale: Float, sums: UnsafeMutablePointer<Float>
    ) {
        kernel_output_delta_f32(prediction, stride, target, weights, rows, columns, scale, sums)
    }

    public static func sumOfSquares(_ parameters: UnsafePointer<Float>, count: Int) -> Double {
        kernel_sum_of_squares_f32(parameters, count)
    }

    public static func penalize(_ slice: ParameterSlice<Float>) -> Double {
        kernel_penalize_f32(slice.parameters, slice.gradient, slice.count, slice.decay)
    }

    public static func sgd(
        _ slice: ParameterSlice<Float>, rate: Float, momentum: Float, nesterov: Bool
    ) -> Double {
        kernel_sgd_f32(
            slice.parameters, slice.gradient, slice.moments.0, slice.count, slice.decay, rate, momentum, nesterov)
    }

    public static func adam(
        _ slice: ParameterSlice<Float>, rate: Double, beta1: Double, beta2: Double, epsilon: Double
    ) -> Double {
        kernel_adam_f32(
            slice.parameters, slice.gradient, slice.moments.0, slice.moments.1, slice.count, slice.decay, rate, beta1,
            beta2, epsilon)
    }
}
