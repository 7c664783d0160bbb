package import CKernels
public import LinearAlgebra

/// A precision that a network can be trained in: `Double` or `Float`.
public typealias NetworkScalar = MatrixScalar

extension MatrixScalar {
    /// The precision, as the kernels name it. In this module, so that code that is specialized for a precision folds it to a
    /// constant.
    package static var kernelPrecision: kernel_precision {
        switch _precision {
        case .double: KERNEL_DOUBLE
        case .single: KERNEL_SINGLE
        }
    }
}
