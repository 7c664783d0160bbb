import CKernels
import LinearAlgebra

// Wrappers of the kernels for tests, with argument names.

extension MatrixScalar {
    static func activate(
        _ function: kernel_activation, _ z: UnsafeMutablePointer<Self>, stride: Int, bias: UnsafePointer<Self>,
        rows: Int, columns: Int
    ) {
        kernel_activate(precision, function, z, stride, bias, rows, columns)
    }

    static func differentiate(
        _ function: kernel_activation, _ delta: UnsafeMutablePointer<Self>, stride: Int, output: UnsafePointer<Self>,
        rows: Int, columns: Int, scale: Self, sums: UnsafeMutablePointer<Self>
    ) {
        kernel_differentiate(precision, function, delta, stride, output, rows, columns, Double(scale), sums)
    }

    static func loss(
        _ function: kernel_loss, prediction: UnsafePointer<Self>, target: UnsafePointer<Self>,
        weights: UnsafePointer<Self>?, rows: Int, columns: Int, probabilityMargin: Double
    ) -> Double {
        kernel_loss_sum(precision, function, prediction, target, weights, rows, columns, probabilityMargin)
    }

    static func outputDelta(
        _ prediction: UnsafeMutablePointer<Self>, stride: Int, target: UnsafePointer<Self>,
        weights: UnsafePointer<Self>?, rows: Int, columns: Int, scale: Self, sums: UnsafeMutablePointer<Self>
    ) {
        kernel_output_delta(precision, prediction, stride, target, weights, rows, columns, Double(scale), sums)
    }

    static func sumOfSquares(_ parameters: UnsafePointer<Self>, count: Int) -> Double {
        kernel_sum_of_squares(precision, parameters, count)
    }

    static func gatherRows(
        _ target: UnsafeMutablePointer<Self>, from source: UnsafePointer<Self>, _ indices: UnsafePointer<Int>,
        count: Int, columns: Int
    ) {
        kernel_gather_rows(precision, target, source, indices, count, columns)
    }
}
