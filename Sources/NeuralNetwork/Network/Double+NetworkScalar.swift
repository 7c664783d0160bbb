public import CKernels
public import LinearAlgebra

// Each requirement is one call of a kernel; their documentation is the protocol's.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Double: NetworkScalar {
    public static func activate(
        _ function: kernel_activation, _ z: UnsafeMutablePointer<Double>, stride: Int, bias: UnsafePointer<Double>,
        rows: Int, columns: Int
    ) {
        kernel_activate_f64(function, z, stride, bias, rows, columns)
    }

    public static func differentiate(
        _ function: kernel_activation, _ delta: UnsafeMutablePointer<Double>, stride: Int,
        output: UnsafePointer<Double>, rows: Int, columns: Int, scale: Double, sums: UnsafeMutablePointer<Double>
    ) {
        kernel_differentiate_f64(function, delta, stride, output, rows, columns, scale, sums)
    }

    public static func differentiateSingle(
        _ function: kernel_activation, _ delta: UnsafeMutablePointer<Double>, stride: Int,
        errors: UnsafePointer<Double>, coefficients: UnsafePointer<Double>, output: UnsafePointer<Double>, rows: Int,
        columns: Int, scale: Double, sums: UnsafeMutablePointer<Double>
    ) {
        kernel_differentiate_single_f64(
            function, delta, stride, errors, coefficients, output, rows, columns, scale, sums)
    }

    public static func loss(
        _ function: kernel_loss, prediction: UnsafePointer<Double>, target: UnsafePointer<Double>,
        weights: UnsafePointer<Double>?, rows: Int, columns: Int, probabilityMargin: Double
    ) -> Double {
        kernel_loss_f64(function, prediction, target, weights, rows, columns, probabilityMargin)
    }

    public static func outputDelta(
        _ prediction: UnsafeMutablePointer<Double>, stride: Int, target: UnsafePointer<Double>,
        weights: UnsafePointer<Double>?, rows: Int, columns: Int, scale: Double, sums: UnsafeMutablePointer<Double>
    ) {
        kernel_output_delta_f64(prediction, stride, target, weights, rows, columns, scale, sums)
    }

    public static func sumOfSquares(_ parameters: UnsafePointer<Double>, count: Int) -> Double {
        kernel_sum_of_squares_f64(parameters, count)
    }

    public static func penalize(_ slice: ParameterSlice<Double>) -> Double {
        kernel_penalize_f64(slice.parameters, slice.gradient, slice.count, slice.decay)
    }

    public static func sgd(
        _ slice: ParameterSlice<Double>, rate: Double, momentum: Double, nesterov: Bool
    ) -> Double {
        kernel_sgd_f64(
            slice.parameters, slice.gradient, slice.moments.0, slice.count, slice.decay, rate, momentum, nesterov)
    }

    public static func adam(
        _ slice: ParameterSlice<Double>, rate: Double, beta1: Double, beta2: Double, epsilon: Double
    ) -> Double {
        kernel_adam_f64(
            slice.parameters, slice.gradient, slice.moments.0, slice.moments.1, slice.count, slice.decay, rate, beta1,
            beta2, epsilon)
    }
}
