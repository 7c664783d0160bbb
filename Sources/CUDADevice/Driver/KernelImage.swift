import CKernels
import CUDAImages
import NeuralNetwork

/// The compiled kernels of one precision, as text that the driver translates for its card.
enum KernelImage: String, Sendable {
    case single = "f32"
    case double = "f64"

    init<Scalar: NetworkScalar>(_: Scalar.Type) {
        self = Scalar.kernelPrecision == KERNEL_SINGLE ? .single : .double
    }

    /// The image; it ends with a zero byte.
    var bytes: UnsafeRawPointer {
        let text: UnsafePointer<CChar> =
            switch self {
            case .single: cuda_image_f32()
            case .double: cuda_image_f64()
            }
        return UnsafeRawPointer(text)
    }
}
